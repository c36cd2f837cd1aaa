"""PostgreSQL goes away under load and comes back: what was acknowledged is there, once."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count as numbers

from tests.drills.caller import new_key
from tests.drills.holding import hold, wait_for
from tests.drills.jobs import RESUME_SECONDS, Batch
from tests.drills.registry import drill
from tests.drills.site import Site
from tests.drills.together import together

WRITERS = 6
HEALTHY_SECONDS = 5
AWAY_SECONDS = (0, 4, 1)  # how long PostgreSQL stays away, in turn
MARKS = "/api/v1/drill-marks"
HONEST = {0, 201, 409, 503}  # no answer, done, in flight, try again; never an internal error


class _Load:
    """Writers that send each mark until it is acknowledged, then the next one."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.acknowledged: list[str] = []
        self.statuses: Counter[int] = Counter()
        self._enough = threading.Event()
        self._pool = ThreadPoolExecutor(WRITERS)
        self._works = [self._pool.submit(self._write, writer) for writer in range(WRITERS)]

    def stop(self) -> None:
        self._enough.set()
        self._pool.shutdown()
        for work in self._works:
            work.result()

    def _write(self, writer: int) -> None:
        for number in numbers():
            name, key = f"load-{writer}-{number}", new_key()
            while True:
                answer = self.site.admin.post(MARKS, {"name": name}, Idempotency_Key=key)
                self.statuses[answer.status] += 1
                if answer.status == 201:
                    self.acknowledged.append(name)
                    break
                if self._enough.is_set():
                    return
                time.sleep(0.05)
            if self._enough.is_set():
                return


@drill("postgres_restarted", count=10)
def postgres_restarted(site: Site, count: int) -> str:
    """Stopped in an orderly way and killed in turn, for longer and shorter times."""
    batch = Batch.start(site, "restart", jobs=2, pieces=20, seconds=0.1)
    together(*[lambda: site.admin.get("/api/v1/me")] * 16)
    slowest = _restart(site, 0)  # while many connections are idle, and for one lone request
    load = _Load(site)
    try:
        for number in range(1, count):
            time.sleep(1)
            slowest = max(slowest, _restart(site, number))
    finally:
        load.stop()
    _hold_acknowledged(site, load)
    batch.hold_all_done(within=RESUME_SECONDS)
    return (
        f"{len(load.acknowledged)} acknowledged writes all there, once; jobs done; "
        f"healthy at most {slowest:.1f} s after it was back"
    )


def _restart(site: Site, number: int) -> float:
    """Seconds until all is well after PostgreSQL is back."""
    _take_away(site, kill=number % 2 == 1)
    time.sleep(AWAY_SECONDS[number % len(AWAY_SECONDS)])
    site.postgres.start()
    return _healthy_again(site, number)


def _take_away(site: Site, *, kill: bool) -> None:
    process = site.postgres.process
    if not kill or process is None:
        site.postgres.stop()
        return
    process.kill()
    process.wait()


def _healthy_again(site: Site, number: int) -> float:
    """Seconds until the site says it is ready and takes a write."""
    began = time.monotonic()
    wait_for(site.is_ready, HEALTHY_SECONDS, "ready again, PostgreSQL being back")
    answer = site.admin.insist(MARKS, {"name": f"healthy-{number}"}, seconds=HEALTHY_SECONDS)
    seconds = time.monotonic() - began
    hold(answer.status == 201, f"no write possible: {answer.status} {answer.body}")
    hold(seconds <= HEALTHY_SECONDS, f"healthy only after {seconds:.1f} s")
    return seconds


def _hold_acknowledged(site: Site, load: _Load) -> None:
    found = Counter(
        name for (name,) in site.rows("SELECT name FROM drills_mark WHERE name LIKE 'load-%'")
    )
    lost = [name for name in load.acknowledged if name not in found]
    hold(not lost, f"{len(lost)} acknowledged writes lost: {lost[:3]}")
    doubled = [name for name, times in found.items() if times > 1]
    hold(not doubled, f"{len(doubled)} writes doubled: {doubled[:3]}")
    dishonest = {status: n for status, n in load.statuses.items() if status not in HONEST}
    hold(not dishonest, f"answers other than 'try again': {dishonest}")
