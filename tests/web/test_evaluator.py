"""An independent evaluator: a first page, every link opens, no name stands anywhere, only plans written."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import evaluations as evaluate
from tests.factories import people as make
from tests.factories import reports
from tests.factories.boards import ended_duos
from tests.factories.people import NOW, TODAY
from tests.journeys.explore import links
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.evaluations.models import Evaluation, EvaluationPlan
from traboule.apps.indicators.actions.definitions import decide_version
from traboule.apps.indicators.actions.fairness import make_look, write_note
from traboule.apps.indicators.actions.funder_tables import hand_out_table
from traboule.apps.indicators.actions.snapshots import refresh_snapshots
from traboule.apps.indicators.models import FairnessLook, HandedTable
from traboule.apps.indicators.queries.fairness import withheld_from
from traboule.apps.indicators.queries.funder_tables import Wish, month_end
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login, Person
from traboule.apps.people.queries import actor_of
from traboule.apps.reports.enums import ReportKind
from traboule.core.actors import system
from traboule.core.models import AuditEntry

pytestmark = pytest.mark.django_db
BY = system("test")
DIRECTOR, COORDINATOR, OWN = "Berthe Directrice", "Carla Coordinatrice", "Iris Evaluatrice"
WISH = Wish("sex", "", ("stable_job_from_start",))
SECRET_NOTE = "Fatou attend depuis mars."


@pytest.fixture
def full(lyon: Branch) -> Branch:
    """A branch in which everything that he may read was written by somebody with a name."""
    team, boss = (
        make.login(Role.COORDINATOR, lyon, name=COORDINATOR),
        make.login(Role.DIRECTOR, lyon, name=DIRECTOR),
    )
    ended_duos(lyon, 20, by=team)
    for number, person in enumerate(Person.everywhere.filter(branch=lyon)):
        Person.everywhere.filter(pk=person.pk).update(
            first_name=f"Prenom{number}q", last_name=f"Nom{number}q"
        )
    refresh_snapshots(branch=lyon, by=BY, now=NOW)
    by = actor_of(boss)
    look = make_look(branch=lyon, by=BY, now=NOW)
    write_note(look=look, seen=SECRET_NOTE, doing="Un soir.", by=by, now=NOW)
    for kind in (ReportKind.BOARD, ReportKind.FUNDER):
        reports.issued(lyon, by, kind=kind)
    reports.draft(lyon, by, title="Brouillon du bureau")
    evaluate.result(evaluate.plan(lyon, by), by)
    evaluate.draft(lyon, by, question="Later?")
    hand_out_table(branch=lyon, wish=WISH, as_of=month_end(TODAY), by=by, now=NOW)
    return lyon


def walk(client: Client, start: str, files: dict[str, bytes] | None = None) -> dict[str, str]:
    """Every page that links lead to from a first one, with its text; a link that does not open fails here.

    What is no page is put into ``files``.
    """
    seen, waiting, found, dead = {start}, [start], {}, []
    while waiting:
        path = waiting.pop()
        answer = client.get(path, headers={"accept-language": "en"})
        if answer.status_code in {403, 404} or answer.status_code >= 500:
            dead.append(f"{path}: {answer.status_code}")
            continue
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            if files is not None and answer.status_code == 200:
                files[path] = answer.content
            continue
        found[path] = answer.content.decode()
        for link in links(found[path], path):
            if link.startswith("/b/") and link not in seen:
                seen.add(link)
                waiting.append(link)
    assert dead == []
    return found


def said_in(content: bytes) -> str:
    """A file as text; a workbook is unpacked. Of a PDF only its facts: its letters are drawings."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with ZipFile(BytesIO(content)) as packed:
        return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def test_his_first_page_shows_results_and_every_link_from_there_opens(full: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.EVALUATOR, full, name=OWN)
    first = client.get("/")
    assert first["Location"] == "/b/lyon/dashboard/"
    pages = walk(client, first["Location"])
    wanted = (
        "figures/",
        "reports/",
        "impact/",
        "fairness/",
        "tables/",
        "funnel/",
        "impact/new/",
        "impact/times/",
    )
    assert {f"/b/lyon/{path}" for path in wanted} <= set(pages)
    report = reverse("report", args=["lyon", full.reports.order_by("pk")[0].pk])
    assert {report, f"{report}check/"} <= set(pages)
    handed = HandedTable.everywhere.get()
    assert f"/b/lyon/tables/?went=1&table={handed.pk}" in pages
    assert any(re.search(r"/figures/\w+/rows/", path) for path in pages)


