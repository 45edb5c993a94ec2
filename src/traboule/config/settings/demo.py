"""The demo: one computer, invented people, one click to sign in. Never for real people."""

from traboule.config.env import database, env, state_folder
from traboule.config.settings.base import *  # noqa: F403 -- a settings module extends the base by name

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="for-the-demo-only-" + "0" * 40)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", ".localhost"])
# A file of its own: starting the demo over never touches the data of a real association.
DATABASES = {"default": database("demo.sqlite3")}
TRABOULE_DEMO = True
TRABOULE_STAFF_SECOND_FACTOR = False
EMAIL_BACKEND = "traboule.core.mailbox.DevMailbox"
TRABOULE_DEV_MAILBOX = str(state_folder() / "mailbox")
TRABOULE_SMS_PROVIDER = "file"
# Served straight from the package: no collectstatic between the clone and the first page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Nor does anybody pack the files beforehand, as collectstatic does: they are packed on their way out. Sent as
# they are, the style sheets weigh six times as much, and a phone on a slow line waits three seconds longer.
PACKS, SERVES = "django.middleware.gzip.GZipMiddleware", "whitenoise.middleware.WhiteNoiseMiddleware"
MIDDLEWARE = [name for name in MIDDLEWARE if name != PACKS]  # noqa: F405 -- from the base
MIDDLEWARE.insert(MIDDLEWARE.index(SERVES), PACKS)
