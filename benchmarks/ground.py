"""`make show-ground`: every figure that the ground floor promises; exits 1 if one falls short."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.promises import Promises  # noqa: E402 -- the folder must be importable first
from benchmarks.rows import ROWS  # noqa: E402 -- the folder must be importable first

if __name__ == "__main__":
    sys.exit(Promises("ground", ROWS).main(__doc__ or ""))