def test_no_page_of_his_names_anybody_but_himself(full: Branch, sign_in: SignIn) -> None:
    client, files = sign_in(Role.EVALUATOR, full, name=OWN), dict[str, bytes]()
    pages = walk(client, "/b/lyon/dashboard/", files)
    names = [DIRECTOR, COORDINATOR, SECRET_NOTE, "Un soir.", "Brouillon du bureau"]
    names += [name for row in Person.everywhere.values_list("first_name", "last_name") for name in row]
    names += list(Login.objects.exclude(name=OWN).values_list("email", flat=True))
    assert len(names) > 40
    read = {path: said_in(content) for path, content in files.items()}
    assert {path.rpartition(".")[2] for path in read} >= {"csv", "xlsx", "json", "pdf"}, sorted(read)
    leaks = [f"{path}: {name}" for path, text in (pages | read).items() for name in names if name in text]
    assert leaks == []
    assert all(OWN in text for text in pages.values())  # the net would have caught a name


def test_the_same_pages_name_the_team_to_a_director(full: Branch, sign_in: SignIn) -> None:
    """The leak test holds something that could leak."""
    client = sign_in(Role.DIRECTOR, full, name="Somebody Else")
    plan, result = EvaluationPlan.everywhere.exclude(registered_at=None).get(), Evaluation.everywhere.get()
    report = full.reports.order_by("pk")[0]
    for name, args in (("impact_plan", [plan.pk]), ("impact_result", [result.pk]), ("report", [report.pk])):
        assert DIRECTOR in client.get(reverse(name, args=["lyon", *args])).content.decode(), name
    page = client.get("/b/lyon/fairness/").content.decode()
    assert SECRET_NOTE in page
    assert DIRECTOR in page


def test_who_decided_a_definition_is_said_to_the_team_only(lyon: Branch, sign_in: SignIn) -> None:
    boss = make.login(Role.DIRECTOR, None, name=DIRECTOR)
    decide_version(
        name="stable_job_from_start",
        base=1,
        fields={"min_months": 6},
        why="A payer asks",
        day=TODAY,
        by=actor_of(boss),
        now=NOW,
    )
    where = reverse("figure_definition", args=["lyon", "stable_job_from_start"])
    assert DIRECTOR in sign_in(Role.COORDINATOR, lyon).get(where).content.decode()
    said = sign_in(Role.EVALUATOR, lyon).get(where).content.decode()
    assert "A payer asks" in said
    assert DIRECTOR not in said


def test_he_registers_a_plan_under_his_name_and_sees_it(lyon: Branch, sign_in: SignIn) -> None:
    login = make.login(Role.EVALUATOR, lyon, name=OWN)
    client = sign_in()
    client.force_login(login)
    said = {"question": "More jobs?", "who": "Duos of 2025", "grade": "published"}
    answer = client.post("/b/lyon/impact/new/", said)
    assert answer.status_code == 302
    how = {"outcome": "a job", "rate": "43", "rate_n": "900", "rate_source": "Report, 2024"}
    assert client.post(answer["Location"], how).status_code == 302
    plan = EvaluationPlan.everywhere.get()
    client.post(reverse("impact_register", args=["lyon", plan.pk]), {"act": "register"})
    plan.refresh_from_db()
    assert plan.is_registered
    assert plan.written_by == login
    assert AuditEntry.objects.filter(verb__startswith="evaluation", actor_id=login.pk).exists()
    where = reverse("impact_plan", args=["lyon", plan.pk])
    own = client.get(where, headers={"accept-language": "en"}).content.decode()
    assert own.count(OWN) > client.get("/b/lyon/impact/").content.decode().count(OWN)
    assert OWN not in sign_in(Role.FUNDER, lyon).get(where).content.decode()
    assert OWN in sign_in(Role.DIRECTOR, lyon).get(where).content.decode()


