"""The command line itself: help, wrong words, other targets, and how it ends."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from traboule.cli import numbers
from traboule.cli.progress import Teller

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "COLUMNS": "110", "NO_COLOR": "1", "LANGUAGE": "en"}


def run(*words, stdin=b"", cwd=None, **environment):
    command = [sys.executable, "-m", "traboule.cli.main", *map(str, words)]
    env = ENVIRONMENT | environment
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=env, check=False)


@pytest.mark.parametrize(
    "words",
    [
        ["match", "only-one.csv"],
        ["match", "a", "b", "c"],
        ["match", "a", "b", "--scores", "s"],
        ["match", "a", "b", "--capacity", "c"],
        ["match", "a", "b", "--maximise", "points"],
        ["match", "--scores", "s", "--rules", "r"],
        ["match", "--scores", "s", "--maximise", "happiness"],
        ["match", "--scores", "s", "--as-of", "tomorrow"],
        ["match", "--scores", "s", "--as-of", "2026-02-30"],
        ["match", "--scores", "s", "--seed", "x"],
        ["match", "-", "-"],
        ["match", "--scores", "s", "--out", "x", "--report", "x"],
        ["match", "--scores", "s", "--out", "s"],
        ["match", "--scores", "s", "--out", "nowhere/o.csv"],
        ["match", "--scores", "s", "--report", "."],
        ["match", "--nonsense"],
        ["match"],
        ["nonsense"],
        [],
        ["generate", "--mentors", "-1", "--mentees", "1", "--out", "x"],
        ["generate", "--mentors", "1"],
    ],
)
def test_a_wrong_command_line_ends_with_2(traboule, folder, words):
    (folder / "s").write_text("mentee,mentor,points\n")
    result = traboule(*words)
    assert result.exit_code == 2
    assert [path.name for path in folder.iterdir()] == ["s"]


def test_help_names_files_examples_and_exit_codes(traboule):
    text = re.sub(r"\s+", " ", traboule("match", "--help").stdout)
    for word in (
        "--scores",
        "--capacity",
        "--maximise",
        "--rules",
        "--decisions",
        "--out",
        "--report",
        "--as-of",
        "--seed",
    ):
        assert word in text
    assert "Examples" in text
    assert "4 contradictory decisions" in text
    assert "match" in traboule("--help").stdout
    assert "Exit codes" in traboule("--help").stdout


def test_matching_and_its_help_never_load_django(tmp_path):
    (tmp_path / "s.csv").write_text("mentee,mentor,points\na,b,1\n")
    code = "import sys; sys.argv = ['traboule', *sys.argv[1:]]\n"
    code += "from traboule.cli.main import app\ntry:\n app()\nexcept SystemExit:\n"
    code += " assert 'django' not in sys.modules"
    for words in (["match", "--help"], ["match", "--scores", "s.csv"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=tmp_path,
            env=ENVIRONMENT,
            check=False,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr


def test_help_loads_neither_the_kernel_nor_scipy():
    code = "import sys; import traboule.cli.main as main; heavy = {'scipy', 'numpy', 'openpyxl'}\n"
    code += "print(sorted(heavy & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_whole_run_as_a_program_is_silent_but_for_its_answer(tmp_path):
    assert (
        run(
            "generate", "--mentors", 20, "--mentees", 20, "--out", tmp_path, "--as-of", "2026-11-23"
        ).returncode
        == 0
    )
    done = run("match", "mentors.csv", "mentees.csv", "--as-of", "2026-11-23", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"mentee,mentor,points,rank,term_occupation,")
    assert b"\r" not in done.stdout


def test_standard_input_as_a_program(tmp_path):
    done = run(
        "match", "--scores", "-", stdin="mentee;mentor;points\né;ü;1,5\n".encode("cp1252"), cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8").splitlines()[1] == "é,ü,1.5,1,,,,,,,"


def test_a_reader_that_goes_away_is_no_drama(tmp_path):
    rows = "".join(f"{'e' * 900}{n},m,1\n" for n in range(300))
    (tmp_path / "s.csv").write_text("mentee,mentor,points\n" + rows)
    command = f"{sys.executable} -m traboule.cli.main match --scores s.csv | head -1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, capture_output=True, env=ENVIRONMENT, check=False
    )
    assert done.stdout.startswith(b"mentee,")
    assert b"Traceback" not in done.stderr


def test_an_unexpected_error_ends_with_1_and_no_traceback(tmp_path):
    (tmp_path / "s.csv").write_text("mentee,mentor,points\na,b,1\n")
    code = "import sys; sys.argv = ['traboule', 'match', '--scores', 's.csv']\n"
    code += "from traboule.cli import main, match_scores\n"
    code += "def broken(*_): raise RuntimeError('a cable')\nmatch_scores.run = broken\nmain.main()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "traboule: unexpected error: RuntimeError: a cable\n"


def test_a_full_disk_leaves_nothing_half_written(traboule, folder, monkeypatch):
    (folder / "s.csv").write_text("mentee,mentor,points\na,b,1\n")
    (folder / "o.csv").write_text("before")
    synced = []

    def full(handle):
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(28, "No space left on device", "r.json")

    monkeypatch.setattr("os.fsync", full)
    result = traboule("match", "--scores", "s.csv", "--out", "o.csv", "--report", "r.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "traboule: cannot write r.json: No space left on device\n"
    assert {path.name for path in folder.iterdir()} == {"s.csv", "o.csv"}
    assert (folder / "o.csv").read_text() == "before"


def test_answers_may_go_to_a_device(traboule, folder):
    (folder / "s.csv").write_text("mentee,mentor,points\na,b,1\n")
    result = traboule("match", "--scores", "s.csv", "--out", "/dev/null", "--report", "r.json")
    assert result.exit_code == 0
    assert (folder / "r.json").exists()


def test_progress_is_shown_on_a_terminal_after_two_seconds_only(capsys, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    with Teller(terminal=True) as teller:
        teller("pairs", 0.5)
        assert teller._bar is None
        now[0] = 3.0
        teller("pairs", 0.7)
        assert teller._bar is not None
        teller("prices", 0.1)
        teller("something else", 1.0)
    with Teller(terminal=False) as silent:
        now[0] = 9.0
        silent("pairs", 0.5)
        assert silent._bar is None


@pytest.mark.parametrize(
    ("units", "decimals", "fixed", "text"),
    [
        (0, 3, False, "0"),
        (0, 3, True, "0.000"),
        (-2500, 3, False, "-2.5"),
        (-1, 6, False, "-0.000001"),
        (12, 0, False, "12"),
        (1000, 3, False, "1"),
        (10**300, 0, False, "1" + "0" * 300),
        (-999, 3, True, "-0.999"),
    ],
)
def test_numbers_are_printed_exactly(units, decimals, fixed, text):
    assert numbers.text(units, decimals, fixed=fixed) == text


def test_json_keeps_numbers_exact_and_strings_safe():
    content = {"a": numbers.Number("1.5"), "b": [], "c": {}, 'é"\n': "x", "d": ["y", 1, None]}
    assert (
        numbers.json_text(content)
        == '{\n "a": 1.5,\n "b": [],\n "c": {},\n "é\\"\\n": "x",\n "d": ["y", 1, null]\n}'
    )


def test_a_problem_is_told_in_the_language_of_the_terminal():
    scores = b"mentee,mentor,points\na,b,many\n"

    french = run("match", "--scores", "-", stdin=scores, LANGUAGE="", LC_ALL="fr_FR.UTF-8", PYTHONUTF8="1")
    english = run("match", "--scores", "-", stdin=scores, LANGUAGE="", LC_ALL="C.UTF-8", PYTHONUTF8="1")

    assert french.returncode == english.returncode == 3
    assert french.stderr.decode().endswith(":2:points: many: un nombre fini, comme 12 ou -3,25\n")
    assert english.stderr.decode().endswith(":2:points: many: a finite number, such as 12 or -3,25\n")
