"""`make show-results`: every figure that outcomes and evidence promise; exits 1 if one falls short."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.promises import Promises  # noqa: E402 -- the folder must be importable first
from benchmarks.rows_results import ROWS  # noqa: E402 -- the folder must be importable first

if __name__ == "__main__":
    sys.exit(Promises("results", ROWS).main(__doc__ or ""))
