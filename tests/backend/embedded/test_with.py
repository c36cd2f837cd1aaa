import signal

import pytest

from tests.backend.embedded.checkout import Checkout, eventually, read_until

CONNECT = """
import os, psycopg, valkey
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    print("fsync", *connection.execute("SHOW fsync").fetchone())
print("ping", valkey.from_url(os.environ["REDIS_URL"]).ping())
print(os.environ["DJANGO_SETTINGS_MODULE"])
"""


@pytest.mark.parametrize(
    ("words", "fsync", "settings"),
    [
        (["test"], "off", "test"),
        (["with", "--folder", "bench"], "off", "development"),
        (["with", "--folder", "bench", "--durable"], "on", "development"),
    ],
)
def test_with__command__finds_servers_of_its_own(
    checkout: Checkout, words: list[str], fsync: str, settings: str
):
    process = checkout.start(*words, "--", "python", "-c", CONNECT)
    output, _ = process.communicate(timeout=30)

    assert output.splitlines() == [f"fsync {fsync}", "ping True", f"backend.settings.{settings}"]
    assert process.returncode == 0
    assert checkout.processes() == []


def test_with__servers_in_the_environment__starts_none(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/krunet")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")

    process = checkout.start("test", "--", "sh", "-c", "echo $DATABASE_URL $REDIS_URL")

    assert process.communicate()[0].split() == [
        "postgresql://elsewhere/krunet",
        "redis://elsewhere/0",
    ]
    assert not (checkout.root / ".krunet" / "test" / "postgres").exists()


def test_with__command_fails__passes_its_status_on(checkout: Checkout):
    assert checkout.start("test", "--", "sh", "-c", "exit 7").wait(30) == 7
    assert checkout.start("test", "--", "no-such-command").wait(30) == 127


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_with__stopped__leaves_nothing_running(checkout: Checkout, sign: signal.Signals):
    process = checkout.start("test", "--", "sh", "-c", "setsid sleep 1000 & echo up; wait")
    read_until(process, "up")

    process.send_signal(sign)

    assert process.wait(30) == (128 + sign if sign == signal.SIGTERM else -sign)
    leftovers = [] if sign == signal.SIGTERM else ["sleep"]  # it left its session on purpose
    assert eventually(lambda: [process.name() for process in checkout.processes()] == leftovers)
