"""A figure as a dot with its interval: everything stays on the line."""

from hypothesis import given
from hypothesis import strategies as st

from traboule.web.components.dots import LEFT, WIDTH, dot, scale_of

NUMBER = st.floats(0, 1e9, allow_nan=False)


@given(NUMBER, NUMBER, NUMBER, st.one_of(st.none(), NUMBER))
def test_everything_stays_on_the_line(value: float, low: float, more: float, told: float | None) -> None:
    found = dot(value, (low, low + more), (low, None), told, scale_of((value, low, low + more, told), None))

    assert LEFT <= found.at_x <= LEFT + WIDTH
    for spans in (found.interval, found.bounds):
        assert spans is not None
        assert spans[1] >= 0
        assert LEFT <= spans[0] <= spans[0] + spans[1] <= LEFT + WIDTH + 0.2
    assert bool(found.diamond) is (told is not None)


def test_a_share_is_drawn_on_its_own_scale() -> None:
    found = dot(0.5, (0.25, 0.75), (None, None), None, scale_of((0.5,), (0.0, 1.0)))

    assert (found.at_x, found.interval, found.bounds) == (320.0, (170.0, 300.0), None)
