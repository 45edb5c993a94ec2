"""`traboule evaluate`: what it reports, what it refuses, in which language."""

import json

import numpy as np
import pytest

from tests.kernel.impact.studies import LALONDE, lalonde, made_up
from traboule.cli.evaluate import Way
from traboule.kernel.impact import METHODS

KEYS = ["estimate", "standard_error", "interval", "naive", "n_treated", "n_comparison", "n_dropped",
        "max_smd_before", "max_smd_after", "effective_sample_size", "supported", "method",
        "seed"]  # fmt: skip
ASK = ("--treatment", "t", "--outcome", "y", "--covariates", "a,b,c")


def lines(study, separator=","):
    treated, outcome, known, _ = study
    rows = [[int(t), float(y), *map(float, x)] for t, y, x in zip(treated, outcome, known, strict=True)]
    return ["t,y,a,b,c".replace(",", separator), *(separator.join(map(str, row)) for row in rows)]


@pytest.fixture
def people(folder):
    path = folder / "people.csv"
    path.write_text("\n".join(lines(made_up(1))) + "\n", "utf-8")
    return path


@pytest.fixture
def report(traboule, folder):
    def ask(*words, code=0):
        result = traboule("evaluate", *words, "--report", "r.json")
        assert result.exit_code == code, result.stderr
        return json.loads((folder / "r.json").read_text("utf-8")), result

    return ask


