"""What has to hold, and within which time."""

import time
from collections.abc import Callable


class BrokenError(AssertionError):
    """What has to hold does not."""


def hold(condition: object, what: str) -> None:
    """Raise BrokenError with these words unless the condition is true."""
    if not condition:
        raise BrokenError(what)


def wait_for(condition: Callable[[], object], seconds: float, what: str) -> float:
    """Wait until the condition is true; the seconds it took. BrokenError if it takes longer."""
    began = time.monotonic()
    while not condition():
        hold(time.monotonic() - began < seconds, f"not within {seconds:.0f} s: {what}")
        time.sleep(0.05)
    return time.monotonic() - began
