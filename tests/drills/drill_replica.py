"""Dashboards from a streaming replica: never older than the question, whatever befalls it."""

import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from statistics import median

from backend.embedded.process import free_port, stop
from tests.drills.caller import Answer, Caller
from tests.drills.holding import hold, wait_for
from tests.drills.registry import drill
from tests.drills.site import Site
from tests.standby import Standby

DASHBOARD = "/api/v1/dashboards/area"
LATEST_SECONDS = 2.0  # for an answer, while the replica is away or behind
REST_SECONDS = 5.0  # settings.REPLICA_REST_SECONDS
_ANSWERS = 'answers_total{server="replica"}'


@drill("replica_followed", count=100)
def replica_followed(site: Site, count: int) -> str:
    """A school is added at the primary, then counted by the replica: it is always in."""
    standby = Standby(site.folder / "standby", site.postgres)
    try:
        standby.start()
        with _web_reading_from(site, standby) as reader:
            alone = median(_count(site, reader, number) for number in range(count))
            hold(_told(reader, _ANSWERS) >= count * 0.9, "the primary answered, not the replica")
            waited = _told(reader, "wait_seconds_sum") / _told(reader, "wait_seconds_count")
            slowest = 0.0
            for number, (fault, mended) in enumerate(_faults(standby)):
                fault()
                slowest = max(
                    slowest, *(_count(site, reader, count + 5 * number + n) for n in range(5))
                )
                hold(slowest <= LATEST_SECONDS, f"an answer took {slowest:.1f} s")
                mended()
                wait_for(_answers_again(reader), REST_SECONDS + 10, "the replica answers again")
    finally:
        standby.stop()
    return (
        f"none older than its question; {alone * 1_000:.0f} ms each, of which {waited * 1_000:.1f} "
        f"for the replica to follow; at most {slowest:.2f} s while it was frozen or gone"
    )


def _faults(standby: Standby) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    yield standby.freeze, standby.thaw
    yield lambda: _kill(standby), standby.start


def _kill(standby: Standby) -> None:
    assert standby.process is not None
    standby.process.kill()
    standby.process.wait()


def _count(site: Site, reader: Caller, number: int) -> float:
    """Add a school and count at once; how long the dashboard took."""
    before = _schools(reader.get(DASHBOARD))
    school = {
        "code": f"replica-{number}",
        "name_th": f"โรงเรียนที่ {number}",
        "district": "สตึก",
        "province": "บุรีรัมย์",
    }
    added = site.as_("officer").post("/api/v1/schools", school)
    hold(added.status == 201, f"no school added: {added.status} {added.body}")
    answer = reader.get(DASHBOARD)
    hold(_schools(answer) == before + 1, f"school {number} is not counted")
    return answer.seconds


def _schools(answer: Answer) -> int:
    hold(answer.status == 200, f"no dashboard: {answer.status} {answer.body}")
    return int(answer.body["schools"])


def _told(reader: Caller, name: str) -> float:
    """What /metrics says of the replica."""
    found = re.search(
        rf"^krunet_replica_{re.escape(name)} (\S+)$", reader.get("/metrics").text, re.MULTILINE
    )
    return float(found[1]) if found else 0.0


def _answers_again(reader: Caller) -> Callable[[], bool]:
    before = _told(reader, _ANSWERS)

    def answers() -> bool:
        reader.get(DASHBOARD)
        return _told(reader, _ANSWERS) > before

    return answers


@contextmanager
def _web_reading_from(site: Site, standby: Standby) -> Iterator[Caller]:
    reader = replace(site.admin, port=free_port())
    web: subprocess.Popen[bytes] = site.serve_beside(
        "web-replica", BIND=f"127.0.0.1:{reader.port}", REPLICA_URL=standby.url
    )
    try:
        wait_for(lambda: reader.get("/readyz").status == 200, 60, "the other web server is ready")
        told = reader.get("/readyz").body.get("replica")
        hold(told == "ok", f"the replica is told to be {told}")
        yield reader
    finally:
        stop(web, (signal.SIGTERM, 10.0))
