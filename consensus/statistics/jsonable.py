"""Results as plain JSON values: rationals as strings, undefined values as their reason."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any

from consensus.statistics.undefined import Undefined


def to_jsonable(value: Any) -> Any:
    """Turn any result of this package into dicts, lists, strings, numbers and booleans.

    A Fraction becomes "34/9" (whole ones "4"), an undefined value `{"undefined": reason}`, a
    rule its document. Raises TypeError for what is no result.
    """
    kind = type(value)
    make = _MAKERS.get(kind)
    if make is None:
        make = _MAKERS[kind] = _maker_for(kind)
    return make(value)


def _maker_for(kind: type) -> Callable[[Any], Any]:
    if hasattr(kind, "__dataclass_fields__"):
        return _record
    if issubclass(kind, Enum):  # a method, a verdict
        return _named
    if issubclass(kind, Mapping):
        return _mapping
    raise TypeError(f"not a statistical result: {kind.__name__}")


def _same(value: Any) -> Any:
    return value


def _record(value: Any) -> dict[str, Any]:
    # With class variables: a rule carries its name there.
    return {name: to_jsonable(getattr(value, name)) for name in value.__dataclass_fields__}


def _named(value: Enum) -> Any:
    return value.value


def _reason(value: Undefined) -> dict[str, str]:
    return {"undefined": value.value}


def _listed(value: Iterable[Any]) -> list[Any]:
    return [to_jsonable(entry) for entry in value]


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): to_jsonable(entry) for key, entry in value.items()}


_MAKERS: dict[type, Callable[[Any], Any]] = {
    **dict.fromkeys((bool, int, float, str), _same),
    Fraction: str,
    Undefined: _reason,
    tuple: _listed,
    list: _listed,
    dict: _mapping,
}
