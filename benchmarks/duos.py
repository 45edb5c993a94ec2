"""`make show-duos`: every figure that the six months of a duo promise; exits 1 if one falls short."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.promises import Promises  # noqa: E402 -- the folder must be importable first
from benchmarks.rows_duos import ROWS  # noqa: E402 -- the folder must be importable first

if __name__ == "__main__":
    sys.exit(Promises("duos", ROWS).main(__doc__ or ""))
