"""The WSGI door: ``gunicorn traboule.config.wsgi``."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traboule.config.settings.prod")

application = get_wsgi_application()
# Django reads the code of the pages at the first request. Read here, nobody waits for it: a worker that
# begins, or takes the place of an old one, is asked for pages when it knows them.
import_module(settings.ROOT_URLCONF)
