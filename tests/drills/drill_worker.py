"""Celery's child and main process killed at work: every job is resumed, no piece is done twice."""

import time

import psutil

from tests.drills.holding import hold, wait_for
from tests.drills.jobs import RESUME_SECONDS, Batch
from tests.drills.registry import drill
from tests.drills.site import Site

KILLS_A_ROUND = 20
MAIN_EACH = 10  # of so many kills, one meets the main process, which takes its children along
JOBS = 24
PIECES = 5
PIECE_SECONDS = 0.1
_LATEST = """
SELECT process FROM drills_mark WHERE name LIKE %s ORDER BY created_at DESC LIMIT 1
"""


@drill("worker_killed", count=100)
def worker_killed(site: Site, count: int) -> str:
    slowest, left = 0.0, count
    for number in range((count + KILLS_A_ROUND - 1) // KILLS_A_ROUND):
        kills = min(left, KILLS_A_ROUND)
        left -= kills
        batch = Batch.start(site, f"kill-{number}", jobs=JOBS, pieces=PIECES, seconds=PIECE_SECONDS)
        for kill in range(kills):
            _kill(site, batch, main=kill % MAIN_EACH == MAIN_EACH - 1)
        slowest = max(slowest, _all_resumed(site, batch))
        batch.hold_all_done(within=RESUME_SECONDS)
    return f"no job lost, no piece twice; all at work again {slowest:.1f} s after a worker was back"


def _kill(site: Site, batch: Batch, *, main: bool) -> None:
    """Kill whoever is at a piece right now; a killed main process is started again."""
    before = batch.marks()
    wait_for(lambda: batch.marks() > before or not batch.unfinished(), RESUME_SECONDS, "work")
    hold(batch.unfinished(), "all jobs ended before the kills did: not a drill")
    if main:
        site.kill("worker")
        site.start("worker")
        return
    at_work = site.number(_LATEST, f"{batch.name}-%")
    for child in site.children("worker"):
        if child.pid == at_work:
            _kill_child(child)


def _kill_child(child: psutil.Process) -> None:
    try:
        child.kill()
    except psutil.NoSuchProcess:
        return


def _all_resumed(site: Site, batch: Batch) -> float:
    """Seconds from when a worker is back until each job has ended or done another piece."""
    wait_for(lambda: bool(site.children("worker")), 60, "a worker is back")
    began = time.monotonic()
    waiting = _progress(site, batch)
    while waiting:
        hold(time.monotonic() - began < RESUME_SECONDS, f"not resumed: {sorted(waiting)}")
        time.sleep(0.1)
        now = _progress(site, batch)
        waiting = {job: done for job, done in waiting.items() if now.get(job) == done}
    return time.monotonic() - began


def _progress(site: Site, batch: Batch) -> dict[str, int]:
    """How many pieces each unfinished job has done."""
    query = (
        "SELECT params->>'name', done FROM jobs_job WHERE params->>'name' LIKE %s"
        " AND state IN ('waiting', 'running')"
    )
    return dict(site.rows(query, f"{batch.name}-%"))
