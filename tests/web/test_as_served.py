"""What a server does before and around the pages: the files of the demo are packed, the code is read."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client, override_settings

from traboule.config.settings import demo

AS_IN_THE_DEMO = override_settings(
    MIDDLEWARE=demo.MIDDLEWARE,
    WHITENOISE_USE_FINDERS=demo.WHITENOISE_USE_FINDERS,
    WHITENOISE_AUTOREFRESH=demo.WHITENOISE_AUTOREFRESH,
)
PACKED = {"accept-encoding": "gzip"}


@pytest.mark.parametrize("name", ["vendor/pico/pico.min.css", "traboule/components.css", "traboule/log.js"])
def test_the_demo_sends_its_files_packed_and_whole(name: str) -> None:
    with AS_IN_THE_DEMO:
        plain = Client().get(f"/static/{name}")
        packed = Client().get(f"/static/{name}", headers=PACKED)

    assert packed["Content-Encoding"] == "gzip"
    sent, whole = packed.getvalue(), plain.getvalue()
    assert gzip.decompress(sent) == whole
    assert len(sent) < len(whole) * 0.45


def test_the_demo_packs_pages_once() -> None:
    assert len(demo.MIDDLEWARE) == len(set(demo.MIDDLEWARE))


def test_a_server_has_read_the_code_of_the_pages_before_its_first_request(tmp_path: Path) -> None:
    words = "import sys, traboule.config.wsgi; print('traboule.web.mentee.place' in sys.modules)"
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "traboule.config.settings.demo",
        "TRABOULE_VAR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", words], env=surroundings, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "True"
