"""The demonstration killed in every part: the next run goes on, and ends with the same numbers."""

import os
import random
import subprocess
import time
from http import HTTPStatus

import psycopg

from backend.demo.story import OPERATOR
from backend.embedded.process import spawn
from tests.drills.caller import Caller
from tests.drills.holding import hold, wait_for
from tests.drills.registry import drill
from tests.drills.site import Site

TEACHERS = 40
LINES = 40  # that a whole story prints before its table of numbers
LONGEST = 300  # seconds for one run
WORKER_EACH = 3  # of so many kills, one takes the worker along
TABLE = "dashboard   recount"
# Of four schools with staff, one teacher each was trained; the last of them went home at noon.
NUMBERS = {
    "schools": "200",
    "clusters": "6",
    "teachers": "40",
    "participation teachers": "4",
    "participation share": "4/40",
    "participation share_rounded": "0.1",
    "credit_minutes total": "1068",
    "credit_minutes training": "1008",
    "credit_minutes plc": "60",
    "trainings_held": "1",
    "attendance_minutes": "1176",
    "visits planned": "1",
    "visits observed": "1",
    "visits acknowledged": "1",
    "meetings closed": "1",
    "meetings with_quorum": "1",
    "meetings resolutions_carried": "1",
    "meetings open_action_items": "1",
    "activity_logs verified": "1",
    "stages none": "5",
    "stages commitment": "1",
    "plans adopted": "1",
    "plans validated": "1",
}
_MOVE_CREDIT = """
UPDATE pd_activities_ledgerentry SET teacher_id = (
    SELECT id FROM clusters_teacher WHERE staff_code = 'BR4-00040'
) WHERE kind = 'plc'
"""


@drill("demo_killed", count=20)
def demo_killed(site: Site, count: int) -> str:
    password = site.password
    made = site.manage(
        "create_operator", "--email", OPERATOR, log="operator", OPERATOR_PASSWORD=password
    )
    hold(made.wait(30) == 0, "no operator was made")
    dice, seen = random.Random(2569), set[str]()  # noqa: S311  (moments, not secrets)
    kills, step = 0, max(1, LINES // (count + 1))
    for number in range(count):
        worker = number % WORKER_EACH == WORKER_EACH - 1
        kills += _killed(site, seen, step, dice.random(), worker=worker)

    _run_to_the_end(site)
    told = _numbers(site)
    wrong = {name: number for name, number in told.items() if number != NUMBERS.get(name, "0")}
    hold(not wrong and told.keys() >= NUMBERS.keys(), f"other numbers: {wrong or told}")
    _greeting_holds(site)
    _a_difference_is_told(site)
    return f"killed {kills} times in all parts, it ended with the numbers of an undisturbed run"


def _killed(site: Site, seen: set[str], new_lines: int, delay: float, *, worker: bool) -> bool:
    """Run until so many lines are new, and a moment longer; False if it ended before that."""
    process = _start(site)

    def has_moved_on() -> bool:
        return len(_lines(site) - seen) >= new_lines or process.poll() is not None

    wait_for(has_moved_on, LONGEST, "the story moves on")
    time.sleep(delay)
    was_killed = process.poll() is None
    process.kill()
    process.wait()
    hold(was_killed or process.returncode == 0, f"it failed: {site.log('demo').read_text()}")
    if worker:
        site.kill("worker")
        site.start("worker")
    seen |= _lines(site)
    return was_killed


def _start(site: Site) -> subprocess.Popen[bytes]:
    address = f"http://127.0.0.1:{site.port}"
    words = ("demo", "--address", address, "--teachers", str(TEACHERS))
    return site.manage(*words, log="demo", OPERATOR_PASSWORD=site.password)


def _lines(site: Site) -> set[str]:
    return set(site.log("demo").read_text().splitlines())


def _run_to_the_end(site: Site) -> None:
    hold(_start(site).wait(LONGEST) == 0, f"it failed: {site.log('demo').read_text()}")


def _numbers(site: Site) -> dict[str, str]:
    """The table at the end; the story itself has compared both columns."""
    _, table = site.log("demo").read_text().split(TABLE)
    rows = [line.split() for line in table.strip().splitlines()]
    return {" ".join(name): told for *name, told, _ in rows}


def _greeting_holds(site: Site) -> None:
    """What `welcome` prints: the panelist's link opens, the commands work as they are pasted."""
    greeting = site.manage("welcome", log="welcome", PORT=str(site.port))
    hold(greeting.wait(30) == 0, "no greeting")
    told = site.log("welcome").read_text()
    token = told.partition("/panel#token=")[2].split()[0]
    area = Caller(site.port, "buriram4.localhost", "")
    hold(area.post("/api/v1/panel/exchange", {"token": token}).status == HTTPStatus.CREATED, told)
    commands = told.partition("Try, in another terminal\n")[2]
    status = spawn(["bash", "-euc", commands], env=os.environ, log=site.log("pasted")).wait(30)
    answered = site.log("pasted").read_text()
    hold(status == 0 and "PLC คณิตศาสตร์" in answered, answered)


def _a_difference_is_told(site: Site) -> None:
    """Credit that no list explains ends the command with an error that names the number."""
    search_path = "-c search_path=a_buriram4"
    with psycopg.connect(site.postgres.url, options=search_path) as connection:
        connection.execute(_MOVE_CREDIT)
    status, told = _start(site).wait(LONGEST), site.log("demo").read_text()
    hold(status == 1 and "CommandError: the dashboard and the recount differ" in told, told[-500:])
    hold("credit_minutes plc" in told.splitlines()[-1], told.splitlines()[-1])
