"""Every page × {French, English, where due Arabic} × {375, 1280 px}: no barrier (axe), nothing from afar,
no breach of the content policy, no scrolling sideways, and a first view of at most 150 kB."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIRequestContext, Browser, Page

from tests.databases import of_all_processes
from tests.house.routes import routes
from tests.journeys import people
from tests.journeys.barriers import barriers, bring_axe, said
from tests.journeys.explore import Atlas
from tests.journeys.server import Running, demo, done_once, stored
from tests.journeys.witness import Witness, sideways

HEAVIEST_FIRST_VIEW = 150_000
LANGUAGES = ("fr", "en")
# Pages for everybody are read from right to left too.
FOR_EVERYBODY = (
    "site_places",
    "site_home",
    "site_me",
    "site_contact",
    "my_place",
    "apply_",
    "public_session",
)
WIDTHS = (375, 1280)
# Addresses that are not pages, each with the reason.
NO_PAGE = {
    "home": "sends everybody on",
    **dict.fromkeys(["people_export", "proposals_export", "duos_export"], "a file to keep"),
    "guide_picture": "a picture",
    **dict.fromkeys(["person_document", "processing_export"], "a file to keep"),
    **dict.fromkeys(["person_document_drop", "retention_notice", "rights_hold_lift"], "only writes"),
    **dict.fromkeys(["rights_identity", "rights_answer", "rights_export", "rights_withdraw"], "only writes"),
    "message_letter": "a file to print",
    **dict.fromkeys(["message_act", "sms_hook", "mail_hook"], "only writes"),
    **dict.fromkeys(["twilio_answer", "twilio_report"], "only writes"),
    "message_stop": "opened by the link of a mail",
    **dict.fromkeys(["set_language", "set_size", "branch_switch", "table_run", "table_drop"], "only writes"),
    **dict.fromkeys(["draft_save", "draft_drop", "application_owner"], "only writes"),
    "apply_done": "seen once, after sending; tests/web/test_apply_pages.py reads it",
    "training_certificate": "a paper to print",
    **dict.fromkeys(
        [
            *(
                "training_enrol",
                "training_seat_back",
                "training_sheet_seen",
                "trainer_agenda",
                "trainer_drop",
            ),
            *(
                "training_material_drop",
                "training_modules_start",
                "mentor_dates",
                "reference_withdraw",
                "check_ask",
            ),
        ],
        "only writes",
    ),
    **dict.fromkeys(
        ["talk_close", "talk_start", "talk_agree", "talk_take_over", "funder_add", "sensitive_switch"],
        "only writes",
    ),
    **dict.fromkeys(["decision_approve", "decision_undo", "decision_reopen"], "only writes"),
    **dict.fromkeys(["session_attendance_rows", "session_attendance_worker"], "speaks to a script"),
    **dict.fromkeys(["training_attendance_rows", "training_attendance_worker"], "speaks to a script"),
    "training_material": "a file to keep",
    **dict.fromkeys(["person_note", "step_finish", "proposal_answer", "proposal_told"], "only writes"),
    "step_tick": "only writes",
    "branch_closing_act": "only writes",
    **dict.fromkeys(["exchange_group_members", "reimbursement_paid"], "only writes"),
    **dict.fromkeys(["gathering_attendance_rows", "gathering_attendance_worker"], "speaks to a script"),
    **dict.fromkeys(["expense_proof", "reimbursement_file", "expense_statement"], "a file to keep"),
    "outcome_paper": "a file to keep, shown on the page of its outcome",
    **dict.fromkeys(["impact_text", "impact_example"], "a file to keep"),
    "impact_register": "only writes",
    "report_file": "a file to keep",
    "report_draft_drop": "only writes",
    **dict.fromkeys(
        [f"api_{name}" for name in ("people", "person", "duos", "duo", "outcomes", "outcome")],
        "speaks to programs; tests/api reads it",
    ),
    **dict.fromkeys(["api_indicators", "api_indicator", "api_openapi", "api_unknown"], "speaks to programs"),
    **dict.fromkeys(["dashboard_refresh", "fairness_look"], "only writes"),
    "calendar_feed": "read by calendars, under a secret; tests/web/test_calendar_feed.py reads it",
    "log_worker": "speaks to a script",
    "plan_templates_start": "only writes",
    "door": "opens with the link of a message; the journeys look at each",
    **dict.fromkeys(["duplicate_not_same", "referral_drop"], "only writes"),
    **dict.fromkeys(["duo_first_meeting_close", "duo_agreement_act"], "only writes"),
    "duo_agreement_paper": "a file to print",
    **dict.fromkeys(["absence_back", "substitute_end", "concern_pause", "concern_close"], "only writes"),
    "duo_look_end": "only writes",
    **dict.fromkeys(["duo_rest", "extension_act", "duo_certify"], "only writes"),
    "duo_certificate": "a paper to print",
}
APPLYING = [f"/apply/{people.BRANCH}/{side}/" for side in ("mentee", "mentor")]
# Pages of the sign-in library that a reader can reach; its other addresses are steps of these or closed.
SIGN_IN_PAGES = ("account_login", "mfa_index", "usersessions_list")
# Where each visitor starts: the first page, and what one reaches by a filter or by a typed address.
STARTS = {
    people.COORDINATOR: [
        *("/guide/matching-table/", f"/b/{people.BRANCH}/people/?state=paused"),
        *(
            f"/b/{people.BRANCH}/applications/?state=withdrawn",
            f"/b/{people.BRANCH}/talks/?state=missed",
            "/",
        ),
    ],
    people.DIRECTOR: ["/", f"/b/{people.BRANCH}/plans/", f"/b/{people.BRANCH}/figures/costs/new/"],
    people.MENTEE: [
        "/me/",
        "/me/?plan=home",
        "/me/?plan=goals",
        "/me/?plan=sent",
        "/me/?plan=shown",
        "/me/?show=written",
        "/me/?show=calendar",
        "/me/?show=sheet",
        "/me/?show=log",
        "/me/?show=hear",
        "/me/?show=stop",
        "/me/?show=found",
        "/me/?show=found&what=job",
        "/me/?show=nothing",
    ],
    "": ["/demo/", "/accounts/login/", "/gallery/", "/at/", *APPLYING],
}
TEAM = (people.COORDINATOR, people.DIRECTOR, people.OFFICER, people.ADMINISTRATOR)
VISITORS = ("", people.MENTEE, *TEAM, people.REFERRER, people.EVALUATOR)
OURS = [r.name for r in routes() if not r.name.startswith(("account_", "mfa_", "usersessions_", "accounts_"))]
PAGES = sorted([name for name in OURS if name not in NO_PAGE] + list(SIGN_IN_PAGES))
MENTORS_CSV = "id,postcode,languages,availability,occupations\nneu1,69009,fr:C2,mon-am,M1101\n"


@dataclass
class Visitors:
    """Saved sign-ins, and one example of every page."""

    atlas: Atlas
    states: dict[str, Path] = field(default_factory=dict)
    speaks: dict[str, str] = field(default_factory=dict)
    views: dict[str, Page] = field(default_factory=dict)


@dataclass
class Figures:
    pages: set[str] = field(default_factory=set)
    axe_runs: int = 0
    axe_violations: int = 0
    heaviest: int = 0
    heaviest_page: str = ""


@pytest.fixture(scope="session")
def figures() -> Iterator[Figures]:
    """What was seen; each process writes its own into the folder that TRABOULE_TEST_FIGURES names."""
    kept = Figures()
    yield kept
    if folder := os.environ.get("TRABOULE_TEST_FIGURES"):
        said = asdict(kept) | {"pages": sorted(kept.pages)}
        Path(folder, f"pages-{os.getpid()}.json").write_text(json.dumps(said), "utf-8")


@pytest.fixture(scope="session")
def walked(real_browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo through which every visitor walked once: its folder, sign-ins, an example of every page."""
    folder = of_all_processes(tmp_path_factory) / "walked"
    with done_once(folder) as first:
        if first:
            with demo(folder, stored(tmp_path_factory), worker=False) as served:
                found = walk_through(real_browser, served, folder)
            plain = {"found": found.atlas.found, "states": {n: str(at) for n, at in found.states.items()}}
            (folder / "walked.json").write_text(json.dumps(plain), "utf-8")
    return folder


