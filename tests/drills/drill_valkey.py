"""Valkey killed, flushed or frozen: people sign in and write as before, and jobs resume."""

import signal
import time

import valkey

from tests.drills.caller import Answer, new_key, totp_code
from tests.drills.holding import hold
from tests.drills.jobs import RESUME_SECONDS, Batch
from tests.drills.registry import drill
from tests.drills.site import Site
from tests.drills.together import together

PATIENCE_SECONDS = 4  # for an answer while Valkey is away
MARKS = "/api/v1/drill-marks"
FAULTS = ("killed", "frozen", "flushed")


@drill("valkey_away", count=12)
def valkey_away(site: Site, count: int) -> str:
    batches, slowest = [], 0.0
    for number in range(count):
        fault = FAULTS[number % len(FAULTS)]
        batches.append(Batch.start(site, f"{fault}-{number}", jobs=3, pieces=10, seconds=0.1))
        _take_away(site, fault)
        slowest = max(slowest, _life_goes_on(site, number, fault))
        batches.append(Batch.start(site, f"away-{number}", jobs=1, pieces=3, seconds=0.1))
        time.sleep(number % 4)
        _bring_back(site, fault)
    resumed = max(batch.hold_all_done(within=RESUME_SECONDS) for batch in batches)
    return (
        f"sign-in, writes and new jobs went on, the slowest answer after {slowest:.1f} s; "
        f"all jobs done {resumed:.1f} s after it was back"
    )


def _take_away(site: Site, fault: str) -> None:
    process = site.valkey.process
    if process is None:
        raise RuntimeError("Valkey does not run")
    if fault == "killed":
        process.kill()
        process.wait()
    elif fault == "frozen":
        process.send_signal(signal.SIGSTOP)
    else:
        with valkey.from_url(site.valkey.url) as client:
            client.flushall()


def _bring_back(site: Site, fault: str) -> None:
    if fault == "killed":
        site.valkey.start()
    elif fault == "frozen" and site.valkey.process is not None:
        site.valkey.process.send_signal(signal.SIGCONT)


def _life_goes_on(site: Site, number: int, fault: str) -> float:
    """Sign in with and without TOTP, write, start a job; the slowest answer's seconds."""
    who = {"login": site.username("area_admin"), "password": site.password}
    mark = {"name": f"{fault}-{number}"}
    job = {"name": "on-its-own", "pieces": 1, "seconds": 0.1}
    works = {
        "sign in": lambda: site.stranger.post("/api/v1/auth/sign-in", who),
        "sign in with TOTP": lambda: _sign_in_with_totp(site, number),
        "write": lambda: site.admin.post(MARKS, mark, Idempotency_Key=new_key()),
        "start a job": lambda: site.admin.post("/api/v1/drill-jobs", job),
    }
    answers = dict(zip(works, together(*works.values()), strict=True))
    for what, answer in answers.items():
        told = f"Valkey {fault}, {what}: {answer.status} {answer.code}"
        hold(answer.status in (200, 201, 202), told)
        hold(answer.seconds <= PATIENCE_SECONDS, f"{told} after {answer.seconds:.1f} s")
    return max(answer.seconds for answer in answers.values())


def _sign_in_with_totp(site: Site, number: int) -> Answer:
    who = {"login": f"totp-{number}", "password": site.password}
    first = site.stranger.post("/api/v1/auth/sign-in", who)
    if first.status != 200:
        return first
    code = {"pending_token": first.body["pending_token"], "code": totp_code()}
    return site.stranger.post("/api/v1/auth/totp", code)