def test_he_writes_nothing_else(full: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.EVALUATOR, full, name=OWN)
    before = AuditEntry.objects.count()
    asked = {"down": "age_band", "indicators": ["stable_job_from_start"], "file": "csv"}
    assert client.post("/b/lyon/tables/", asked).status_code == 405
    assert client.post("/b/lyon/fairness/", {"seen": "a", "doing": "b"}).status_code == 405
    for path in ("fairness/look/", "reports/new/", "figures/costs/new/"):
        assert client.post(f"/b/lyon/{path}").status_code == 403
    for path in (
        "today/",
        "people/",
        "table/",
        "table/proposals/",
        "duos/",
        "messages/",
        "team/",
        "outcomes/",
    ):
        assert client.get(f"/b/lyon/{path}").status_code == 403
    assert HandedTable.everywhere.count() == 1
    assert AuditEntry.objects.count() == before


def test_a_table_stands_as_it_went_out_and_only_in_its_branch(full: Branch, sign_in: SignIn) -> None:
    client, lille = sign_in(Role.EVALUATOR, full, name=OWN), make.branch(name="Lille", slug="lille")
    one = HandedTable.everywhere.get()
    where = "/b/lyon/tables/?went=1&table="
    page = client.get(f"{where}{one.pk}", headers={"accept-language": "en"}).content.decode()
    assert one.digest in page
    assert "Woman" in page
    elsewhere = sign_in(Role.EVALUATOR, lille)
    assert elsewhere.get(f"/b/lille/tables/?table={one.pk}").status_code == 404
    assert elsewhere.get(f"{where}{one.pk}").status_code == 404
    for wrong in ("0", "x", "9" * 30, "-1"):
        assert client.get(where + wrong).status_code == 404
    assert (
        "No table was handed out yet"
        in elsewhere.get("/b/lille/tables/", headers={"accept-language": "en"}).content.decode()
    )


def test_the_team_finds_what_went_out_beside_the_next_table(full: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, full)
    page = client.get("/b/lyon/tables/").content.decode()
    assert "?went=1" in page
    assert str(HandedTable.everywhere.get().pk) in client.get("/b/lyon/tables/?went=1").content.decode()
    assert sign_in(Role.FUNDER, full).get("/b/lyon/tables/").status_code == 403


def test_who_may_not_compare_is_not_told_to_ask(lyon: Branch, sign_in: SignIn) -> None:
    ask = "or now if you ask"
    for role, is_told in ((Role.EVALUATOR, False), (Role.DIRECTOR, True)):
        page = (
            sign_in(role, lyon).get("/b/lyon/fairness/", headers={"accept-language": "en"}).content.decode()
        )
        assert "Nothing was compared yet." in page
        assert (ask in page) is is_told


def looks_apart_by_one(branch: Branch) -> FairnessLook:
    """Two months whose women differ by one; the later one."""
    rows: Any = [
        {"value": value, "heard": "not_seen", "counts": [20, 10, 10, 0], "share": [0.5, 0.3, 0.7], "p": None,
         "difference": [0.0, -0.3, 0.3]}
        for value in ("f", "m")
    ]  # fmt: skip
    table = {
        "aspect": "finds",
        "by": "sex",
        "definition": {"floor": 5},
        "rows": rows,
        "stands_beside_totals": True,
    }
    later = {**table, "rows": [{**rows[0], "counts": [21, 11, 10, 0]}, rows[1]]}
    kept = {"branch": branch, "as_of": TODAY, "made_at": NOW}
    first = TODAY.replace(day=1)
    FairnessLook.everywhere.create(**kept, month=(first - timedelta(days=1)).replace(day=1), data=[table])
    return FairnessLook.everywhere.create(**kept, month=first, data=[later])


def test_two_months_of_fairness_cannot_be_subtracted_by_somebody_from_outside(
    lyon: Branch, sign_in: SignIn
) -> None:
    look = looks_apart_by_one(lyon)
    where, english = f"/b/lyon/fairness/?month={look.month:%Y-%m}", {"accept-language": "en"}
    outside = sign_in(Role.EVALUATOR, lyon).get(where, headers=english).content.decode()
    assert "beside an earlier month or the totals" in outside
    assert "Tables that are not shown to you are not in this either." in outside
    assert "Woman" not in outside
    inside = sign_in(Role.DIRECTOR, lyon).get(where, headers=english).content.decode()
    assert "beside an earlier month or the totals" not in inside
    assert "Woman" in inside
    earlier = (look.month - timedelta(days=1)).replace(day=1)
    shown = sign_in(Role.EVALUATOR, lyon).get(f"/b/lyon/fairness/?month={earlier:%Y-%m}", headers=english)
    assert "Woman" in shown.content.decode()


