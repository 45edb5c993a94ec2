"""Pictures: the arithmetic behind what people look at."""

from hypothesis import given
from hypothesis import strategies as st

from traboule.web.components.figures import Place, people_map, strip, waiting, week_grid, weeks_between
from traboule.web.components.labels import Circle, _box, _overlap, place_labels

LYON = Place("Lyon", 45.758, 4.835, 14, 9)
GIVORS = Place("Givors", 45.590, 4.770, 1, 1, estimated=True)


def test_a_strip_has_26_weeks_whatever_was_lived() -> None:
    figure = strip(["held", "missed", "paused"], now=4)
    assert [cell.state for cell in figure.cells[:4]] == ["held", "missed", "paused", "ahead"]
    assert (len(figure.cells), figure.held, figure.missed, figure.paused) == (26, 1, 1, 1)
    assert [cell.number for cell in figure.cells if cell.is_now] == [4]


def test_a_strip_of_a_longer_duo_is_cut_at_its_end() -> None:
    assert len(strip(["held"] * 40, now=40).cells) == 26


@given(
    st.lists(st.integers(min_value=0, max_value=2_000), max_size=200), st.integers(min_value=1, max_value=90)
)
def test_every_waiting_person_stands_in_exactly_one_bar(days: list[int], promise: int) -> None:
    figure = waiting(days, promise=promise)
    assert sum(bar.count for bar in figure.bars) == len(days) == figure.total
    assert figure.late == sum(day > promise for day in days)
    assert all(0 <= bar.height <= 150 and bar.y >= 40 for bar in figure.bars)


def test_nobody_waiting_draws_no_bar() -> None:
    figure = waiting([])
    assert (figure.total, figure.longest, {bar.height for bar in figure.bars}) == (0, 0, {0.0})


def test_north_is_up_and_east_is_at_the_end() -> None:
    figure = people_map([LYON, GIVORS])
    assert figure is not None
    by_name = {dot.place.name: dot for dot in figure.dots}
    assert by_name["Lyon"].y < by_name["Givors"].y
    assert by_name["Lyon"].x > by_name["Givors"].x


def test_a_map_tells_how_many_people_it_shows_and_that_a_place_is_estimated() -> None:
    figure = people_map([LYON, GIVORS], [(LYON, GIVORS, 19.3)])
    assert figure is not None
    assert (figure.mentors, figure.mentees, figure.estimated) == (15, 10, True)
    assert [(link.start, link.end, link.km) for link in figure.links] == [("Lyon", "Givors", 19.3)]


def test_a_map_of_nobody_is_no_map() -> None:
    assert people_map([]) is None


@given(
    st.lists(
        st.tuples(st.floats(41, 51), st.floats(-5, 10), st.integers(0, 300), st.integers(0, 300)),
        min_size=1,
        max_size=60,
    )
)
def test_every_commune_lies_inside_the_frame(rows: list[tuple[float, float, int, int]]) -> None:
    figure = people_map([Place(f"c{i}", *row) for i, row in enumerate(rows)])
    assert figure is not None
    assert all(0 <= dot.x <= figure.width and 0 <= dot.y <= figure.height for dot in figure.dots)


def test_one_commune_stands_in_the_middle() -> None:
    figure = people_map([LYON])
    assert figure is not None
    assert (figure.dots[0].x, figure.dots[0].y) == (320.0, 210.0)


@given(st.integers(min_value=0, max_value=(1 << 21) - 1))
def test_the_grid_of_the_week_says_what_the_mask_says(slots: int) -> None:
    read = sum(
        1 << row.day * 3 + part for row in week_grid(slots) for part, free in enumerate(row.parts) if free
    )
    assert read == slots


def test_weeks_count_from_one() -> None:
    assert [weeks_between(days) for days in (0, 6, 7, 13, 14)] == [1, 1, 2, 2, 3]


@given(
    st.lists(
        st.tuples(
            st.floats(20, 620), st.floats(20, 380), st.integers(4, 40), st.text(min_size=1, max_size=25)
        ),
        max_size=40,
    )
)
def test_no_two_names_of_a_map_cover_each_other(rows: list[tuple[float, float, int, str]]) -> None:
    circles = [Circle(name, x, y, float(radius)) for x, y, radius, name in rows]
    labels = place_labels(circles, width=640.0, height=400.0, most=12)
    boxes = [_box(label) for label in labels]
    assert len(labels) <= 12
    assert not any(_overlap(one, other) for i, one in enumerate(boxes) for other in boxes[:i])
    assert all(box[0] >= 0 and box[2] <= 640 and box[1] >= 0 and box[3] <= 400 for box in boxes)


def test_a_name_stands_above_its_circle_if_there_is_room() -> None:
    (label,) = place_labels([Circle("Lyon", 300.0, 200.0, 10.0)], width=640.0, height=400.0, most=5)
    assert (label.x, label.y, label.anchor) == (300.0, 184.0, "middle")
