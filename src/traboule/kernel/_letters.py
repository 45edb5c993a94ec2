"""Our own small tables: names of three scripts in Latin letters, and spellings that mean one name.

Not a transliteration standard: the aim is that one name, written by different offices, ends up the same.
Arabic (with the letters of Dari) has no short vowels; such words are compared by consonants alone.
"""

import re


def _table(letters: str, said: str) -> dict[str, str]:
    """Pair the letters of one script with what stands for them; "_" stands for nothing."""
    pairs = zip(letters, said.split(), strict=True)
    return {letter: sound.replace("_", "") for letter, sound in pairs}


ARABIC = _table(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئپچژگکیـ",
    "a b t th j h kh d dh r z s sh s d t z _ gh f k k l m n h u i a a _ a a i u i p ch zh g k i _",
)
# Ukrainian and Russian; г is h as in Ukrainian passports. Accents are gone before: й is read as и, ї as і.
CYRILLIC = _table(
    "абвгґдежзиіклмнопрстуфхцчшщьъыэєюя",
    "a b v h g d e zh z y i k l m n o p r s t u f kh ts ch sh shch _ _ y e ie iu ia",
)
# Ethiopic is a syllabary: eight signs a row, one row a consonant, in the order of Unicode from U+1200.
_FIRST_SIGN = 0x1200
_ROWS = "h l h m s r s sh q q q q b v t ch h h n ny _ k k kh kh w _ z zh y d d j g g g t ch p ts ts f p"
_VOWELS = ("e", "u", "i", "a", "e", "", "o", "wa")


def _ethiopic() -> dict[str, str]:
    signs = {}
    for row, consonant in enumerate(_ROWS.split()):
        for order, vowel in enumerate(_VOWELS):
            said = "a" if consonant == "_" and order == 0 else vowel
            signs[chr(_FIRST_SIGN + len(_VOWELS) * row + order)] = consonant.replace("_", "") + said
    return signs


LATIN = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ß": "ss", "đ": "d", "ı": "i"}
ROMAN = {**ARABIC, **CYRILLIC, **_ethiopic(), **LATIN}
IS_ABJAD = re.compile("[\u0600-\u06ff]")

# Spellings of one sound, applied in this order to a word of a to z.
SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        ("shch|sch|tch|sh|ch", "c"),
        ("zh|dj|dzh", "j"),
        ("ph", "f"),
        ("kh", "h"),
        ("gh", "g"),
        ("th", "t"),
        ("dh", "d"),
        ("ck|q", "k"),
        ("x", "ks"),
        ("gu(?=[ei])", "g"),
        ("ou|oo|w", "u"),
        ("ee", "i"),
        ("y", "i"),
        ("e", "a"),
        ("o", "u"),
        (r"(.)\1+", r"\1"),
        ("(?<=.)h$", ""),
        (r"(.)\1+", r"\1"),
    )
)
VOWELS = re.compile("[aiu]")
