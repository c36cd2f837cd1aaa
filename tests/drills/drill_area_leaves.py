"""An area deleted for good while the worker is killed again and again."""

import random
import time

from tests.drills.holding import hold, wait_for
from tests.drills.registry import drill
from tests.drills.site import Site

SLUG = "leaver"
PATIENCE = 90  # seconds
_DUE = """
UPDATE public.tenants_area SET state = 'leaving', leaving_since = now() - interval '31 days',
    deleted_from = now() - interval '1 day'
WHERE slug = %s AND state <> 'deleted' RETURNING schema_name
"""
_LEFT = """
SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = 'a_leaver'),
       (SELECT count(*) FROM pg_roles WHERE rolname LIKE '%%/a_leaver'),
       (SELECT count(*) FROM public.tenants_domain WHERE domain LIKE 'leaver.%%')
"""
_STATE = "SELECT state FROM public.tenants_area WHERE slug = %s ORDER BY created_at DESC LIMIT 1"
_CERTIFICATES = """
SELECT count(*) FROM public.tenants_deletioncertificate d
JOIN public.tenants_area a ON a.id = d.area_id WHERE a.slug = %s
"""


@drill("leave_killed", count=10)
def leave_killed(site: Site, count: int) -> str:
    ((code, schools),) = site.rows(
        "SELECT (SELECT code FROM public.tenants_area WHERE schema_name = current_schema()), "
        "(SELECT count(*) FROM clusters_school)"
    )
    file = site.folder / "leaver.zip"
    hold(
        site.manage("backup_area", code, str(file), log="backup_area").wait(PATIENCE) == 0,
        "no backup",
    )
    dice = random.Random(2569)  # noqa: S311  (moments, not secrets)
    for number in range(1, count + 1):
        words = ("restore_area", str(file), f"--slug={SLUG}", f"--code={SLUG}")
        made = site.manage(*words, log="restore_area")
        hold(made.wait(PATIENCE) == 0, site.log("restore_area").read_text())
        hold(site.rows(_DUE, SLUG) == [("a_leaver",)], "the area could not be made due")
        _start_deletion(site)
        time.sleep(dice.uniform(0, 0.6))
        site.kill("worker")
        site.start("worker")
        wait_for(lambda n=number: site.number(_CERTIFICATES, SLUG) == n, PATIENCE, "a certificate")
        hold(site.rows(_STATE, SLUG) == [("deleted",)], "the area is not deleted")
        hold(site.rows(_LEFT) == [(0, 0, 0)], f"left behind: {site.rows(_LEFT)}")
    after = site.number("SELECT count(*) FROM clusters_school")
    hold(after == schools, "another area lost rows")
    return (
        f"{count} areas deleted with a worker killed each, nothing left of them, others untouched"
    )


def _start_deletion(site: Site) -> None:
    """What beat sends each night."""
    run = site.manage("drill_send", "tenants.delete_left_areas", log="drill_send")
    hold(run.wait(PATIENCE) == 0, site.log("drill_send").read_text())
