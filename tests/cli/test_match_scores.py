"""`traboule match --scores`: exact answers, proven, whatever the numbers."""

import json
import random
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from tests.cli.checker import check_scores, rows_of


def write(folder, name, header, rows):
    path = folder / name
    path.write_text("\n".join(",".join(map(str, row)) for row in [header, *rows]) + "\n", encoding="utf-8")
    return path


def scores(folder, rows):
    return write(folder, "scores.csv", ["mentee", "mentor", "points"], rows)


def capacity(folder, rows):
    return write(folder, "capacity.csv", ["mentor", "capacity"], rows)


def decisions(folder, rows):
    return write(folder, "decisions.csv", ["mentee", "mentor", "decision"], rows)


def solve(traboule, folder, *words):
    result = traboule("match", "--scores", "scores.csv", "--out", "o.csv", "--report", "r.json", *words)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    names = {
        word: folder / words[place + 1] for place, word in enumerate(words) if str(word).startswith("--")
    }
    return check_scores(
        folder / "scores.csv",
        folder / "o.csv",
        folder / "r.json",
        names.get("--capacity"),
        names.get("--decisions"),
    )


SMALL = [("a", "x", "3.5"), ("a", "y", "2.25"), ("b", "x", "3"), ("c", "x", "-1")]


def test_pairs_come_first_then_points(traboule, folder):
    scores(folder, SMALL)
    report = solve(traboule, folder, "--as-of", "2026-12-01", "--seed", "7")
    assert (report["pairs"], report["total_points"]) == (2, Fraction(21, 4))
    assert (report["as_of"], report["seed"], report["rules_version"]) == ("2026-12-01", 7, None)
    assert [(row["mentee"], row["mentor"], row["points"]) for row in rows_of(folder / "o.csv")] == [
        ("a", "y", "2.25"),
        ("b", "x", "3"),
        ("c", "", ""),
    ]
    assert rows_of(folder / "o.csv")[2]["reason"] == "places_taken"


def test_points_alone_leave_a_negative_pair_out_and_add_no_bonus(traboule, folder):
    scores(folder, SMALL)
    capacity(folder, [("x", 3), ("spare", 2)])
    report = solve(traboule, folder, "--capacity", "capacity.csv", "--maximise", "points")
    assert report["total_points"] == Fraction(13, 2)
    assert set(report["bonus"].values()) == {0}
    assert report["unmatched_mentors"] == ["y", "spare"]
    assert rows_of(folder / "o.csv")[2]["reason"] == "negative_points"


def test_without_out_the_proposals_go_to_standard_output(traboule, folder):
    scores(folder, SMALL)
    solve(traboule, folder)
    result = traboule("match", "--scores", "scores.csv")
    assert result.stdout_bytes == (folder / "o.csv").read_bytes()
    assert result.stderr == ""
    from_stdin = traboule("match", "--scores", "-", "--out", "-", stdin=(folder / "scores.csv").read_bytes())
    assert from_stdin.stdout_bytes == (folder / "o.csv").read_bytes()


def test_the_same_run_gives_the_same_bytes_and_shuffled_rows_only_move(traboule, folder):
    chance = random.Random(3)
    rows = [
        (f"e{i}", f"m{j}", chance.randint(0, 3))
        for i in range(30)
        for j in range(25)
        if chance.random() < 0.4
    ]
    scores(folder, rows)
    solve(traboule, folder)
    first = (folder / "o.csv").read_bytes()
    solve(traboule, folder)
    assert (folder / "o.csv").read_bytes() == first
    chance.shuffle(rows)
    scores(folder, rows)
    solve(traboule, folder)
    assert sorted((folder / "o.csv").read_bytes().splitlines()) == sorted(first.splitlines())


def test_another_seed_may_settle_ties_otherwise_at_the_same_worth(traboule, folder):
    scores(folder, [(f"e{i}", f"m{j}", 1) for i in range(8) for j in range(8)])
    answers = set()
    for seed in range(4):
        report = solve(traboule, folder, "--seed", str(seed))
        assert report["total_points"] == 8
        answers.add((folder / "o.csv").read_bytes())
    assert len(answers) > 1


@pytest.mark.parametrize("huge", ["1e300", "-1e300", "123456789012345678901234.123456"])
def test_numbers_of_any_size_stay_exact(traboule, folder, huge):
    scores(
        folder, [("a", "x", huge), ("a", "y", "0.000001"), ("b", "x", "0.000002"), ("b", "y", "-0.000001")]
    )
    for aim in ("pairs", "points"):
        solve(traboule, folder, "--maximise", aim)


