"""Results as plain JSON values: rationals as strings, undefined values as their reason."""

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import Any

from consensus.statistics.undefined import Undefined

_PLAIN = (bool, int, float, str)


def to_jsonable(value: Any) -> Any:
    """Turn any result of this package into dicts, lists, strings, numbers and booleans.

    A Fraction becomes "34/9" (whole ones "4"), an undefined value `{"undefined": reason}`, a
    rule its document. Raises TypeError for what is no result.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is Fraction:
        return str(value)
    if fields := getattr(kind, "__dataclass_fields__", None):
        # With class variables: a rule carries its name there.
        return {name: to_jsonable(getattr(value, name)) for name in fields}
    match value:
        case Enum():  # an undefined value, a method, a verdict
            return {"undefined": value.value} if isinstance(value, Undefined) else value.value
        case tuple() | list():
            return [to_jsonable(entry) for entry in value]
        case Mapping():
            return {str(key): to_jsonable(entry) for key, entry in value.items()}
    raise TypeError(f"not a statistical result: {kind.__name__}")
