"""docs/reference is what the code says, and says it of everything."""

import pytest

from tests.house.tree import ROOT, text
from tools import reference


@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_the_reference_page_is_fresh(name: str) -> None:
    assert text(ROOT / "docs" / "reference" / f"{name}.md") == reference.page(name)


def test_every_setting_that_the_code_reads_is_explained() -> None:
    assert sorted(set(reference.read_by_code()) - set(reference.SETTINGS) - set(reference.FOR_TESTS)) == []


def test_no_setting_is_explained_that_nobody_reads() -> None:
    assert sorted(set(reference.SETTINGS) - set(reference.read_by_code())) == []


def test_every_permission_is_held_by_a_role_and_listed() -> None:
    from traboule.apps.people.enums import Permission
    from traboule.apps.people.rules import ROLES

    page = text(ROOT / "docs" / "reference" / "permissions.md")
    assert [p for p in Permission if f"`{p.value}`" not in page] == []
    assert [p for p in Permission if not any(p in held for held in ROLES.values())] == []
