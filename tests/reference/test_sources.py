"""The shipped extracts are those that SOURCES.toml pins."""

import gzip
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from traboule.reference import text

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "src" / "traboule" / "reference" / "data"


def test_shipped_extracts_have_the_pinned_hashes_and_counts():
    done = subprocess.run(
        [sys.executable, ROOT / "data" / "build.py", "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_changed_extract_is_noticed(tmp_path):
    copy = tmp_path / "repository"
    shutil.copytree(ROOT / "data", copy / "data")
    shutil.copytree(SHIPPED, copy / "src" / "traboule" / "reference" / "data")
    changed = copy / "src" / "traboule" / "reference" / "data" / "sectors.csv.gz"
    rows = gzip.decompress(changed.read_bytes()).decode().splitlines()
    changed.write_bytes(gzip.compress("\n".join(rows[:-1]).encode()))
    done = subprocess.run(
        [sys.executable, copy / "data" / "build.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "sectors.csv.gz: SHA-256" in done.stderr
    assert "88 rows, expected 89" in done.stderr


def test_sources_name_version_hash_licence_and_credit_and_no_registry():
    content = (ROOT / "data" / "SOURCES.toml").read_text(encoding="utf-8")
    sources = tomllib.loads(content)
    for source in sources["source"].values():
        assert source["version"]
        assert len(source["sha256"]) == 64
        assert source["licence"]
        assert source["credit"]
        assert source["rows"]
    assert "registry." not in content
    assert "pypi.org" not in content


def test_extracts_stay_compact():
    for path in SHIPPED.iterdir():
        assert path.stat().st_size < 700_000, path.name


def test_words_are_compared_without_accents_case_and_abbreviation():
    assert text.fold("St-Étienne") == text.fold("SAINT ETIENNE") == "saint etienne"
    assert text.fold("Cœur d'Œuvre") == "coeur d oeuvre"
    assert text.fold("Ste. Foy") == "sainte foy"
    assert text.fold("  ") == ""
    assert text.fold("العربية") == text.fold("العربيّة")
