"""Languages (Unicode CLDR): codes, names in the languages of the interface, levels of the CEFR."""

from functools import cache
from typing import Final

from traboule.reference._files import rows
from traboule.reference.text import fold

LOCALES: Final = ("fr", "en", "nl", "ar", "fa_AF", "uk", "ti", "es")
LEVELS: Final = {"A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5, "C2": 6}
# ISO 639-3 knows Dari as "prs", CLDR as the Persian of Afghanistan.
_SAME: Final = {"prs": "fa_AF"}
# What mentees of such programmes speak most, first in lists.
COMMON: Final = ("fr", "en", "ar", "prs", "fa", "ps", "ti", "am", "so", "uk", "ru", "es",
    "pt", "tr", "ku", "bn", "ta", "bm", "ff", "wo", "snk", "ln", "sw", "nl", "de", "it", "pl",
    "ro", "sq", "ka", "hy", "zh", "vi", "ur", "hi", "ckb", "kmr", "rom")  # fmt: skip


@cache
def _names() -> dict[str, dict[str, str]]:
    table = {code: dict(zip(LOCALES, names, strict=True)) for code, *names in rows("languages.csv.gz")}
    return table | {code: table[same] for code, same in _SAME.items()}


@cache
def _aliases() -> dict[str, str]:
    table = {alias.lower(): code for alias, code in rows("language_aliases.csv.gz")}
    return table | {same.lower(): code for code, same in _SAME.items()}


def canonical(code: str) -> str | None:
    """The code under which a language is compared (fra, fr-CA → fr; fa-AF → prs); None if unknown."""
    wanted = code.strip().replace("-", "_").lower()
    wanted = _aliases().get(wanted, wanted).lower()
    return _compared_as().get(wanted)


@cache
def _compared_as() -> dict[str, str]:
    """Regional variants count as the language itself, but for the one that has a code of its own."""
    own = {same.lower(): code for code, same in _SAME.items()}
    return {code.lower(): own.get(code.lower(), code.split("_")[0]) for code in _names()}


def known(code: str) -> bool:
    """Whether the code names a language (ISO 639-1, else 639-3)."""
    return canonical(code) is not None


def name(code: str, locale: str = "en") -> str:
    """Name of the language in a language of the interface; in English, else the code, where CLDR has none."""
    names = _names().get(canonical(code) or "", {})
    wanted = locale.replace("-", "_")
    if wanted not in LOCALES:
        wanted = wanted.split("_")[0]
    return names.get(wanted) or names.get("en") or names.get("fr") or code


def own_name(code: str) -> str:
    """Name of the language in itself where the interface has it, else in English."""
    return name(code, {"prs": "fa_AF"}.get(code, code if code in LOCALES else "en"))


@cache
def codes() -> tuple[str, ...]:
    """Every known code, without regional variants (fr_CA…)."""
    return tuple(sorted(code for code in _names() if "_" not in code))


def search(text: str, locale: str = "en", limit: int = 10) -> list[str]:
    """Codes of the languages whose name (in any language of the interface) or code begins with the text."""
    wanted = fold(text)
    if not wanted:
        return []
    order = {code: number for number, code in enumerate(COMMON)}
    found = [code for code in codes() if code == wanted or any(key.startswith(wanted) for key in _keys(code))]
    return sorted(found, key=lambda code: (code != wanted, order.get(code, 999), name(code, locale)))[:limit]


@cache
def _keys(code: str) -> frozenset[str]:
    return frozenset(fold(label) for label in _names()[code].values() if label)
