"""calculations.codes: what a screen shows for half a minute."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pd_activities.calculations import codes

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
