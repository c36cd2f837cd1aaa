"""How many took part in a round, and in which of its questions."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

NO_OPINION = 0  # an answer without a score


def participation(seats: int, given: Collection[int], asked: int) -> dict[str, int]:
    """How many were asked, answered anything, everything, or a part.

    `given` is the number of answers of each seat that gave any, of the `asked` ones.
    """
    complete = sum(count >= asked for count in given)
    return {
        "asked": seats,
        "answered": len(given),
        "complete": complete,
        "incomplete": len(given) - complete,
    }


def freeze_texts(
    prompts: Sequence[str], seats: int, answers: Sequence[tuple[UUID, str]]
) -> dict[str, Any]:
    """How many answered an open-ended round and each of its prompts; answers are (seat, prompt)."""
    by_seat = Counter(seat for seat, _ in answers)
    by_prompt = Counter(code for _, code in answers)
    return {
        "panel": participation(seats, by_seat.values(), len(prompts)),
        "prompts": [{"code": code, "n": by_prompt[code]} for code in prompts],
    }
