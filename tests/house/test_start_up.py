"""What the pages load, and what the site says about personal data before it holds any."""

import subprocess
import sys

from traboule.core.fields import record_of_processing, undeclared

# Computing loads these when it computes; a page that only shows must not.
HEAVY = ("ortools", "numba", "pandas", "scipy.optimize", "openpyxl", "playwright")
LOAD_PAGES = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "traboule.config.settings.test"
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(" ".join(name for name in {heavy!r} if name in sys.modules))
"""


def test_pages_load_nothing_heavy_at_start_up() -> None:
    script = LOAD_PAGES.format(heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_every_field_says_whether_it_is_personal() -> None:
    assert undeclared() == []


def test_the_record_of_processing_names_purpose_and_readers_of_each_personal_field() -> None:
    from traboule.apps.people.enums import Role

    roles = {role.value for role in Role}
    rows = record_of_processing()
    assert len(rows) > 30
    assert [r for r in rows if not str(r.personal.purpose) or not set(r.personal.readers) <= roles] == []
