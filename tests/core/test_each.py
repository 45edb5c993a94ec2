"""What goes wrong with one row stops no other, and is not forgotten."""

import pytest

from traboule.core.each import SomeFailed, each_apart


def test_every_row_has_its_turn_and_the_failures_are_raised_at_the_end() -> None:
    done: list[int] = []

    def run() -> None:
        with each_apart() as apart:
            for number in (1, 0, 2):
                with apart.one(f"row {number}"):
                    done.append(4 // number)

    with pytest.raises(SomeFailed) as caught:
        run()
    assert done == [4, 2]
    assert caught.value.failed == ["row 0: ZeroDivisionError"]


def test_where_nothing_fails_nothing_is_raised_and_a_kill_is_not_swallowed() -> None:
    with each_apart() as apart, apart.one("row"):
        pass
    with pytest.raises(KeyboardInterrupt), each_apart() as apart, apart.one("row"):
        raise KeyboardInterrupt
