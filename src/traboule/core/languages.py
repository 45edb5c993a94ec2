"""The languages that the pages speak: which there are, for whom, and under which code."""

from typing import Any, Final

# English is the language of the message ids, French the one of the house: what is untranslated is said in it.
HOUSE: Final = "fr"
STAFF: Final = ("fr", "en", "nl")
EVERYBODY: Final = ("fr", "en", "nl", "ar", "fa-af", "uk", "ti", "es")
# How Django calls what people, files and CLDR call otherwise.
_ALIASES: Final = {"prs": "fa-af", "fa": "fa-af", "fa_af": "fa-af"}
# Languages that Django does not know, as ``django.conf.locale.LANG_INFO`` describes them.
MORE_LANG_INFO: Final[dict[str, dict[str, Any]]] = {
    "fa-af": {"bidi": True, "code": "fa-af", "name": "Dari", "name_local": "دری"},
    "ti": {"bidi": False, "code": "ti", "name": "Tigrinya", "name_local": "ትግርኛ"},
}


def interface(code: str) -> str:
    """Return the language of the pages for a contact language (``prs`` is ``fa-af``); French if none fits."""
    wanted = code.strip().lower()
    wanted = _ALIASES.get(wanted, wanted)
    if wanted in EVERYBODY:
        return wanted
    short = wanted.replace("_", "-").split("-")[0]
    short = _ALIASES.get(short, short)
    return short if short in EVERYBODY else HOUSE


def contact(code: str) -> str:
    """Return the contact language for a language of the pages (``fa-af`` is ``prs``)."""
    return "prs" if code == "fa-af" else code


def cldr(code: str) -> str:
    """Return the CLDR name of a language of the pages (``fa-af`` is ``fa_AF``)."""
    language, _, region = code.partition("-")
    return f"{language}_{region.upper()}" if region else language