def test_decimals_are_printed_without_float_noise(traboule, folder):
    scores(folder, [("a", "x", "0.1"), ("b", "y", "0.2"), ("b", "x", "0.05")])
    solve(traboule, folder)
    text = (folder / "r.json").read_text()
    assert '"total_points": 0.3,' in text
    assert "0000000" not in text
    assert [row["points"] for row in rows_of(folder / "o.csv")] == ["0.1", "0.2"]


@pytest.mark.parametrize("seed", range(6))
def test_a_planted_optimum_is_met_exactly_and_proven(traboule, folder, seed):
    """Prices are planted first, then points that no plan can beat, with equality on the planted pairs."""
    chance = random.Random(seed)
    size = chance.randint(60, 140)
    u = [chance.randint(0, 5_000) for _ in range(size)]
    mentors = size // 2
    places = [chance.choice((0, 1, 2, 3)) for _ in range(mentors)]
    free = [j for j in range(mentors) for _ in range(places[j])]
    planted = dict(zip(chance.sample(range(size), min(len(free), size)), free, strict=False))
    u = [price if i in planted else 0 for i, price in enumerate(u)]
    taken = {j: sum(1 for other in planted.values() if other == j) for j in range(mentors)}
    v = [chance.randint(0, 5_000) if taken[j] == places[j] else 0 for j in range(mentors)]
    rows = []
    for i in range(size):
        for j in range(mentors):
            slack = 0 if planted.get(i) == j else chance.randint(0, 4_000)
            if planted.get(i) == j or chance.random() < 0.5:
                rows.append((f"e{i}", f"m{j}", (u[i] + v[j] - slack) / 1000))
    scores(folder, rows)
    capacity(folder, [(f"m{j}", places[j]) for j in range(mentors)])
    report = solve(traboule, folder, "--capacity", "capacity.csv", "--maximise", "points")
    assert report["total_points"] == Fraction(
        sum(u) + sum(p * price for p, price in zip(places, v, strict=True)), 1000
    )


@pytest.mark.parametrize("seed", range(4))
def test_totals_equal_those_of_an_independent_solver(traboule, folder, seed):
    chance = np.random.default_rng(seed)
    table = chance.integers(-50, 1000, (40, 30))
    listed = chance.random((40, 30)) < 0.4
    scores(folder, [(f"e{i}", f"m{j}", table[i, j] / 100) for i, j in zip(*np.nonzero(listed), strict=True)])
    report = solve(traboule, folder)
    weight = np.where(listed, table + 10**7, 0)
    rows, columns = linear_sum_assignment(weight, maximize=True)
    kept = [(i, j) for i, j in zip(rows, columns, strict=True) if listed[i, j]]
    assert (report["pairs"], report["total_points"]) == (
        len(kept),
        Fraction(int(sum(table[i, j] for i, j in kept)), 100),
    )


def test_every_regret_is_what_locking_that_pair_costs(traboule, folder):
    chance = random.Random(5)
    rows = [
        (f"e{i}", f"m{j}", chance.randint(0, 100))
        for i in range(12)
        for j in range(9)
        if chance.random() < 0.6
    ]
    scores(folder, rows)
    base = solve(traboule, folder)
    for line in rows_of(folder / "o.csv"):
        for number in ("1", "2"):
            if mentor := line[f"alternative_{number}"]:
                decisions(folder, [(line["mentee"], mentor, "lock")])
                forced = solve(traboule, folder, "--decisions", "decisions.csv")
                assert base["pairs"] - forced["pairs"] == int(line[f"duos_lost_{number}"])
                lost = max(0, base["total_points"] - forced["total_points"])
                assert lost == Fraction(line[f"regret_{number}"])


def test_decisions_are_kept_and_the_rest_is_best_around_them(traboule, folder):
    scores(folder, [*SMALL, ("c", "y", "1"), ("d", "z", "-2")])
    decisions(folder, [("a", "x", "lock"), ("c", "y", "forbid"), ("d", "z", "lock"), ("a", "x", "lock")])
    report = solve(traboule, folder, "--decisions", "decisions.csv")
    assert (report["pairs"], report["total_points"]) == (2, Fraction(3, 2))
    assert [row["reason"] for row in rows_of(folder / "o.csv")] == ["", "places_taken", "places_taken", ""]


