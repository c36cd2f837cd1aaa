"""Reading a JSON document part by part; what is wrong is told with its JSON pointer."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from consensus.statistics import MalformedRuleError
from core.errors import FieldProblem, InvalidInputError
from core.text import Text

T = TypeVar("T")

_OBJECT = Text("ต้องเป็นออบเจกต์", "Must be an object.")
_UNKNOWN = Text("ไม่รู้จักข้อมูลนี้", "There is no such field.")
_LIST = Text("ต้องเป็นรายการที่มี {low} ถึง {high} ค่า", "Must be a list of {low} to {high}.")
_WHOLE = Text("ต้องเป็นจำนวนเต็ม {low} ถึง {high}", "Must be a whole number from {low} to {high}.")
_BOOLEAN = Text("ต้องเป็น true หรือ false", "Must be true or false.")
_WORDS = Text("ต้องเป็นข้อความ 1 ถึง {high} ตัวอักษร", "Must be text of 1 to {high} characters.")
_CHOICE = Text("ต้องเป็นค่าใดค่าหนึ่งใน: {known}", "Must be one of: {known}.")
_RULE = Text("กฎไม่ถูกต้อง: {reason}", "The rule is malformed: {reason}.")


class Part:
    """One value of a document and where it stands."""

    def __init__(self, value: object, pointer: str) -> None:
        self.value = value
        self.pointer = pointer

    def wrong(self, code: str, detail: Text) -> InvalidInputError:
        return InvalidInputError(errors=[FieldProblem(self.pointer, code, detail)])

    def fields(self, *known: str) -> Mapping[str, "Part"]:
        """The fields that were given; others than the known ones are refused."""
        if not isinstance(self.value, Mapping):
            raise self.wrong("not_an_object", _OBJECT)
        for name in self.value:
            if name not in known:
                raise Part(None, f"{self.pointer}/{name}").wrong("unknown_field", _UNKNOWN)
        return {name: Part(each, f"{self.pointer}/{name}") for name, each in self.value.items()}

    def entries(self, low: int, high: int) -> Iterator["Part"]:
        if not isinstance(self.value, list) or not low <= len(self.value) <= high:
            raise self.wrong("not_a_list", _LIST.format(low=low, high=high))
        return (Part(each, f"{self.pointer}/{n}") for n, each in enumerate(self.value))

    def whole(self, low: int, high: int) -> int:
        value = self.value
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.wrong("out_of_range", _WHOLE.format(low=low, high=high))
        return value

    def boolean(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.wrong("not_a_boolean", _BOOLEAN)
        return self.value

    def words(self, high: int) -> str:
        value = self.value
        if not isinstance(value, str) or not 1 <= len(value.strip()) <= high:
            raise self.wrong("not_a_text", _WORDS.format(high=high))
        return value.strip()

    def one_of(self, known: Mapping[str, T]) -> T:
        if not isinstance(self.value, str) or self.value not in known:
            raise self.wrong("unknown_choice", _CHOICE.format(known=", ".join(known)))
        return known[self.value]

    def by(self, parse: Callable[[Any], T]) -> T:
        """Read with a parser of the statistics package."""
        try:
            return parse(self.value)
        except MalformedRuleError as error:
            raise self.wrong("malformed_rule", _RULE.format(reason=str(error))) from None
