"""The load benchmark reads every list of staff: an address without a number is a list, or is named here."""

from django.urls import NoReverseMatch, resolve, reverse

from benchmarks.rows_way_in import LISTS
from tests.house.routes import routes

# Pages of a branch that show no rows which grow with it.
ALIKE_FOR_EVER = {
    *("agreement_template", "branch_home", "branch_closing", "site_text", "site_contact_edit"),
    *("support_questions", "support_rhythm", "expense_payer", "referral_rest", "people_import"),
    *("impact_next", "follow_up_months"),
}
# A form, a file, a write: no list.
NO_LIST = (
    "_new",
    "_new_mentor",
    "_new_mentee",
    "_export",
    "_act",
    "_add",
    "_start",
    "_drop",
    "_save",
    "_run",
)
NO_LISTS = {
    *("concern_new", "draft_save", "sensitive_switch", "team_invite"),
    *("dashboard_refresh", "fairness_look"),
}


def measured() -> set[str | None]:
    paths = [page.split("?")[0] for pages in LISTS.values() for page in pages]
    whole = (path.replace("BRANCH", "lyon") if path.startswith("/") else f"/b/lyon/{path}" for path in paths)
    return {resolve(path).url_name for path in whole}


def pages_of_a_branch() -> set[str]:
    found = set()
    for route in routes():
        try:
            path = reverse(route.name, args=["lyon"])
        except NoReverseMatch:
            continue
        if path.startswith("/b/lyon/"):
            found.add(route.name)
    return found


def test_every_list_of_staff_is_measured_under_load() -> None:
    lists = {name for name in pages_of_a_branch() if not name.endswith(NO_LIST)} - NO_LISTS - ALIKE_FOR_EVER
    assert lists - measured() == set()
