"""What a card says of one figure: value, n, what is not known, interval, bounds, what is published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy

from traboule.apps.indicators import words
from traboule.kernel.indicators import Figure, Measure, Said, Verdict, What, without_small_numbers
from traboule.web.components.dots import Dot, dot, scale_of

RATING_ENDS = (1.0, 5.0)
NUMBERED = (Said.FIGURE, Said.BEYOND)
GROUPS: tuple[tuple[str, Promise, tuple[str, ...]], ...] = (
    ("work", pgettext_lazy("group of figures", "Work"), ("worked_90_days",)),
    (
        "path",
        pgettext_lazy("group of figures", "The way of duos"),
        ("reach_six_months", "mentors_again", "trained_before_first_duo"),
    ),
    (
        "waiting",
        pgettext_lazy("group of figures", "Waiting"),
        ("days_to_match", "matched_in_a_month", "matched_in_six_months"),
    ),
    (
        "relation",
        pgettext_lazy("group of figures", "The two together"),
        ("weekly_hours", "satisfaction_of_mentees", "satisfaction_of_mentors"),
    ),
    (
        "follow-up",
        pgettext_lazy("group of figures", "Reached afterwards"),
        ("follow_up_6_months", "follow_up_12_months", "follow_up_18_months"),
    ),
    ("cost", pgettext_lazy("group of figures", "Cost"), ("cost_per_duo", "cost_per_outcome")),
)
# The same question under two clocks; both are shown, so that nobody chooses the higher one.
PAIRS = (
    ("positive_outcome_from_start", "positive_outcome_from_end"),
    ("stable_job_from_start", "stable_job_from_end"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """One figure in words. ``of``: of how many; ``facts``: label and value; ``alt``: the picture in words."""

    name: str
    title: str
    figure: Figure
    value: str
    of: str
    facts: tuple[tuple[str, str], ...]
    sentence: str
    picture: Dot | None
    alt: str

    @property
    def has_rows(self) -> bool:
        """Whether rows stand behind it that may be shown."""
        return bool(self.figure.rows)

    @property
    def is_number(self) -> bool:
        """Whether it is a number at all."""
        return self.figure.numbers.said is Said.FIGURE


@dataclass(frozen=True, slots=True)
class Pair:
    """Two clocks side by side, and one line why they differ."""

    cards: tuple[Card, Card]
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that belong together."""

    code: str
    title: str
    pairs: tuple[Pair, ...]
    cards: tuple[Card, ...]


def groups_of(figures: Mapping[str, Figure]) -> list[Group]:
    """Return every figure on a card, in its group; a definition that the house does not know comes last."""
    left = dict(figures)
    found = []
    for code, title, names in GROUPS:
        pairs = [_pair(left.pop(one), left.pop(other)) for one, other in PAIRS] if code == "work" else []
        cards = [card_of(left.pop(name)) for name in names if name in left]
        found.append(Group(code, str(title), tuple(pairs), tuple(cards)))
    if left:
        rest = tuple(card_of(figure) for figure in left.values())
        found.append(Group("more", str(pgettext_lazy("group of figures", "More")), (), rest))
    return found


def _pair(one: Figure, other: Figure) -> Pair:
    cards = card_of(one), card_of(other)
    said = {
        "first": words.clock_of(one.definition),
        "second": words.clock_of(other.definition),
        "n": cards[0].figure.n,
        "other_n": cards[1].figure.n,
    }
    if any(card.figure.numbers.said is Said.TOO_FEW for card in cards):
        line = gettext("One counts what came %(first)s, the other %(second)s. They are two figures.")
    else:
        line = gettext(
            "One counts what came %(first)s (%(n)s duos whose time is up), the other %(second)s (%(other_n)s "
            "duos). They are two figures: never compare one with the other."
        )
    return Pair(cards, line % said)


def card_of(found: Figure) -> Card:
    """Return a figure in words; one of fewer people than its floor says so and no more."""
    shown = without_small_numbers(found)
    definition, numbers = shown.definition, shown.numbers
    return Card(
        name=definition.name,
        title=words.name_of(definition.name),
        figure=shown,
        value=words.figure_in_words(shown),
        of=_of(shown),
        facts=tuple(_facts(shown)),
        sentence=words.sentence(definition),
        picture=picture_of(shown),
        alt=_alt(shown) if numbers.value is not None else "",
    )


