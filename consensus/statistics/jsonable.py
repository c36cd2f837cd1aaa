"""Results as plain JSON values: rationals as strings, undefined values as their reason."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from consensus.statistics.undefined import Undefined


def to_jsonable(value: Any) -> Any:
    """Turn any result of this package into dicts, lists, strings, numbers and booleans.

    A Fraction becomes "34/9" (whole ones "4"), an undefined value `{"undefined": reason}`, a
    rule its document. Raises TypeError for what is no result.
    """
    match value:
        case Undefined():
            return {"undefined": value.value}
        case Enum():
            return value.value
        case bool() | int() | float() | str():
            return value
        case Fraction():
            return str(value)
        case Mapping():
            return {str(key): to_jsonable(entry) for key, entry in value.items()}
    return _compound(value)


def _compound(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [to_jsonable(entry) for entry in value]
    if not is_dataclass(value):
        raise TypeError(f"not a statistical result: {type(value).__name__}")
    document = {entry.name: to_jsonable(getattr(value, entry.name)) for entry in fields(value)}
    # Rules carry their name on the class; a field of that name would be no string there.
    name = getattr(type(value), "rule", None)
    return {"rule": name, **document} if isinstance(name, str) else document
