"""Our own small tables for writing names of three scripts in Latin letters, and for spellings that mean one name.

Not a transliteration standard: the aim is that one name, written by different offices, ends up the same.
Arabic (with the letters of Dari and Persian) has no short vowels; such words are compared by consonants alone.
"""

import re

ARABIC = dict(
    zip(
        "ابتجحدرزسصضطعفقلمنهويىةءآأإؤئپگکیك",
        "a b t j h d r z s s d t  f k l m n h u i a a  a a i u i p g k i k".split(" "),
        strict=True,
    )
) | {"ث": "th", "خ": "kh", "ذ": "dh", "ش": "sh", "ظ": "z", "غ": "gh", "چ": "ch", "ژ": "zh", "ـ": ""}

# Ukrainian and Russian; г is h as in Ukrainian passports. Accents are gone before: й is read as и, ї as і.
CYRILLIC = dict(
    zip(
        "абвгґдежзиійклмнопрстуфхцчшщыэєюя",
        "a b v h g d e zh z y i i k l m n o p r s t u f kh ts ch sh shch y e ie iu ia".split(),
        strict=True,
    )
) | {"ь": "", "ъ": ""}

# Ethiopic is a syllabary: eight signs a row, one row a consonant, in the order of Unicode from U+1200.
_ETHIOPIC_ROWS = (
    "h l h m s r s sh q q q q b v t ch h h n ny _ k k kh kh w _ z zh y d d j g g g t ch p ts ts f p".split()
)
_ETHIOPIC_VOWELS = ("e", "u", "i", "a", "e", "", "o", "wa")
ETHIOPIC = {
    chr(0x1200 + 8 * row + order): consonant.replace("_", "") + (vowel if consonant != "_" or vowel != "e" else "a")
    for row, consonant in enumerate(_ETHIOPIC_ROWS)
    for order, vowel in enumerate(_ETHIOPIC_VOWELS)
}

ROMAN = {**ARABIC, **CYRILLIC, **ETHIOPIC, "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ß": "ss", "đ": "d", "ı": "i"}
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
