"""What an operation may answer besides what was asked for."""

from typing import Any

from ninja import Schema

from traboule.api.schemas import Problem

# 405 and 406 are said by the gate, so they too belong to every operation.
ANSWERS: dict[Any, Any] = {304: None, **dict.fromkeys((401, 403, 404, 405, 406, 422, 429), Problem)}

# A field that the purpose does not include, or nobody agreed to, is absent and not null.
ALIKE: dict[str, Any] = {"exclude_unset": True}


class Bare(Schema):
    """An address that takes no filter."""
