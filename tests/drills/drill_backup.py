"""An area backed up while it is written to, and a restore that is killed again and again."""

import random
import subprocess
import threading
import time

from tests.drills.holding import hold
from tests.drills.registry import drill
from tests.drills.site import Site

PATIENCE = 120  # seconds
SLUG = "restored"
_ROWS = """
SELECT (SELECT count(*) FROM a_restored.clusters_school),
       (SELECT max(number) FROM a_restored.journal_journalentry),
       (SELECT number FROM a_restored.journal_journalhead)
"""


@drill("restore_killed", count=20)
def restore_killed(site: Site, count: int) -> str:
    file = site.folder / "area.zip"
    written = _back_up(site, str(file))
    dice, killed = random.Random(2569), 0  # noqa: S311  (moments, not secrets)
    for _ in range(count):
        run = _restore(site, str(file))
        time.sleep(dice.uniform(0.2, 1.6))
        if run.poll() is None:
            run.kill()
            run.wait()
            killed += 1
        else:
            hold(run.returncode == 0, site.log("restore_area").read_text())
        if _serves(site):
            _hold_whole(site)
            _remove(site)
    last = _restore(site, str(file))
    hold(last.wait(PATIENCE) == 0, site.log("restore_area").read_text())
    hold(_serves(site), "the restored area does not serve")
    schools = _hold_whole(site)
    _remove(site)
    return f"{written} writes beside the backup; {killed} runs killed; {schools} schools are back"


def _back_up(site: Site, file: str) -> int:
    """Back the area up while people write; how much they wrote meanwhile."""
    enough, written = threading.Event(), 0

    def write() -> None:
        nonlocal written
        while not enough.is_set():
            school = {"code": f"backup-{written}", "name_th": "โรงเรียน", "district": "สตึก"}
            answer = site.as_("officer").post("/api/v1/schools", {**school, "province": "บุรีรัมย์"})
            written += answer.status == 201

    writer = threading.Thread(target=write)
    writer.start()
    ((code,),) = site.rows(
        "SELECT code FROM public.tenants_area WHERE schema_name = current_schema()"
    )
    run = site.manage("backup_area", code, file, log="backup_area")
    status = run.wait(PATIENCE)
    enough.set()
    writer.join()
    hold(status == 0, site.log("backup_area").read_text())
    hold(written, "nothing could be written beside the backup")
    return written


def _restore(site: Site, file: str) -> subprocess.Popen[bytes]:
    words = ("restore_area", file, f"--slug={SLUG}", f"--code={SLUG}")
    return site.manage(*words, log="restore_area")


def _hold_whole(site: Site) -> int:
    """How many schools are back."""
    ((schools, newest, head),) = site.rows(_ROWS)
    hold(newest == head, f"the journal ends at {newest}, its head says {head}")
    return int(schools)


def _serves(site: Site) -> bool:
    found = site.operator.get(f"/api/v1/areas?search={SLUG}").body["items"]
    return any(each["state"] == "active" for each in found)


def _remove(site: Site) -> None:
    """Make the copy look like one that a run has left: the next run throws it away."""
    site.rows(
        "UPDATE public.tenants_area SET state = 'provisioning' WHERE slug = %s RETURNING slug", SLUG
    )
