"""Results as plain JSON values: rationals as strings, undefined values as their reason."""

from collections.abc import Mapping
from dataclasses import is_dataclass
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
        case Enum():  # an undefined value, a method, a verdict
            return {"undefined": value.value} if isinstance(value, Undefined) else value.value
        case bool() | int() | float() | str():
            return value
        case Fraction():
            return str(value)
        case tuple() | list():
            return [to_jsonable(entry) for entry in value]
        case Mapping():
            return {str(key): to_jsonable(entry) for key, entry in value.items()}
    if not is_dataclass(value):
        raise TypeError(f"not a statistical result: {type(value).__name__}")
    # With class variables: a rule carries its name there.
    return {name: to_jsonable(getattr(value, name)) for name in value.__dataclass_fields__}
