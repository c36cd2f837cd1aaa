"""More jobs than workers: messages do not pile up, and jobs whose messages are lost have a turn."""

import time

import valkey

from tests.drills.holding import hold
from tests.drills.jobs import RESUME_SECONDS, Batch
from tests.drills.registry import drill
from tests.drills.site import Site

PIECE_SECONDS = 0.1
FEW = 8  # beat's own messages, and one for each area and worker
QUEUES = ("krunet", "krunet.dispatcher")


@drill("backlog", count=100)
def backlog(site: Site, count: int) -> str:
    """Half of the jobs lose their messages, the others keep the workers busy."""
    half = count // 2
    lost = Batch.start(site, "lost", jobs=half, pieces=3, seconds=PIECE_SECONDS)
    with valkey.from_url(site.valkey.url) as client:
        client.flushall()
        told = Batch.start(site, "told", jobs=half, pieces=3, seconds=PIECE_SECONDS)
        most, began, taken_up = 0, time.monotonic(), 0.0
        while told.unfinished() or lost.unfinished():
            most = max(most, sum(client.llen(name) for name in QUEUES))
            hold(most <= half + FEW, f"{most} messages for {count} jobs")
            if not taken_up and lost.unfinished() < half:
                taken_up = time.monotonic() - began
            waited = 0.0 if taken_up else time.monotonic() - began
            hold(waited < RESUME_SECONDS, "jobs without messages have no turn")
            time.sleep(0.1)
    for batch in (lost, told):
        batch.hold_all_done(within=1)
    return f"at most {most} messages for {count} jobs; those without had a turn in {taken_up:.1f} s"
