"""Errors that actions raise and that a person can read; core.api.problems answers with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from core.text import Text


@dataclass(frozen=True)
class FieldProblem:
    """One thing wrong with one value of the input; `pointer` is a JSON pointer (RFC 6901)."""

    pointer: str
    code: str
    detail: Text | str


class DomainError(Exception):
    """A rule of the domain said no. Subclasses name the condition and tell what to do next.

    `detail` may hold `{placeholders}`, filled from the keyword arguments.
    """

    code: ClassVar[str] = ""
    status: ClassVar[int] = 409
    title: ClassVar[Text]
    detail: ClassVar[Text]
    do_not_call_in_templates: ClassVar[bool] = True  # pages tell of the class itself

    def __init__(self, *, errors: Sequence[FieldProblem] = (), **params: object) -> None:
        self.params = params
        self.errors = tuple(errors)
        super().__init__(self.code, params)

    @property
    def message(self) -> Text:
        return self.detail.format(**self.params) if self.params else self.detail


def all_errors(base: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Every error with a code of its own, as far as its module is loaded."""
    for each in base.__subclasses__():
        if "code" in vars(each):
            yield each
        yield from all_errors(each)


class InvalidInputError(DomainError):
    code = "invalid_input"
    status = 400
    title = Text("ข้อมูลไม่ถูกต้อง", "Invalid input")
    detail = Text(
        "กรุณาแก้ไขข้อมูลตามรายการใน errors แล้วส่งใหม่",
        "Correct the values listed under errors, then send again.",
    )


def invalid(pointer: str, code: str, th: str, en: str) -> InvalidInputError:
    """One wrong value, for actions that check more than a serializer can."""
    return InvalidInputError(errors=[FieldProblem(pointer, code, Text(th, en))])


class NotAllowedError(DomainError):
    code = "not_allowed"
    status = 403
    title = Text("ไม่มีสิทธิ์", "Not allowed")
    detail = Text(
        "บทบาทของท่านไม่มีสิทธิ์ทำรายการนี้ หากจำเป็นกรุณาติดต่อผู้ดูแลระบบของเขตพื้นที่",
        "Your roles do not permit this. If you need it, ask the area's administrator.",
    )


class NotFoundError(DomainError):
    code = "not_found"
    status = 404
    title = Text("ไม่พบข้อมูล", "Not found")
    detail = Text(
        "ไม่มีข้อมูลนี้ หรือท่านไม่มีสิทธิ์เห็น กรุณาตรวจสอบที่อยู่",
        "It does not exist, or you may not see it. Check the address.",
    )


class StaleVersionError(DomainError):
    code = "stale_version"
    status = 412
    title = Text("ข้อมูลถูกแก้ไขไปแล้ว", "The resource has changed")
    detail = Text(
        "มีผู้แก้ไขข้อมูลนี้หลังจากที่ท่านอ่าน กรุณาอ่านใหม่แล้วลองอีกครั้ง",
        "Someone changed it after you read it. Read it again and retry with the new ETag.",
    )


class QuotaExceededError(DomainError):
    code = "quota_exceeded"
    status = 403
    title = Text("เกินโควตา", "Quota exceeded")
    detail = Text(
        "{what.th}: ใช้ไปแล้ว {used} จาก {allowed} กรุณา{free.th} หรือขอแผนบริการที่ใหญ่ขึ้นจากผู้ดูแลแพลตฟอร์ม",
        "{what.en}: {used} of {allowed} are used. {free.en}, or ask the platform's operator for a "
        "larger service plan.",
    )