def refused(traboule, folder, content, *words, code=3):
    (folder / "bad.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    result = traboule("evaluate", "bad.csv", *(words or ASK), "--report", "r.json")
    assert (result.exit_code, result.stdout) == (code, "")
    assert not (folder / "r.json").exists()
    assert "Traceback" not in result.stderr
    return result.stderr


def test_the_ways_of_the_command_are_the_methods_of_the_kernel():
    assert [way.value for way in Way] == list(METHODS)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_reports_exactly_the_fields_of_the_contract(report, people, method):
    found, result = report(people, *ASK, "--method", method, "--draws", "20", "--seed", "3")
    assert list(found) == KEYS
    assert (found["method"], found["seed"], found["n_dropped"]) == (method, 3, 0)
    assert found["n_treated"] + found["n_comparison"] == 400
    assert (found["effective_sample_size"] is None) == (method in METHODS[:3])
    assert found["interval"][0] < found["estimate"] < found["interval"][1]
    assert ("No result" in result.stdout) == (not found["supported"])


def test_aipw_with_300_draws_and_seed_0_is_what_happens_unasked(report, people):
    unasked, _ = report(people, *ASK)
    assert unasked == report(people, *ASK, "--method", "aipw", "--draws", "300", "--seed", "0")[0]
    assert unasked["estimate"] == pytest.approx(1.5, abs=0.4)
    assert unasked["supported"] is True


def test_words_for_people_hold_scale_diagnostics_and_the_whole(report, people):
    _, result = report(people, *ASK)
    said = result.stdout.splitlines()
    assert said[0].startswith("Effect on those who took part: 1.")
    assert "difference of means, aipw" in said[0]
    assert said[1].startswith("Without any adjustment: ")
    assert any(line.startswith("Largest standardised difference: ") for line in said)
    assert any(line.startswith("Effective size of the comparison: ") for line in said)
    assert any(line.startswith("All in all, for ") for line in said)


def test_without_a_file_the_report_goes_to_standard_output(traboule, people):
    for words in ((), ("--report", "-")):
        result = traboule("evaluate", people, *ASK, *words)
        assert list(json.loads(result.stdout)) == KEYS


def test_standard_input_is_read(traboule, people):
    result = traboule("evaluate", "-", *ASK, "--method", "regression", stdin=people.read_bytes())
    assert json.loads(result.stdout)["method"] == "regression"


def test_the_file_of_a_french_spreadsheet_gives_the_same(report, folder, people):
    expected, _ = report(people, *ASK)
    text = "\r\n".join(line.replace(".", ",") for line in lines(made_up(1), ";")).replace("t;y", "t;été")
    (folder / "fr.csv").write_bytes(text.encode("cp1252"))
    assert report("fr.csv", *ASK[:2], "--outcome", "été", *ASK[4:])[0] == expected
    (folder / "fr.csv").write_bytes(text.encode("utf-8-sig"))
    assert report("fr.csv", *ASK[:2], "--outcome", "ETE", *ASK[4:])[0] == expected


def test_the_order_of_the_rows_changes_no_byte(report, folder, people):
    expected, _ = report(people, *ASK)
    head, *rows = lines(made_up(1))
    order = np.random.default_rng(0).permutation(len(rows))
    people.write_text("\n".join([head, *(rows[place] for place in order)]), "utf-8")
    assert report(people, *ASK)[0] == expected


def test_rows_with_a_missing_value_are_dropped_counted_and_told(report, folder, people):
    head, *rows = lines(made_up(1))
    rows[4], rows[9] = rows[4].rsplit(",", 1)[0] + ",", "NA," + rows[9].split(",", 1)[1]
    people.write_text("\n".join([head, *rows]), "utf-8")
    found, result = report(people, *ASK)
    assert (found["n_dropped"], found["n_treated"] + found["n_comparison"]) == (2, 398)
    assert (
        result.stderr
        == f"{people}:6:-: (empty): warning: a value in each of these columns; rows left out: 2\n"
    )


def test_a_rate_is_named_as_such(report, folder):
    rows = [f"{t},{y},{a}" for t in (0, 1) for a in range(30) for y in ([1, 0, 0], [1, 1, 0])[t]]
    (folder / "rate.csv").write_text("\n".join(["t,y,a", *rows]), "utf-8")
    found, result = report("rate.csv", *ASK[:4], "--covariates", "a", "--method", "difference")
    assert found["estimate"] == pytest.approx(1 / 3)
    assert "risk difference" in result.stdout
    assert "All in all, for 90 people: 30\n" in result.stdout
    assert "risk ratio 2, odds ratio 4" in result.stdout


def test_randomised_switches_the_judgement_of_support_off(report, people):
    words = (people, *ASK, "--method", "difference")
    assert report(*words)[0]["supported"] is False
    found, result = report(*words, "--randomised")
    assert found["supported"] is True
    assert "support was not judged" in result.stdout


# --- bad input ------------------------------------------------------------------------------------------


def test_groups_without_overlap_are_flagged_and_told(report, folder):
    rows = [f"{int(age > 40)},{age % 7},{age}" for age in [*range(20, 40), *range(50, 75)]]
    (folder / "apart.csv").write_text("\n".join(["t,y,age", *rows]), "utf-8")
    for method in METHODS:
        words = ("apart.csv", *ASK[:4], "--covariates", "age", "--method", method, "--draws", "20")
        found, result = report(*words)
        assert found["supported"] is False
        assert (
            "apart.csv:1:age: (empty): warning: a range that both groups share; no overlap" in result.stderr
        )
        assert result.stdout.startswith("No result: ")


def test_a_covariate_that_is_the_treatment_is_refused(traboule, folder):
    said = refused(traboule, folder, "t,y,a,b,c\n" + "1,2,3,4,1\n0,1,4,4,0\n1,2,4,5,1\n0,1,3,5,0\n" * 4)
    assert said.startswith("bad.csv:1:c: (empty): a covariate that both groups share")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "bad.csv:1:-: (empty): a table with a header line; the file is empty"),
        ("t,y,a,b,c\n", "bad.csv:1:-: (empty): at least 2 complete rows of people who took part; found 0"),
        ("t,y,a,b,c\n1,2,3,4,5\n", "at least 2 complete rows of people who took part; found 1"),
        ("t,y,a,b,c\n" + "1,2,3,4,5\n" * 5, "at least 2 complete rows of people to compare with; found 0"),
        ("t,y,a,b,c\n" + "1,,3,4,5\n0,1,2,3,\n" * 5, "people who took part; found 0"),
        ("t,y,a,b,c\n" + "1,2,3,4,5\n0,1,3,4,5\n" * 5, "at least one covariate with more than one value"),
        ("t,y,a,b,c\n2,2,3,4,5\n0,1,3,4,5\n", "bad.csv:2:t: 2: 0 or 1 (1 = took part)"),
        ("t,y,a,b,c\nduo,2,3,4,5\n0,1,3,4,5\n", "bad.csv:2:t: duo: 0 or 1 (1 = took part)"),
        ("t,y,a,b,c\n1,2,red,4,5\n0,1,3,4,5\n", "bad.csv:2:a: red: a finite number, such as 12 or -3,25"),
        ("t,y,a,b\n1,2,3,4\n0,1,3,5\n", "bad.csv:1:c: (empty): a column with this name"),
        ("t,y,a,a,b,c\n1,2,3,4,5,6\n", "bad.csv:1:a: a: each column once"),
        ("t,y,a,b,c\n1,2,3,4\n", "bad.csv:2:-: 4: 5 cells, as many as there are columns; found 4"),
        ("t,y,a,b,c\n1,2,3,4,5\n1,3,4,2,6\n0,4,1,2,3\n0,5,2,8,1\n", "at least 6 complete rows"),
    ],
)  # fmt: skip
def test_bad_input_ends_with_3_and_a_sentence(traboule, folder, content, expected):
    assert expected in refused(traboule, folder, content)


