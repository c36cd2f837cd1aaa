"""calculations.codes: what a screen shows for half a minute."""

from datetime import UTC, datetime, timedelta

import time_machine
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from pd_activities.actions import check_in
from pd_activities.calculations import codes
from pd_activities.models import TrainingSession

SECRET, OTHER = b"s" * 32, b"o" * 32
MOMENT = datetime(2026, 11, 21, 2, 0, 10, tzinfo=UTC)
TWO_MINUTES = timedelta(minutes=2)


@given(st.integers(0, 4_000_000_000))
def test_window__holds_its_moment(seconds):
    moment = datetime.fromtimestamp(seconds, UTC)
    start = codes.window_start(codes.window_of(moment))
    assert start <= moment < start + codes.WINDOW


@given(st.integers(0, 2**40))
def test_qr_code__tells_its_window_to_its_session_only(window):
    code = codes.qr_code(SECRET, window)
    assert codes.window_of_qr_code(SECRET, code) == window
    assert codes.window_of_qr_code(OTHER, code) is None


def test_qr_code__window_forged__unknown():
    _, mac = codes.qr_code(SECRET, 1_000).split("-")
    assert codes.window_of_qr_code(SECRET, f"{1_001:X}-{mac}") is None


@given(st.text(max_size=40))
def test_qr_code__anything_else__unknown(code):
    assert codes.window_of_qr_code(SECRET, code) is None


def test_typed_code__near_the_moment__found():
    window = codes.window_of(MOMENT)
    code = codes.typed_code(SECRET, window)

    assert len(code) == 8
    assert code.isdigit()
    late = MOMENT + timedelta(seconds=90)
    assert codes.window_of_typed_code(SECRET, code, late, TWO_MINUTES) == window


def test_typed_code__long_after__not_found():
    code = codes.typed_code(SECRET, codes.window_of(MOMENT))
    late = MOMENT + timedelta(minutes=5)
    assert codes.window_of_typed_code(SECRET, code, late, TWO_MINUTES) is None


# --- Judged on the server ----------------------------------------------------------------------
STARTS = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
SESSION = TrainingSession(starts_at=STARTS, ends_at=STARTS + timedelta(hours=3), code_secret=SECRET)
_shown = st.integers(-35 * 60, 185 * 60).map(lambda seconds: STARTS + timedelta(seconds=seconds))
_typed_or_scanned = st.sampled_from([codes.typed_code, codes.qr_code])


def _judged(code, now, seen_at):
    with time_machine.travel(now, tick=False):
        try:
            return check_in.judge(SESSION, code, seen_at)[1]
        except DomainError:
            return None


@given(_shown, _typed_or_scanned, st.integers(0, 47 * 3600), st.integers(-115, 115))
def test_judge__seen_offline_by_an_honest_phone__counts_from_its_window(shown, kind, later, skew):
    window = codes.window_of(shown)
    seen_at = shown + timedelta(seconds=skew)
    now = max(shown + timedelta(seconds=later), seen_at)

    start = codes.window_start(window)
    is_open = SESSION.starts_at - timedelta(minutes=30) <= start < SESSION.ends_at
    expected = start if is_open else None
    assert _judged(kind(SECRET, window), now, seen_at) == expected


@given(_shown, _typed_or_scanned, st.integers(61, 48 * 3600))
def test_judge__sent_live_but_old__never_counts(shown, kind, later):
    code = kind(SECRET, codes.window_of(shown))
    assert _judged(code, shown + timedelta(seconds=later), None) is None


@given(_shown, _typed_or_scanned, st.integers(151, 48 * 3600))
def test_judge__forwarded_and_told_to_be_seen_later__never_counts(shown, kind, later):
    code, claimed = kind(SECRET, codes.window_of(shown)), shown + timedelta(seconds=later)
    assert _judged(code, claimed, claimed) is None
