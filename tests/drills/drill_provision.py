"""An area set up while the worker is killed; half of one cleaned away while the server is."""

import random
import re
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psutil
import psycopg

from tests.drills.holding import hold, wait_for
from tests.drills.registry import drill
from tests.drills.site import Site

PATIENCE = 90  # seconds
_PATH = "/api/v1/area-applications"
_DONE = """
SELECT max(done) FROM public.jobs_job
WHERE kind = 'tenants.provision' AND params->>'application' = %s
"""
_FAILED = """
UPDATE public.jobs_job SET state = 'failed', finished_at = now()
WHERE kind = 'tenants.provision' AND params->>'application' = %s
"""
_HALF = 3  # of its pieces: role and schema, tables, what it starts with
_OFFICE = {
    "name_th": "สพป.ทดสอบ",
    "name_en": "Office of a drill",
    "kind": "primary",
    "province": "บุรีรัมย์",
    "contact_name": "เสาวณี ใจดี",
}
_THERE = """
SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = 'a_' || %(slug)s),
       (SELECT count(*) FROM pg_roles WHERE rolname LIKE '%%/a_' || %(slug)s),
       (SELECT count(*) FROM public.tenants_domain WHERE domain LIKE %(slug)s || '.%%'),
       (SELECT count(*) FROM public.tenants_area WHERE slug = %(slug)s)
"""


@drill("provisioning_killed", count=10)
def provisioning_killed(site: Site, count: int) -> str:
    dice = random.Random(2569)  # noqa: S311  (moments, not secrets)
    slowest = 0.0
    for _ in range(count):
        application, slug = _proven(site)
        _approve(site, application)
        began = time.monotonic()
        time.sleep(dice.uniform(0, 0.6))
        site.kill("worker")
        site.start("worker")
        wait_for(lambda id_=application: _is_ready(site, id_), PATIENCE, "the area is set up")
        slowest = max(slowest, time.monotonic() - began)
        hold(_there(site, slug) == (1, 1, 1, 1), f"not one area: {_there(site, slug)}")
    return f"{count} areas set up, a worker killed each; the slowest in {slowest:.1f} s"


@drill("cleaning_up_killed", count=5)
def cleaning_up_killed(site: Site, count: int) -> str:
    dice = random.Random(2570)  # noqa: S311
    for _ in range(count):
        application, slug = _proven(site)
        _fail_halfway(site, application, slug)
        hold(_there(site, slug) == (1, 1, 1, 1), f"not half an area: {_there(site, slug)}")
        with ThreadPoolExecutor(1) as pool:
            path, body = f"{_PATH}/{application}/give-up", {"reason": "ดิสก์เต็ม"}
            answer = pool.submit(site.operator.insist, path, body)
            time.sleep(dice.uniform(0, 0.2))
            site.kill("web")
            site.start("web")
            told = answer.result()
        hold((told.status, told.body["state"]) == (200, "rejected"), f"not given up: {told}")
        hold(_there(site, slug) == (0, 0, 0, 0), f"left behind: {_there(site, slug)}")
    return f"{count} halves cleaned away, the web server killed each; nothing left of them"


def _proven(site: Site) -> tuple[str, str]:
    """The id of a proven application and its sub-domain."""
    name = f"p{uuid.uuid4().hex[:12]}"
    email = f"{name}@example.go.th"
    applied = site.operator.insist(_PATH, {**_OFFICE, "code": name, "slug": name, "email": email})
    hold(applied.status == 201, f"not applied: {applied}")
    found: list[str] = []

    def letter() -> list[str]:
        texts = [each["text"] for each in site.mails() if email in each["to"]]
        found[:] = [token for text in texts for token in re.findall(r"#prove=([\w-]+)", text)]
        return found

    wait_for(letter, PATIENCE, f"a letter to {email}")
    proven = site.operator.insist(f"{_PATH}/prove", {"token": found[0]})
    hold(proven.status == 200, f"not proven: {proven}")
    return str(proven.body["id"]), name


def _approve(site: Site, application: str) -> None:
    approved = site.operator.insist(f"{_PATH}/{application}/approve", {})
    hold(approved.status == 202, f"not approved: {approved}")


def _is_ready(site: Site, application: str) -> bool:
    told = site.operator.get(f"{_PATH}/{application}").body
    return bool(told["area_url"]) and told["setting_up"]["state"] == "succeeded"


def _fail_halfway(site: Site, application: str, slug: str) -> None:
    """Hold the door shut, so that the worker gets no further; kill it there, for the last time."""
    site.kill("worker")
    _approve(site, application)
    with psycopg.connect(site.postgres.url) as door:
        door.execute("SELECT FROM public.tenants_area WHERE slug = %s FOR UPDATE", [slug])
        site.start("worker")
        wait_for(lambda: site.number(_DONE, application) == _HALF, PATIENCE, "half of an area")
        children = site.children("worker")
        site.kill("worker")
        for child in children:  # who would go on once the door is let go
            with suppress(psutil.NoSuchProcess):
                child.kill()
    with psycopg.connect(site.postgres.url) as given_up:
        given_up.execute(_FAILED, [application])
    site.start("worker")


def _there(site: Site, slug: str) -> tuple[int, ...]:
    """How many schemas, roles, host names and areas there are of this name."""
    with psycopg.connect(site.postgres.url) as connection:
        found = connection.execute(_THERE, {"slug": slug}).fetchone()
    return found or ()