@pytest.fixture(scope="session")
def site(walked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A copy of that demo for this process alone: who signed in there is signed in here."""
    with demo(tmp_path_factory.mktemp("pages"), walked / "var", worker=False) as served:
        yield served.address


@pytest.fixture(scope="session")
def visitors(walked: Path, tmp_path_factory: pytest.TempPathFactory) -> Visitors:
    mine, plain = tmp_path_factory.mktemp("visitors"), json.loads((walked / "walked.json").read_text("utf-8"))
    states = {name: Path(shutil.copy(at, mine)) for name, at in plain["states"].items()}
    return Visitors(Atlas({name: (who, where) for name, (who, where) in plain["found"].items()}), states)


def walk_through(real_browser: Browser, served: Running, folder: Path) -> Visitors:
    found = Visitors(Atlas())
    for name in VISITORS:
        context = real_browser.new_context(base_url=served.address)
        if name:
            page = people.sign_in(context.new_page(), name)
        starts = STARTS.get(name, ["/"])
        if name == people.COORDINATOR:
            starts = [*starts, *stage_a_file(page), *rare(served, context.request)]
        if not name:
            starts = [*starts, *stage_an_application(context.new_page())]
        found.atlas.explore(name, context.request, *starts)
        found.states[name] = folder / f"{len(found.states)}.json"
        context.storage_state(path=found.states[name])
        context.close()
    return found


def stage_a_file(page: Page) -> list[str]:
    """Bring in a file and stop at the preview; the addresses of its two pages."""
    page.goto(f"/b/{people.BRANCH}/people/import/")
    page.locator('input[type="file"]').set_input_files(
        {"name": "mentors.csv", "mimeType": "text/csv", "buffer": MENTORS_CSV.encode()}
    )
    page.locator('main [name="side"][value="mentor"], main [name="side"]').first.evaluate(
        "field => { field.checked = true; if (field.tagName === 'SELECT') field.value = 'mentor'; }"
    )
    addresses = []
    for _ in ("columns", "rows"):
        with page.expect_navigation():
            page.locator("main form button[type=submit]").first.click()
        addresses.append(urlsplit(page.url).path)
    return addresses


def rare(served: Running, request: APIRequestContext) -> list[str]:
    """What only a few duos have: agreements, one to sign first, and what is still to be said of an end."""
    said = served.ask(f"""
        from traboule.apps.duos.enums import OPEN_AGREEMENT_STATES
        from traboule.apps.duos.models import Agreement
        from traboule.apps.endings.models import EndWord, MentorChoice
        here = {{"branch__slug": "{people.BRANCH}"}}
        waiting = Agreement.everywhere.filter(state__in=OPEN_AGREEMENT_STATES, **here)
        others = Agreement.everywhere.exclude(state__in=OPEN_AGREEMENT_STATES).filter(**here)
        for lead in [*waiting, *others[:4]]:
            print(f"duos/agreements/{{lead.pk}}/")
        ended = {{"duo__branch__slug": "{people.BRANCH}"}}
        words = EndWord.everywhere.filter(said_at=None, **ended)
        choices = MentorChoice.everywhere.filter(**ended)
        for one in [*words[:1], *choices[:1]]:
            print(f"duos/{{one.duo_id}}/")
    """)
    found = [f"/b/{people.BRANCH}/{line}" for line in said.split()]
    return sorted(found, key=lambda address: f"{address}sign/" not in request.get(address).text())


def stage_an_application(page: Page) -> list[str]:
    """Answer the first page of an application; the addresses that only somebody with a draft can open."""
    start = f"/apply/{people.BRANCH}/mentee/"
    page.goto(f"{start}who/")
    for name, typed in (("first_name", "Selam"), ("last_name", "Tesfay"), ("birth_date", "20/03/2003")):
        page.fill(f"[name={name}]", typed)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    return [f"{start}check/", f"{start}code/"]


Look = Callable[[str, str], list[str]]


@pytest.fixture
def look(visitors: Visitors, figures: Figures, real_browser: Browser, site: str) -> Look:
    """`look(name, language)`: all that is wrong with the example of a page in one language."""

    def looked(name: str, language: str) -> list[str]:
        assert name in visitors.atlas.found, "no link leads to this page"
        who, path = visitors.atlas.found[name]
        figures.pages.add(name)
        view = speaking(visitors, who, language, real_browser, site)
        return look_at(view, path, language, figures, name, site)

    return looked


def is_for_everybody(name: str) -> bool:
    return name.startswith(FOR_EVERYBODY) and not name.endswith("_edit")  # staff edit the contact


# A process reads them language by language: changing it costs two page loads.
EVERY = [pytest.param(name, LANGUAGES[0]) for name in PAGES]
EVERY += [pytest.param(name, other, marks=pytest.mark.slow) for other in LANGUAGES[1:] for name in PAGES]
EVERY += [pytest.param(name, "ar", marks=pytest.mark.slow) for name in PAGES if is_for_everybody(name)]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_a_page_keeps_nobody_out_and_fetches_nothing_from_elsewhere(
    name: str, language: str, look: Look
) -> None:
    assert look(name, language) == []


def speaking(visitors: Visitors, who: str, language: str, browser: Browser, site: str) -> Page:
    """The window of a visitor who has chosen this language; the server keeps it with the login.

    One window for all pages: a new one for each costs as much as looking at it.
    """
    if visitors.speaks.get(who) != language:
        if who in visitors.views:
            visitors.views[who].context.close()
        context = browser.new_context(
            base_url=site,
            storage_state=visitors.states[who],
            reduced_motion="reduce",
            service_workers="block",  # what one page keeps must not answer for the next
        )
        view = visitors.views[who] = context.new_page()
        context.new_cdp_session(view).send("Network.setCacheDisabled", {"cacheDisabled": True})
        view.goto("/credits/")
        people.speak(view, language)
        context.storage_state(path=visitors.states[who])
        visitors.speaks[who] = language
    return visitors.views[who]


def look_at(view: Page, path: str, language: str, figures: Figures, name: str, site: str) -> list[str]:
    """Open a page as somebody who has never been here, and return all that is wrong with it."""
    witness = Witness(view, site)
    view.set_viewport_size({"width": WIDTHS[0], "height": 800})
    view.goto(path, wait_until="load")
    view.evaluate("document.fonts.ready.then(() => true)")
    lines = []
    bring_axe(view)
    for width in WIDTHS:
        view.set_viewport_size({"width": width, "height": 800})
        if (pixels := sideways(view)) > 0:
            lines.append(f"{width} px: {pixels} pixels wider than the window")
        found = barriers(view)
        figures.axe_runs += 1
        figures.axe_violations += len(found)
        lines += [f"{width} px: {said(barrier)}" for barrier in found]
    if view.locator("html").get_attribute("lang") != language:
        lines.append("speaks another language")
    weight = witness.weight()
    if weight > figures.heaviest:
        figures.heaviest, figures.heaviest_page = weight, name
    if weight > HEAVIEST_FIRST_VIEW:
        lines.append(f"first view of {weight} bytes")
    lines += [f"fetched from elsewhere: {address}" for address in witness.elsewhere]
    lines += [f"the browser complains: {text}" for text in witness.complaints]
    return lines + [f"answered with {failure}" for failure in witness.failures]
