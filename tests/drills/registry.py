"""Which drills there are, and how one is run and told."""

import pkgutil
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from tests import drills
from tests.drills.holding import BrokenError
from tests.drills.site import Site

Work = Callable[[Site, int], str]


@dataclass(frozen=True)
class Drill:
    """`count` is how often the fault is made at full count; `work` tells what it found."""

    name: str
    count: int
    work: Work


@dataclass(frozen=True)
class Outcome:
    name: str
    count: int
    is_held: bool
    found: str
    seconds: float

    def __str__(self) -> str:
        result = "holds" if self.is_held else "BROKEN"
        return f"{self.name} | {self.count} × | {result}: {self.found} | {self.seconds:.1f} s"


_drills: dict[str, Drill] = {}


def drill(name: str, *, count: int) -> Callable[[Work], Work]:
    """Register a drill; it raises BrokenError (see holding.py) when an invariant is broken."""

    def register(work: Work) -> Work:
        _drills[name] = Drill(name, count, work)
        return work

    return register


def all_drills() -> list[Drill]:
    """In the order of their modules' names."""
    for module in sorted(each.name for each in pkgutil.iter_modules(drills.__path__)):
        if module.startswith("drill_"):
            import_module(f"tests.drills.{module}")
    return list(_drills.values())


def run(each: Drill, site: Site, *, share: float) -> Outcome:
    """Run a drill at this share of its count, on a site where everything works."""
    count = max(1, round(each.count * share))
    began = time.monotonic()
    try:
        site.restore()
        began = time.monotonic()
        found, is_held = each.work(site, count), True
    except BrokenError as broken:
        found, is_held = str(broken), False
    except Exception:  # noqa: BLE001  (a drill that cannot be run has proved nothing)
        found, is_held = traceback.format_exc(), False
    return Outcome(each.name, count, is_held, found, time.monotonic() - began)