def test_a_table_that_the_totals_fill_in_is_not_shown_to_somebody_from_outside(
    lyon: Branch, sign_in: SignIn
) -> None:
    """Two of 23 duos ended early and all duos of men lasted: both stand beside a woman."""
    team = make.login(Role.COORDINATOR, lyon)
    for gender, number, days in (("f", 8, 180), ("f", 2, 60), ("m", 13, 180)):
        ended_duos(lyon, number, by=team, gender=gender, days=days)
    look = make_look(branch=lyon, by=BY, now=NOW)
    [breaks] = [one for one in look.data if (one["aspect"], one["by"]) == ("breaks", "sex")]
    assert {row["value"]: row["counts"] for row in breaks["rows"]}["m"] == [13, 0, None, 0]
    outside = here_withheld(sign_in(Role.EVALUATOR, lyon), lyon)
    assert ("breaks", "sex") in outside
    assert here_withheld(sign_in(Role.DIRECTOR, lyon), lyon) == frozenset()
    for one in look.data:  # of a time when nobody asked
        del one["stands_beside_totals"]
    FairnessLook.everywhere.filter(pk=look.pk).update(data=look.data)
    everything = {(one["aspect"], one["by"]) for one in look.data}
    assert here_withheld(sign_in(Role.EVALUATOR, lyon), lyon) == everything


def here_withheld(client: Client, branch: Branch) -> frozenset[tuple[str, str]]:
    """What the page of fairness keeps back, as (aspect, by); and a line of it stands for each."""
    answer = client.get(f"/b/{branch.slug}/fairness/", headers={"accept-language": "en"})
    found = withheld_from(actor=answer.context["here"].actor, look=FairnessLook.everywhere.get())
    assert answer.content.decode().count("or the totals") == len({aspect for aspect, _by in found})
    return found


def test_a_director_lets_him_in_for_one_branch_and_takes_it_back_and_both_are_written_down(
    lyon: Branch, sign_in: SignIn
) -> None:
    lille, boss = make.branch(name="Lille", slug="lille"), make.login(Role.DIRECTOR, lyon)
    client, his = sign_in(), Client()
    client.force_login(boss)
    said = {"email": "iris@example.org", "name": OWN, "role": "evaluator", "locale": "en"}
    assert client.post(reverse("team_invite", args=["lyon"]), said).status_code == 302
    login = Login.objects.get(email="iris@example.org")
    his.force_login(login)
    assert his.get("/b/lyon/impact/").status_code == 200
    assert his.get(f"/b/{lille.slug}/impact/").status_code == 404
    assert OWN in client.get("/b/lyon/team/").content.decode()
    assert client.get(reverse("team_role", args=["lyon", login.pk])).status_code == 200
    grant = login.grants.get()
    assert client.post(reverse("team_revoke", args=["lyon", grant.pk])).status_code == 302
    assert his.get("/b/lyon/impact/").status_code == 404
    entries = AuditEntry.objects.filter(subject_id=str(login.pk), verb__startswith="role.").order_by("pk")
    found = [(entry.verb, entry.facts["role"], entry.actor_id) for entry in entries]
    assert found == [("role.granted", "evaluator", boss.pk), ("role.revoked", "evaluator", boss.pk)]


def test_a_coordinator_reads_who_is_from_outside_and_gives_no_role(lyon: Branch, sign_in: SignIn) -> None:
    login = make.login(Role.EVALUATOR, lyon, name=OWN)
    make.login(Role.MENTOR, lyon, name="Somebody with a place")
    page = sign_in(Role.COORDINATOR, lyon).get("/b/lyon/team/").content.decode()
    assert OWN in page
    assert "Somebody with a place" not in page
    assert reverse("team_revoke", args=["lyon", login.grants.get().pk]) not in page
