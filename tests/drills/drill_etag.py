"""One ETag, many writers: one wins, and the others learn that they must read again."""

from functools import partial

from tests.drills.holding import hold
from tests.drills.registry import drill
from tests.drills.site import Site
from tests.drills.together import together

AT_ONCE = 50


@drill("one_etag_many_writers", count=10)
def one_etag_many_writers(site: Site, count: int) -> str:
    path = f"/api/v1/users/{site.user_id('area_admin')}"
    for number in range(count):
        before = site.admin.get(path)
        answers = together(
            *[
                partial(
                    site.admin.patch,
                    path,
                    {"display_name": f"writer {number}-{writer}"},
                    If_Match=before.headers["etag"],
                )
                for writer in range(AT_ONCE)
            ]
        )
        won = [each for each in answers if each.status == 200]
        stale = [each for each in answers if each.code == "stale_version"]
        hold(len(won) == 1, f"{len(won)} writers won")
        hold(len(stale) == AT_ONCE - 1, f"answers: {sorted(each.status for each in answers)}")
        after = site.admin.get(path).body
        hold(after["display_name"] == won[0].body["display_name"], "the winner's name is not there")
        hold(after["version"] == before.body["version"] + 1, "not exactly one version more")
    return f"one of {AT_ONCE} wins each time, {AT_ONCE - 1} get 412"
