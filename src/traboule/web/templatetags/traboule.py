"""Tags and filters for every page: dates and distances as people say them, links that keep filters."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext, ngettext, pgettext

from traboule.core.languages import HOUSE
from traboule.core.spoken import spoken_day, spoken_euros

register = template.Library()

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@register.simple_tag(takes_context=True)
def site(context: Mapping[str, Any]) -> Any:
    """What the frame of every page shows: branch, sections, size, languages."""
    from traboule.web.site import site_of

    return site_of(context.get("request"))


@register.simple_tag(takes_context=True)
def languages(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Languages that this page offers, each under its own name."""
    from traboule.web.languages import offered

    codes = offered(context.get("request"))
    return [{**get_language_info(code), "code": code, "active": code == get_language()} for code in codes]


@register.simple_tag(takes_context=True)
def translation_note(context: Mapping[str, Any]) -> Any:
    """What to say about the translation that this page is read in, or nothing."""
    from traboule.web.languages import note_of

    return note_of(context.get("request"))


@register.simple_tag(takes_context=True)
def show_panel(context: Any, panel: Any) -> SafeString:
    """One panel of a page: its own template, which reads its own values beside those of the page."""
    with context.push(**panel.context):
        return context.template.engine.get_template(panel.template).render(context)  # type: ignore[no-any-return]  # the engine of the page


@register.simple_tag(takes_context=True)
def arrivals(context: Mapping[str, Any]) -> Any:
    """The pages around arrivals that the reader may open: the tab bar that they share."""
    from traboule.web.site import arrivals_of

    return arrivals_of(context["here"].actor, context["here"].branch, context["request"].path)


@register.simple_tag(takes_context=True)
def duo_pages(context: Mapping[str, Any]) -> Any:
    """The pages around duos: the tab bar that they share."""
    from traboule.web.site import duo_pages_of

    return duo_pages_of(context["here"].actor, context["here"].branch, context["request"].path)


@register.simple_tag
def with_query(request: HttpRequest, **changes: Any) -> str:
    """Address of this page with some parameters changed; an empty value removes one."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def say_date(value: date | datetime | None) -> str:
    """A date as people say it: "Tuesday 9 December"; the year is said when it is not this one."""
    if value is None:
        return ""
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return spoken_day(day, year=day.year != timezone.localdate().year)


@register.filter
def say_day_of_life(value: date | None) -> str:
    """A date without its weekday: "20 March 1999"."""
    return "" if value is None else spoken_day(value, weekday=False, year=True)


@register.filter
def commune(value: str) -> str:
    """A commune as people say it: "Lyon 9e" for "Lyon 9e Arrondissement"."""
    return value.removesuffix(" Arrondissement")


@register.filter
def say_moment(value: datetime | None) -> str:
    """A date and an hour as people say them: "Tuesday 9 December, 10:00"."""
    if value is None:
        return ""
    # Translators: Django time format; H = hour, i = minutes. French: H \h i
    pattern = pgettext("date format", "H:i") if get_language() in (HOUSE, "en") else "H:i"
    hour = written(timezone.localtime(value), pattern)
    return gettext("%(day)s, %(hour)s") % {"day": say_date(value), "hour": hour}


@register.filter
def say_days(value: int | None) -> str:
    """A number of days in words: "today", "1 day", "23 days"."""
    if value is None:
        return ""
    return (
        ngettext("%(count)s day", "%(count)s days", value) % {"count": value}
        if value > 0
        else gettext("less than a day")
    )


@register.filter
def say_euros(cents: int | None) -> str:
    """Cents as euros, in the figures of the language: "12.40 €"."""
    return "" if cents is None else spoken_euros(cents)


@register.filter
def say_km(value: float | None) -> str:
    """A distance: "less than 1 km", "14 km"."""
    if value is None:
        return ""
    return gettext("less than 1 km") if value < 1 else gettext("%(km)s km") % {"km": round(value)}


@register.filter
def say_day(index: int) -> str:
    """Name of a day of the week, from 0 for Monday."""
    names = (
        gettext("Monday"),
        gettext("Tuesday"),
        gettext("Wednesday"),
        gettext("Thursday"),
        gettext("Friday"),
        gettext("Saturday"),
        gettext("Sunday"),
    )
    return names[index]


# Unicode marks that set words of another language apart inside a sentence; nobody sees them.
ISOLATE, END_ISOLATE = "\u2068", "\u2069"


@register.filter
def french(text: str) -> SafeString:
    """Say to browsers and screen readers which words of a sentence are French (names of occupations)."""
    marked = (
        str(conditional_escape(text)).replace(ISOLATE, '<span lang="fr">').replace(END_ISOLATE, "</span>")
    )
    return mark_safe(marked)  # noqa: S308 -- escaped above; only the two marks become tags


@register.filter
def name(value: object) -> SafeString:
    """A person's name, isolated so that it reads well inside any script."""
    return format_html("<bdi>{}</bdi>", value)


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Value of a key, or nothing."""
    return mapping.get(key)


@register.filter
def unlocal(value: float) -> str:
    """A number as SVG reads it: a decimal point in every language."""
    return f"{round(float(value), 1):g}"


@register.filter
def add_number(value: float, other: float) -> float:
    """Sum of two numbers (Django's own `add` truncates decimals)."""
    return float(value) + float(other)


@register.filter
def by_threes(items: Iterable[Any]) -> list[list[Any]]:
    """Items in rows of three: the parts of each day."""
    every = list(items)
    return [every[i : i + 3] for i in range(0, len(every), 3)]


@register.filter
def spoken_pairs(form: Any) -> list[list[Any]]:
    """The languages of an application form, each beside its level."""
    numbers = [name.rpartition("_")[2] for name in form.fields if name.startswith("language_")]
    return [[form[f"language_{number}"], form[f"level_{number}"]] for number in numbers]


@register.filter
def drawing(svg: str) -> SafeString:
    """An SVG that the server itself drew (the square of the authenticator app), put into the page."""
    return mark_safe(svg.partition("?>")[2] or svg)  # noqa: S308 -- drawn by the server from its own secret


@register.filter
def per_cent(value: float) -> str:
    """A share as people read it: "72 %"."""
    return gettext("%(share)s %%") % {"share": round(value * 100)}


@register.filter
def split(value: str) -> list[str]:
    """The words of a text."""
    return value.split()
