"""Rules as small JSON-able documents, the form a protocol stores and seals.

A document is `{"rule": name, field: value, ...}`. Rationals are strings ("3/2", "1.5", "2")
or whole numbers; JSON floats are refused, because 0.1 is not a tenth there. A field left out
takes the default of the rule; a dumped document always has them all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar, get_type_hints

from consensus.statistics.errors import MalformedRuleError

# Short on purpose: Fraction("1e999999999") would be a very long number.
_RATIONAL = re.compile(r"-?[0-9]{1,9}(?:/0*[1-9][0-9]{0,8}|\.[0-9]{1,9})?")


class Rule(Protocol):
    """A frozen dataclass with a name, whose fields carry the marks below."""

    rule: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


R = TypeVar("R", bound=Rule)


@dataclass(frozen=True, slots=True)
class RationalBetween:
    """Marks a field that holds a Fraction from `low` to `high`."""

    low: Fraction
    high: Fraction

    def read(self, value: object) -> Fraction:
        """Return the rational. Raises MalformedRuleError."""
        return parse_rational(value, low=self.low, high=self.high)


@dataclass(frozen=True, slots=True)
class WholeBetween:
    """Marks a field that holds an int from `low` to `high`."""

    low: int
    high: int

    def read(self, value: object) -> int:
        """Return the whole number. Raises MalformedRuleError."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise MalformedRuleError(f"expected a whole number, not {_shown(value)}")
        if not self.low <= value <= self.high:
            raise MalformedRuleError(f"{value} is not within {self.low} to {self.high}")
        return value


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a field that holds a member of an enumeration of strings."""

    choices: type[StrEnum]

    def read(self, value: object) -> StrEnum:
        """Return the member. Raises MalformedRuleError."""
        for choice in self.choices:
            if choice.value == value:
                return choice
        raise MalformedRuleError(f"{_shown(value)} is none of: {', '.join(self.choices)}")


Mark: TypeAlias = RationalBetween | WholeBetween | OneOf


def parse_rational(value: object, *, low: Fraction, high: Fraction) -> Fraction:
    """Read "7/2", "3.5" or 3 exactly. Raises MalformedRuleError, also outside low..high."""
    text = str(value) if type(value) in {int, str} else ""
    if not _RATIONAL.fullmatch(text):
        raise MalformedRuleError(f'expected a rational like "3/2" or "1.5", not {_shown(value)}')
    number = Fraction(text)
    if not low <= number <= high:
        raise MalformedRuleError(f"{_shown(value)} is not within {low} to {high}")
    return number


def parse_rule(document: object, known: Mapping[str, type[R]]) -> R:
    """Read one of the known rules from its document. Raises MalformedRuleError."""
    if not isinstance(document, Mapping):
        raise MalformedRuleError(f"a rule is an object with a name, not {_shown(document)}")
    name = document.get("rule")
    if not isinstance(name, str) or name not in known:
        raise MalformedRuleError(f"rule {_shown(name)} is none of: {', '.join(known)}")
    kind = known[name]
    marks = _marks(kind)
    values = {}
    for key, value in document.items():
        if key == "rule":
            continue
        if key not in marks:
            raise MalformedRuleError(f"rule {name} has no field {_shown(key)}")
        values[key] = _read(marks[key], value, f"rule {name}, field {key}")
    return kind(**values)


def dump_rule(rule: Rule) -> dict[str, str | int]:
    """Return the complete document of a rule; parsing it gives an equal rule."""
    values = {entry.name: getattr(rule, entry.name) for entry in fields(rule)}
    return {"rule": rule.rule, **{key: _plain(value) for key, value in values.items()}}


def _marks(kind: type[Rule]) -> dict[str, Mark]:
    hints = get_type_hints(kind, include_extras=True)
    return {entry.name: hints[entry.name].__metadata__[0] for entry in fields(kind)}


def _read(mark: Mark, value: object, place: str) -> object:
    try:
        return mark.read(value)
    except MalformedRuleError as error:
        raise MalformedRuleError(f"{place}: {error}") from error


def _plain(value: Fraction | StrEnum | int) -> str | int:
    return value if isinstance(value, int) else str(value)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."  # noqa: PLR2004 a short message
