"""For the tests: the production rules, without a network, a disk or a wait."""

from traboule.config.env import env
from traboule.config.settings.base import *  # noqa: F403 -- a settings module extends the base by name

SECRET_KEY = "for-tests-only-" + "0" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TRABOULE_SMS_PROVIDER = env.str("TRABOULE_SMS_PROVIDER", default="memory")
TRABOULE_HOOK_SECRET = "for-tests-only"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# A test that empties its tables deletes audit rows too.
TRABOULE_AUDIT_DELETE_GUARD = False
# Factories write rows without an audit entry; the tests of what is kept turn this on.
TRABOULE_REMEMBER = False
TRABOULE_TEST_POSTGRES = env.str("TRABOULE_TEST_POSTGRES", default="")
