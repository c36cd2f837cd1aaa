"""Which function does which kind of job."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from core.actor import Actor


@dataclass
class Progress:
    """What a piece of work leaves behind; the runner commits it together with the piece."""

    done: int
    total: int | None = None
    cursor: dict[str, Any] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)  # added to those so far
    result: dict[str, Any] | None = None  # {"url": where to read what was made}
    is_last: bool = False  # the job has succeeded with this piece


# A worker does the next piece and tells how far it is; None means that all was done. A piece and
# its progress are one transaction: after a death it is called again with the last committed cursor.
Worker = Callable[[dict[str, Any], dict[str, Any], Actor], Progress | None]

_workers: dict[str, Worker] = {}


def job_kind(name: str) -> Callable[[Worker], Worker]:
    """Register the worker of a kind of job: `@job_kind("clusters.import_schools")`."""

    def register(worker: Worker) -> Worker:
        _workers[name] = worker
        return worker

    return register


# The room above knows whether the present schema may be written in.
MayWrite = Callable[[], bool]
_gates: list[MayWrite] = []


def goes_on_while(may_write: MayWrite) -> MayWrite:
    """Register who tells, between two pieces, whether jobs of the present schema may go on.

    Where they may not they stay where they are, and are taken up again when they may.
    """
    _gates.append(may_write)
    return may_write


def may_go_on() -> bool:
    return all(gate() for gate in _gates)


def worker_of(kind: str) -> Worker:
    return _workers[kind]


def kinds() -> list[str]:
    return sorted(_workers)