def test_a_mentee_whose_every_mentor_is_forbidden_is_told_so(traboule, folder):
    scores(folder, [("a", "x", 1), ("b", "x", 2)])
    decisions(folder, [("a", "x", "forbid")])
    solve(traboule, folder, "--decisions", "decisions.csv")
    assert rows_of(folder / "o.csv")[0]["reason"] == "forbidden"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [("a", "x", "lock"), ("a", "x", "forbid")],
            ["d.csv:2:decision: a, x: a pair that is not forbidden too (line 3)"],
        ),
        ([("c", "y", "lock")], ["d.csv:2:decision: c, y: a pair that is possible; it is not: not_listed"]),
        (
            [("a", "x", "lock"), ("a", "y", "lock")],
            ["d.csv:3:decision: a, y: one mentor per mentee; line 2 locks x"],
        ),
        (
            [("a", "x", "lock"), ("b", "x", "lock")],
            ["d.csv:3:decision: b, x: a mentor with a place left; all 1 are taken"],
        ),
    ],
)
def test_contradictory_decisions_end_with_4_and_write_nothing(traboule, folder, rows, said):
    scores(folder, SMALL)
    decisions(folder, rows).rename(folder / "d.csv")
    words = ["--decisions", "d.csv", "--out", "o.csv", "--report", "r.json"]
    result = traboule("match", "--scores", "scores.csv", *words)
    assert (result.exit_code, result.stdout, result.stderr.splitlines()) == (4, "", said)
    assert {path.name for path in folder.iterdir()} == {"scores.csv", "d.csv"}


def test_a_lock_on_a_full_mentor_is_contradictory(traboule, folder):
    scores(folder, SMALL)
    capacity(folder, [("x", 0)])
    decisions(folder, [("a", "x", "lock")])
    result = traboule(
        "match", "--scores", "scores.csv", "--capacity", "capacity.csv", "--decisions", "decisions.csv"
    )
    assert result.exit_code == 4


def test_all_errors_of_all_files_are_told_at_once_and_nothing_is_written(traboule, folder):
    (folder / "s.csv").write_text("mentee;mentor;points\na;x;1\na;x;2\nb;;3\nc;x;many\n")
    (folder / "c.csv").write_text("mentor,capacity\nx,-1\n")
    (folder / "d.csv").write_text("mentee,mentor,decision\na,x,perhaps\n")
    words = ["--capacity", "c.csv", "--decisions", "d.csv", "--out", "o.csv", "--report", "r.json"]
    result = traboule("match", "--scores", "s.csv", *words)
    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        "s.csv:3:mentor: a, x: each pair once; line 2 has it already",
        "s.csv:4:mentor: (empty): a value; this column may not be empty",
        "s.csv:5:points: many: a finite number, such as 12 or -3,25",
        "c.csv:2:capacity: -1: a whole number from 0 on",
        "d.csv:2:decision: perhaps: lock or forbid",
    ]
    assert not (folder / "o.csv").exists()
    assert not (folder / "r.json").exists()


def test_decisions_about_strangers_are_bad_input(traboule, folder):
    scores(folder, SMALL)
    decisions(folder, [("a", "stranger", "lock"), ("nobody", "x", "forbid")])
    result = traboule("match", "--scores", "scores.csv", "--decisions", "decisions.csv")
    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        "decisions.csv:2:mentor: stranger: the id of a mentor in the input",
        "decisions.csv:3:mentee: nobody: the id of a mentee in the input",
    ]


@pytest.mark.parametrize("rows", [[], [("x", 0)]])
def test_nobody_to_match_is_an_answer_with_one_warning(traboule, folder, rows):
    scores(folder, [("a", "x", 1)] if rows else [])
    capacity(folder, rows)
    result = traboule("match", "--scores", "scores.csv", "--capacity", "capacity.csv", "--report", "r.json")
    assert result.exit_code == 0
    assert len(result.stderr.splitlines()) == 1
    assert ": warning: " in result.stderr
    report = json.loads((folder / "r.json").read_text())
    assert (report["pairs"], report["gap"], report["total_points"]) == (0, 0, 0)
    assert report["unmatched_mentees"] == (["a"] if rows else [])


def test_a_certificate_that_is_refused_ends_with_5_and_writes_nothing(traboule, folder, monkeypatch):
    from traboule.kernel.matching import certificate

    monkeypatch.setattr(certificate, "verify", lambda *_, **__: [certificate.Refusal("price_too_low")])
    scores(folder, SMALL)
    result = traboule("match", "--scores", "scores.csv", "--out", "o.csv", "--report", "r.json")
    assert result.exit_code == 5
    assert result.stderr.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["scores.csv"]
