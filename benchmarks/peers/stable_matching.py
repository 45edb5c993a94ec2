"""Runs in an environment of its own with PyPI `matching` (stable matching, hospitals and residents).

Same standard input and output as mentor_match.py. Both sides rank each other by the points; a mentor has one
place. Its own work is timed: making the game from the ranked lists, and solving it for the mentees.
"""

import json
import sys
import threading
import time
from collections import defaultdict

from matching.games import HospitalResident


def main():
    question = json.load(sys.stdin)
    mentees, mentors = defaultdict(list), defaultdict(list)
    for i, j, _ in sorted(question["points"], key=lambda row: -row[2]):
        mentees[f"e{i}"].append(f"o{j}")
        mentors[f"o{j}"].append(f"e{i}")
    started = time.perf_counter()
    game = HospitalResident.create_from_dictionaries(dict(mentees), dict(mentors), dict.fromkeys(mentors, 1))
    matched = game.solve(optimal="resident")
    seconds = time.perf_counter() - started
    chosen = [[int(e.name[1:]), int(o.name[1:])] for o, several in matched.items() for e in several]
    json.dump({"seconds": seconds, "chosen": chosen}, sys.stdout)


if __name__ == "__main__":
    # It copies its players by recursion, which from 100 people on exceeds Python's usual limit.
    sys.setrecursionlimit(10_000_000)
    threading.stack_size(1 << 30)
    solving = threading.Thread(target=main)
    solving.start()
    solving.join()
