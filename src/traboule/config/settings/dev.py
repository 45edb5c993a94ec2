"""On a developer's machine: errors shown, mail to the console and to a page."""

from traboule.config.env import env, state_folder
from traboule.config.settings.base import *  # noqa: F403 -- a settings module extends the base by name

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="for-development-only-" + "0" * 40)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", ".localhost"])
INTERNAL_IPS = ["127.0.0.1"]
EMAIL_BACKEND = "traboule.core.mailbox.DevMailbox"
TRABOULE_DEV_MAILBOX = str(state_folder() / "mailbox")
TRABOULE_SMS_PROVIDER = env.str("TRABOULE_SMS_PROVIDER", default="file")