def _facts(found: Figure) -> Iterable[tuple[str, str]]:
    """Everything that belongs beside the number, line by line; what is nothing is left out."""
    if found.missing:
        yield gettext("Not known of them"), _missing(found)
    if found.not_due:
        yield gettext("Not yet due"), str(found.not_due)
    for label, said in (
        (gettext("Interval (95 %)"), interval_in_words(found)),
        (bounds_label(found), bounds_in_words(found)),
    ):
        if said:
            yield label, said
    if found.definition.against is not None:
        yield gettext("Published"), published_in_words(found)


def _of(found: Figure) -> str:
    """Of how many it is known, beside the number: a share of few who are known is soon a high one."""
    if not found.n:
        return ""
    return gettext("%(known)s known of %(n)s whose time is up") % {"known": found.known, "n": found.n}


def _missing(found: Figure) -> str:
    parts = [
        f"{words.VERDICTS[verdict]} {found.count(verdict)}"
        for verdict in (Verdict.UNKNOWN, Verdict.UNREACHABLE, Verdict.REFUSED, Verdict.BELOW_GRADE)
        if found.count(verdict)
    ]
    return f"{found.missing} ({', '.join(parts)})"


def interval_in_words(found: Figure) -> str:
    """The interval of those who are known; nothing where there is none."""
    return words.span_in_words(found.definition, (found.numbers.low, found.numbers.high))


def bounds_in_words(found: Figure) -> str:
    """From where to where the number may lie, whatever became of those who are not known."""
    if not found.missing:
        return ""
    return words.span_in_words(found.definition, (found.numbers.least, found.numbers.most))


def bounds_label(found: Figure) -> str:
    """What the bounds say."""
    if found.definition.measure is Measure.SHARE:
        return gettext("If it failed for all who are not known, or came true for all")
    return gettext("Whatever became of those who are not known")


def published_in_words(found: Figure) -> str:
    """The figure that this one is held against, with its source."""
    definition = found.definition
    said = words.value_in_words(definition, definition.against)
    source = words.source_of(definition)
    return f"{said} ({source})" if source else said


def picture_of(found: Figure) -> Dot | None:
    """The figure as a picture; None without a number."""
    numbers, definition = found.numbers, found.definition
    if numbers.value is None:
        return None
    bounds = (numbers.least, numbers.most) if found.missing else (None, None)
    every = (numbers.value, numbers.low, numbers.high, *bounds, definition.against)
    scale = scale_of(every, _ends(found))
    return dot(numbers.value, (numbers.low, numbers.high), bounds, definition.against, scale)


def scale_in_words(card: Card) -> tuple[str, str]:
    """What stands at both ends of the line."""
    if card.picture is None:
        return "", ""
    ends = card.picture.scale
    definition = card.figure.definition
    return words.value_in_words(definition, ends.low), words.value_in_words(definition, ends.high)


def _ends(found: Figure) -> tuple[float, float] | None:
    if found.definition.measure is Measure.SHARE:
        return 0.0, 1.0
    return RATING_ENDS if found.definition.what is What.RATING else None


def _alt(found: Figure) -> str:
    """The picture in words."""
    parts = [words.figure_in_words(found)]
    spans: Sequence[tuple[str, str]] = (
        (gettext("interval %(span)s"), interval_in_words(found)),
        (gettext("with what is not known %(span)s"), bounds_in_words(found)),
    )
    parts += [text % {"span": span} for text, span in spans if span]
    if found.definition.against is not None:
        published = words.value_in_words(found.definition, found.definition.against)
        parts.append(gettext("published %(value)s") % {"value": published})
    return "; ".join(parts)


def few(number: int, floor: int) -> str:
    """A number of rows, or that they are too few to be counted out."""
    if 0 < number < floor:
        return gettext("fewer than %(floor)s") % {"floor": floor}
    return ngettext("%(count)s row", "%(count)s rows", number) % {"count": number}
