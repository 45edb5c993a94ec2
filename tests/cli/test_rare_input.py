"""Rare files and words at the command line, each with the sentence that helps."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Traboule

SCORES = "mentee,mentor,points\na,X,3\n"


def test_a_cell_of_more_than_a_mebibyte_is_named_as_such(traboule: Traboule, folder: Path) -> None:
    (folder / "s.csv").write_text(SCORES + "b,Y," + "9" * 1_100_000 + "\n")
    result = traboule("match", "--scores", "s.csv")
    assert result.exit_code == 3
    assert result.stderr.startswith("s.csv:3:-: b,Y,999")
    assert result.stderr.endswith(": at most 1 MiB\n")


@pytest.mark.parametrize("part", ["word/document.xml", "ppt/presentation.xml"])
def test_a_renamed_document_is_told_from_a_broken_workbook(
    traboule: Traboule, folder: Path, part: str
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<x/>")
    (folder / "s.xlsx").write_bytes(stream.getvalue())
    result = traboule("match", "--scores", "s.xlsx")
    assert result.exit_code == 3
    assert result.stderr == "s.xlsx:1:-: XLSX: a CSV or XLSX table; this is another kind of ZIP archive\n"


def test_two_answers_do_not_share_standard_output(traboule: Traboule, folder: Path) -> None:
    (folder / "s.csv").write_text(SCORES)
    assert traboule("match", "--scores", "s.csv", "--report", "-").exit_code == 2
    result = traboule("match", "--scores", "s.csv", "--report", "-", "--out", "p.csv")
    assert result.exit_code == 0
    assert result.stdout.startswith("{")


def test_a_folder_that_takes_no_file_is_named_without_its_temporary_neighbour(
    traboule: Traboule, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "s.csv").write_text(SCORES)

    def full(**_: object) -> None:
        raise OSError(28, "No space left on device", "/some/.p.csv.xyz")

    monkeypatch.setattr("traboule.tables.writing.tempfile.mkstemp", full)
    result = traboule("match", "--scores", "s.csv", "--out", "p.csv")
    assert result.exit_code == 1
    assert result.stderr == "traboule: cannot write p.csv: No space left on device\n"  # as it was typed


def test_a_waiting_ceiling_of_any_length_is_kept(traboule: Traboule, folder: Path) -> None:
    common = "id,postcode,languages,availability,occupations,waiting_since\n"
    (folder / "m.csv").write_text(common + "M,69001,fr:C2,mon-am,M1805,\n")
    (folder / "e.csv").write_text(common + "e,69001,fr:B1,mon-am,,2026-01-01\n")
    (folder / "r.toml").write_text("[limits]\nwaiting_ceiling_days = 99999999999\n")
    result = traboule("match", "m.csv", "e.csv", "--rules", "r.toml", "--as-of", "2026-11-23")
    assert result.exit_code == 0
    assert "e,M," in result.stdout


@pytest.mark.parametrize(("target", "reason"), [("> /dev/full", "No space left"), (">&-", "Bad file")])
def test_standard_output_that_takes_nothing_is_said_in_a_sentence(
    folder: Path, target: str, reason: str
) -> None:
    (folder / "s.csv").write_text(SCORES)
    line = f"{sys.executable} -m traboule.cli.main match --scores s.csv {target}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"traboule: cannot write to standard output: {reason}")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
