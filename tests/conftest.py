"""What every test may lean on, and the one loud line that says what this machine could not run.

`make test` runs the data tests on PostgreSQL first and hands the reports over (tools/run_tests.py), so that
the closing line of the second run counts both databases.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import SimpleTestCase
from hypothesis import HealthCheck
from hypothesis import settings as profiles
from pytest_django import Settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.databases import django_db_modify_db_settings, drop_template, own_database
from tools.surroundings import chromium as chromium_path

__all__ = ["django_db_modify_db_settings", "own_database"]  # fixtures: pytest finds them here

ROOT = Path(__file__).resolve().parent.parent
HAND_OVER = os.environ.get("TRABOULE_TEST_HAND_OVER")
TAKE_OVER = os.environ.get("TRABOULE_TEST_TAKE_OVER")
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
COUNTED = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")

profiles.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
profiles.load_profile("house")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests are skipped where there is no browser. They begin at once: nobody waits for them.

    The half on PostgreSQL repeats what touches a database, and nothing else.
    """
    if HAND_OVER:
        alike = [item for item in items if not touches_data(item)]
        config.hook.pytest_deselected(items=alike)
        items[:] = [item for item in items if touches_data(item)]
    for item in items:
        if is_journey(item.nodeid):
            item.add_marker(pytest.mark.browser)
            if chromium_path() is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on PATH"))
        if item.get_closest_marker("postgres") and "postgres" not in os.environ.get("DATABASE_URL", ""):
            item.add_marker(pytest.mark.skip(reason="runs in the PostgreSQL half"))
    items.sort(key=lambda item: turn_of(item.nodeid))


def touches_data(item: pytest.Item) -> bool:
    """Whether a test asks for a database, by its mark, a fixture or the class that it stands in."""
    if item.get_closest_marker("any_database"):
        return False
    if item.get_closest_marker("each_database"):
        return True
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    of_django = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    return bool(asked or of_django or item.get_closest_marker("django_db"))


def is_journey(nodeid: str) -> bool:
    return nodeid.startswith("tests/journeys/")


# Journeys that share a browser and a demo, in the order in which they begin: the longest first, and while one
# process walks through the demo for the pages, the others do not wait for it.
GROUPS = ("six months fr", "six months ar", "ways", "pages fr", "pages en", "pages ar")


def group_of(nodeid: str) -> str:
    """Pages by language, each of the longest ways alone, all others together."""
    language = re.split(r"[\[\]-]", nodeid)[-2] if nodeid.endswith("]") else ""
    of_file = {"test_every_page.py": "pages", "test_six_months.py": "six months"}
    group = of_file.get(nodeid.partition("::")[0].rpartition("/")[2])
    return f"{group} {language}" if group else "ways"


def turn_of(nodeid: str) -> int:
    return GROUPS.index(group_of(nodeid)) if is_journey(nodeid) else len(GROUPS)


class FewBrowsers(LoadScopeScheduling):
    """Journeys go by groups, tests of a class together, the others one by one.

    The runner has a mark for such groups, but loses it under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        if is_journey(nodeid):
            return group_of(nodeid)
        return nodeid.rpartition("::")[0] if nodeid.count("::") > 1 else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FewBrowsers:
    return FewBrowsers(config, log)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser; tests that ask for it are marked `browser` and skipped where there is none."""
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium on PATH")
    return path


@pytest.fixture
def outside_data(request: pytest.FixtureRequest) -> Path:
    """The folder of test data that is not part of the repository; mark the test `outside_data`."""
    assert request.node.get_closest_marker("outside_data"), "mark this test with @pytest.mark.outside_data"
    folder = Path(os.environ.get("TRABOULE_TEST_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no test data at {folder}; TRABOULE_TEST_DATA names another place")
    return folder


@pytest.fixture
def keeping(settings: Settings) -> Iterator[None]:
    """What costs much is remembered, as in production; other tests make rows without an entry."""
    from traboule.core.remember import forget

    settings.TRABOULE_REMEMBER = True
    forget()
    yield
    forget()


@pytest.fixture(scope="session")
def repository() -> Path:
    return ROOT


# --- one verdict -----------------------------------------------------------------------------------------


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if HAND_OVER:
        hand_over(terminalreporter, Path(HAND_OVER), config)
    if TAKE_OVER:
        take_over(terminalreporter, Path(TAKE_OVER), config)
        gaps = list(left_out(terminalreporter))
        if gaps:
            terminalreporter.write_line("LEFT OUT: " + " · ".join(gaps), red=True, bold=True)
        else:
            terminalreporter.write_line(
                "Nothing was left out: both databases, the real browser, the slow tests."
            )


def hand_over(reporter: pytest.TerminalReporter, path: Path, config: pytest.Config) -> None:
    """Counts by verdict, and the whole reports of what did not pass; the other run tells of the skips."""
    troubles = [
        [verdict, config.hook.pytest_report_to_serializable(config=config, report=report)]
        for verdict in ("failed", "error")
        for report in reporter.stats.get(verdict, [])
    ]
    counts = {verdict: len(reporter.stats.get(verdict, [])) for verdict in COUNTED if verdict != "skipped"}
    path.parent.mkdir(parents=True, exist_ok=True)
    # A worker's report also holds the worker; its name is enough.
    path.write_text(json.dumps({"counts": counts, "troubles": troubles}, default=str), "utf-8")


class ElsewhereReport:
    """Stands for one test of the other run in the closing line."""

    count_towards_summary = True


def take_over(reporter: pytest.TerminalReporter, path: Path, config: pytest.Config) -> None:
    if not path.exists():
        return
    other = json.loads(path.read_text("utf-8"))
    reporter.write_line(
        "On PostgreSQL: "
        + ", ".join(f"{count} {verdict}" for verdict, count in other["counts"].items() if count)
    )
    for verdict in ("passed", "xfailed", "xpassed"):
        reporter.stats.setdefault(verdict, []).extend(
            ElsewhereReport() for _ in range(other["counts"][verdict])
        )
    for verdict, data in other["troubles"]:
        report = config.hook.pytest_report_from_serializable(config=config, data=data)
        report.nodeid += " [on PostgreSQL]"
        reporter.stats.setdefault(verdict, []).append(report)


def left_out(reporter: pytest.TerminalReporter) -> Iterator[str]:
    """Each thing that this run did not do, with what would bring it."""
    if not os.environ.get("TRABOULE_TEST_POSTGRES"):
        yield "the data tests on PostgreSQL (no server found: set TRABOULE_TEST_POSTGRES)"
    skipped = [r for r in reporter.stats.get("skipped", []) if "postgres" not in r.keywords]
    browser = [r for r in skipped if "browser" in r.keywords]
    if browser:
        yield f"{len(browser)} browser tests (no Chromium on PATH)"
    outside = [r for r in skipped if "outside_data" in r.keywords]
    if outside:
        yield "tests on data outside the repository: " + ", ".join(sorted(r.nodeid for r in outside))
    others = [r for r in skipped if r not in browser and r not in outside]
    if others:
        yield "skipped: " + ", ".join(sorted(r.nodeid for r in others))
    if os.environ.get("TRABOULE_TEST_ALL") != "1":
        yield "the slow tests (make test-all)"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that did not run is a failure, unless its data lie outside the repository."""
    if not hasattr(session.config, "workerinput") and "postgres" in os.environ.get("DATABASE_URL", ""):
        drop_template()
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not (IN_CI and TAKE_OVER) or reporter is None or hasattr(session.config, "workerinput"):
        return
    gaps = [gap for gap in left_out(reporter) if not gap.startswith("tests on data outside")]
    if gaps and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
