from core.errors import DomainError
from core.text import BilingualChoices


class StatusError(DomainError):
    """A step out of its order. `detail` may tell the present one: {status_th}, {status_en}."""

    def __init__(self, status: BilingualChoices, *, reference: str = "") -> None:
        text = status.text
        super().__init__(status_th=text.th, status_en=text.en, reference=reference)
