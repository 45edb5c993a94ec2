"""Runs in an environment of its own with PyPI `mentor-match` (Munkres' algorithm, one mentor one mentee).

Standard input: {"mentees": n, "mentors": m, "points": [[mentee, mentor, points], …]}, feasible pairs only.
Standard output: {"seconds": …, "chosen": [[mentee, mentor], …]}. Its own work is timed: the grid of matches
under one rule that looks the points up, a ban on pairs that are not feasible, and the assignment.
"""

import json
import sys
import time

from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Disqualify


class Points:
    """A rule of theirs: the score of a pair is what the table says."""

    def __init__(self, table):
        self.table = table

    def apply(self, match):
        return self.table.get((match.mentee.email, match.mentor.email), 0)


def main():
    question = json.load(sys.stdin)
    table = {(f"mentee{i}", f"mentor{j}"): points for i, j, points in question["points"]}
    mentees = [Mentee(grade=1, email=f"mentee{i}") for i in range(question["mentees"])]
    mentors = [Mentor(grade=1, email=f"mentor{j}") for j in range(question["mentors"])]
    started = time.perf_counter()
    banned = Disqualify(lambda match: (match.mentee.email, match.mentor.email) not in table)
    process_data(mentors, mentees, [[Points(table), banned]])
    seconds = time.perf_counter() - started
    chosen = [[i, int(mentor.email[6:])] for i, mentee in enumerate(mentees) for mentor in mentee.mentors]
    json.dump({"seconds": seconds, "chosen": chosen}, sys.stdout)


if __name__ == "__main__":
    main()
