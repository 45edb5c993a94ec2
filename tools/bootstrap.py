"""Make .venv from the hash-locked requirements, with nothing but the standard library.

Called by the Makefile: `python3 tools/bootstrap.py runtime` or `dev`. Nothing happens when the environment is
already the one that the lock describes.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST, NEWEST = (3, 11), (3, 14)


def find_python() -> str:
    """The Python that makes the environment: the running one if it suits, else another one on PATH."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        works = found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0
        if found and works:
            return found
    sys.exit(
        f"Traboule needs Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}; "
        f"this is {sys.version.split()[0]} ({sys.executable}).\n"
        "Install a newer Python, or name it: make demo PYTHON=/path/to/python3.12"
    )


def lock_of(which: str) -> Path:
    return ROOT / "requirements" / f"{which}.txt"


def fingerprint(which: str) -> str:
    """What the environment was made from: the lock, the package's own metadata and the place."""
    package = (ROOT / "pyproject.toml").read_text("utf-8").split("# --- house", 1)[0]
    return hashlib.sha256((lock_of(which).read_text("utf-8") + package + str(VENV)).encode()).hexdigest()


def is_current(which: str) -> bool:
    stamp = VENV / f"{which}.stamp"
    return stamp.exists() and stamp.read_text() == fingerprint(which)


def make_venv() -> None:
    python = VENV / "bin" / "python"
    if (
        python.exists()
        and subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0
    ):
        return
    print("1/3  a Python environment in .venv", flush=True)
    done = subprocess.run(
        [find_python(), "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(
            f"{done.stdout}{done.stderr}\n"
            "On Debian and Ubuntu, `apt install python3-venv` brings what is missing."
        )


def pip(*arguments: str | Path, expected: int = 0) -> None:
    """Run pip and count the packages on one line; on failure show everything that it said."""
    command = [
        VENV / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        *arguments,
    ]
    said: list[str] = []
    seen = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or []:
            said.append(line)
            if re.match(r"(Collecting|Requirement already satisfied)", line):
                seen += 1
                show(f"     {min(seen, expected)}/{expected} packages fetched", expected)
            elif line.startswith("Installing collected"):
                show("     installing …" + " " * 20, expected)
    if expected and sys.stdout.isatty():
        print()
    if process.returncode:
        sys.exit("".join(said))


def show(text: str, expected: int) -> None:
    if expected and sys.stdout.isatty():
        print(f"\r{text}", end="", flush=True)


def main(which: str) -> None:
    if sys.version_info < OLDEST:
        find_python()
    if is_current("dev") or is_current(which):  # what the tests need holds all that the demo needs
        return
    make_venv()
    lock = lock_of(which)
    count = len(re.findall(r"^[A-Za-z0-9]", lock.read_text("utf-8"), re.MULTILINE))
    print(
        f"2/3  about {count} packages from {lock.relative_to(ROOT)}, each checked against its hash",
        flush=True,
    )
    # Python compiles what it imports; compiling the rest would cost time and a sixth of the space.
    pip("--require-hashes", "--no-compile", "-r", lock, expected=count)
    print("3/3  Traboule itself", flush=True)
    pip("--no-deps", "--no-build-isolation", "--no-index", "--quiet", "-e", ROOT)
    (VENV / f"{which}.stamp").write_text(fingerprint(which))


if __name__ == "__main__":
    main(sys.argv[1])
