"""One Idempotency-Key, one effect: with many at once, and with a death before the answer."""

from functools import partial

from tests.drills.caller import Answer, new_key
from tests.drills.holding import hold
from tests.drills.registry import drill
from tests.drills.site import Site
from tests.drills.together import together

AT_ONCE = 50
MARKS = "/api/v1/drill-marks"
_COUNT = "SELECT count(*) FROM drills_mark WHERE name = %s"
_JOURNAL = "SELECT count(*) FROM journal_journalentry e JOIN drills_mark m ON m.id = e.subject_id"


@drill("one_key_many_posts", count=10)
def one_key_many_posts(site: Site, count: int) -> str:
    """Each time fifty equal posts at once: one effect; the others see its answer or wait."""
    replays = waits = 0
    for number in range(count):
        name, key = f"at-once-{number}", new_key()
        post = partial(site.admin.post, MARKS, {"name": name}, Idempotency_Key=key)
        answers = together(*[post] * AT_ONCE)
        created = [each for each in answers if each.status == 201]
        waiting = [each for each in answers if each.code == "request_in_flight"]
        hold(len(created) + len(waiting) == AT_ONCE, f"other answers: {_statuses(answers)}")
        hold(sum(not each.is_replayed for each in created) == 1, "not exactly one first answer")
        hold(len({each.body["id"] for each in created}) == 1, "the answers differ")
        _hold_one_effect(site, name)
        replays += len(created) - 1
        waits += len(waiting)
    return f"one effect each time; {replays} replays, {waits} told to wait"


@drill("web_killed_before_answer", count=20)
def web_killed_before_answer(site: Site, count: int) -> str:
    """kill −9 of a web worker, after the commit and, each third time, before it; then a retry."""
    longest = 0.0
    for number in range(count):
        moment = "before-commit" if number % 3 == 2 else "after-commit"
        name, key = f"killed-{number}", new_key()
        body = {"name": name}
        killed = site.admin.post(MARKS, body, Idempotency_Key=key, X_Drill_Die=moment)
        hold(killed.status == 0, f"an answer came in spite of the kill: {killed.status}")
        answer = site.admin.insist(MARKS, body, key=key)
        hold(answer.status == 201, f"the retry was answered {answer.status} {answer.body}")
        hold(answer.is_replayed == (moment == "after-commit"), f"{moment}: {answer.headers}")
        _hold_one_effect(site, name)
        longest = max(longest, answer.seconds)
    return f"one effect each time; the slowest retry took {longest:.1f} s"


def _hold_one_effect(site: Site, name: str) -> None:
    effects = site.number(_COUNT, name)
    hold(effects == 1, f"{name}: {effects} effects")
    entries = site.number(f"{_JOURNAL} WHERE m.name = %s", name)
    hold(entries == 1, f"{name}: {entries} journal entries")


def _statuses(answers: list[Answer]) -> list[str]:
    return sorted({f"{each.status} {each.code}" for each in answers})