def test_all_wrong_cells_are_told_at_once(traboule, folder):
    said = refused(traboule, folder, "t,y,a,b\n3,x,1,2\n0,1,2,y\n")
    assert [line.split(": ")[0] for line in said.splitlines()] == [
        "bad.csv:2:t", "bad.csv:2:y", "bad.csv:3:b", "bad.csv:1:c"]  # fmt: skip


@pytest.mark.parametrize(("language", "said"), [("fr", "il y en a 0"), ("nl", "er zijn er 0")])
def test_errors_and_words_speak_the_language_of_the_terminal(
    traboule, folder, people, monkeypatch, language, said
):
    monkeypatch.setenv("LANGUAGE", language)
    assert said in refused(traboule, folder, "t,y,a,b,c\n")
    words = traboule("evaluate", people, *ASK, "--report", "r.json").stdout.splitlines()[0]
    assert words.startswith(("Effet sur les personnes qui ont participé : 1,", "Effect op wie meedeed: 1,"))


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--treatment", "t", "--outcome", "y"),
        (*ASK[:4], "--covariates", ""),
        (*ASK[:4], "--covariates", "a,,b"),
        (*ASK[:4], "--covariates", "a,t"),
        (*ASK[:4], "--covariates", "a,a"),
        (*ASK[:4], "--covariates", "a,A"),
        (*ASK, "--method", "magic"),
        (*ASK, "--draws", "1"),
        (*ASK, "--seed", "-1"),
        (*ASK, "--report", "people.csv"),
        (*ASK, "--report", "missing/folder/r.json"),
    ],
)
def test_a_wrong_command_line_ends_with_2(traboule, people, words):
    before = people.read_bytes()
    result = traboule("evaluate", "people.csv", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert people.read_bytes() == before


def test_a_file_that_is_not_there(traboule):
    result = traboule("evaluate", "nowhere.csv", *ASK)
    assert result.exit_code == 3
    assert "nowhere.csv:1:-: (empty): a file that can be read" in result.stderr


@pytest.mark.outside_data
def test_the_published_effect_from_a_file(report, folder, outside_data):
    lalonde(outside_data, comparison="cps").to_csv(folder / "cps.csv", index=False)
    words = ("--treatment", "treat", "--outcome", "re78", "--covariates", ",".join(LALONDE), "--draws", "20")
    found, _ = report("cps.csv", *words, "--method", "entropy-balancing")
    assert found["estimate"] == pytest.approx(1406.3, abs=1)
    assert (found["n_treated"], found["n_comparison"], found["supported"]) == (185, 15992, True)
    assert found["naive"] == pytest.approx(-8497.52, abs=0.01)
