"""A strict check against a JSON schema, for the keywords that the schema of project.json uses (draft 7).

Stricter than the schema itself: a property that the schema does not name is refused, since nobody would read
it. A keyword that is neither known nor mere description raises: what cannot be checked is never passed over.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_CHECKED: Final = frozenset(
    ("type", "enum", "pattern", "required", "properties", "items", "minItems", "$ref")
)
_REFERENCE: Final = frozenset(("references-data-key", "references-data-list", "references-datas-seperator"))
_DESCRIBES: Final = frozenset((
    "$id", "$schema", "title", "description", "definitions", "priority", "patternHint", "codelist",
    "codelistDescription", "references-model", "references-models-seperator",
))  # fmt: skip
_TYPES: Final[Mapping[str, type | tuple[type, ...]]] = {
    "object": dict, "array": list, "string": str, "number": (int, float), "integer": int, "boolean": bool,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One place of a document that the schema does not allow: what it wants and what stands there."""

    place: str
    wants: str
    value: str


def mismatches(document: Any, schema: Mapping[str, Any]) -> list[Mismatch]:
    """Everything in which a document departs from its schema. Raises KeyError for an unknown keyword."""
    return list(_at(document, schema, "", schema, document))


def _at(value: Any, part: Mapping[str, Any], place: str, schema: Any, whole: Any) -> Iterator[Mismatch]:
    part = _resolved(part, schema)
    if unknown := set(part) - _CHECKED - _REFERENCE - _DESCRIBES:
        raise KeyError(f"keywords of a schema that are not known here: {', '.join(sorted(unknown))}")
    kind = part.get("type")
    if kind and (not isinstance(value, _TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        yield Mismatch(place, kind, str(value))
        return
    if "enum" in part and value not in part["enum"]:
        yield Mismatch(place, " | ".join(part["enum"]), str(value))
    if isinstance(value, str):
        yield from _text(value, part, place, whole)
    if isinstance(value, dict):
        yield from _object(value, part, place, schema, whole)
    if isinstance(value, list):
        if len(value) < part.get("minItems", 0):
            yield Mismatch(place, f"at least {part['minItems']}", str(len(value)))
        for number, item in enumerate(value):
            yield from _at(item, part.get("items", {}), f"{place}/{number}", schema, whole)


def _resolved(part: Mapping[str, Any], schema: Any) -> Mapping[str, Any]:
    """With the definition that it points to; what stands beside the pointer is kept."""
    if "$ref" not in part:
        return part
    found = schema
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return {**found, **{key: said for key, said in part.items() if key not in ("$ref", "type")}}


def _text(value: str, part: Mapping[str, Any], place: str, whole: Any) -> Iterator[Mismatch]:
    if "pattern" in part and not re.search(part["pattern"], value):
        yield Mismatch(place, part.get("patternHint", part["pattern"]), value)
    if "references-data-list" in part:
        name, key = part["references-data-list"].strip("/"), part["references-data-key"].strip("/")
        known = {item.get(key) for item in whole.get(name, ())}
        separator = part.get("references-datas-seperator")
        for one in value.split(separator) if separator else [value]:
            if one.strip() not in known:
                yield Mismatch(place, f"{key} in {name}", one.strip())


def _object(value: Any, part: Mapping[str, Any], place: str, schema: Any, whole: Any) -> Iterator[Mismatch]:
    for name in part.get("required", ()):
        if name not in value:
            yield Mismatch(f"{place}/{name}", "required", "")
    for name, child in value.items():
        if name in part.get("properties", {}):
            yield from _at(child, part["properties"][name], f"{place}/{name}", schema, whole)
        else:
            yield Mismatch(f"{place}/{name}", "a property of the schema", str(child)[:60])
