import os
import pty
import signal
import socket
import subprocess
import sys
import time

import httpx
import psutil
import pytest

from tests.backend.embedded.checkout import Checkout, eventually, read_until

STARTED = "Ctrl-C stops it."


def test_run__first_and_second_start__does_things_once_and_stops_clean(checkout: Checkout):
    first = checkout.start("run")
    read_until(first, STARTED)
    assert httpx.get(f"http://127.0.0.1:{checkout.port}/").text == "ok"
    first.send_signal(signal.SIGTERM)
    assert first.wait(30) == 0
    assert checkout.processes() == []

    started_at = time.monotonic()
    second = checkout.start("run")
    read_until(second, STARTED)
    assert time.monotonic() - started_at < 5
    second.send_signal(signal.SIGINT)
    assert second.wait(30) == 0
    assert checkout.read("calls").split() == ["prepare", "demo", "welcome", "welcome"]
    assert checkout.processes() == []


def test_run__a_second_one__is_refused_while_tests_may_run(checkout: Checkout):
    read_until(checkout.start("run"), STARTED)

    second = checkout.start("run", port=checkout.port + 1)
    tests = checkout.start("test", "--", "true")

    assert second.wait(10) == 1
    assert "This checkout already runs one" in second.stdout.read()
    assert tests.wait(30) == 0


def test_run__port_taken__names_the_way_out(checkout: Checkout):
    with socket.create_server(("127.0.0.1", checkout.port)):
        run = checkout.start("run")
        assert run.wait(20) == 1

    output = run.stdout.read()
    assert f"Port {checkout.port} is not to be had (Address already in use)." in output
    assert "make run PORT=" in output
    assert "Traceback" not in output
    assert checkout.processes() == []


def test_run__interrupted_while_preparing__is_quiet_and_tries_again(checkout: Checkout):
    (checkout.root / "prepare.hangs").touch()
    run = checkout.start("run")
    read_until(run, "output of prepare")

    run.send_signal(signal.SIGINT)

    assert run.communicate(timeout=30)[0] == ""
    assert run.returncode == 0
    assert checkout.processes() == []
    (checkout.root / "prepare.hangs").unlink()
    read_until(checkout.start("run"), STARTED)


def test_run__preparation_fails__stops_and_tries_again_next_time(checkout: Checkout):
    (checkout.root / "prepare.fails").touch()
    run = checkout.start("run")
    assert run.wait(20) == 1
    assert "manage.py prepare failed" in run.stdout.read()

    (checkout.root / "prepare.fails").unlink()
    read_until(checkout.start("run"), STARTED)

    assert checkout.read("calls").split() == ["prepare", "prepare", "demo", "welcome"]


def test_run__web_dies__starts_it_again(checkout: Checkout):
    run = checkout.start("run")
    read_until(run, STARTED)
    supervisor = psutil.Process(run.pid)
    web = next(child for child in supervisor.children() if "gunicorn" in child.cmdline())

    web.kill()

    assert "Starting it again" in read_until(run, "web stopped")
    assert eventually(lambda: checkout.read("web-starts") == "xx")


@pytest.mark.parametrize("server", ["postgres", "valkey"])
def test_run__a_server_dies__says_so_and_stops_everything(checkout: Checkout, server: str):
    run = checkout.start("run")
    read_until(run, STARTED)
    pid_file = {"postgres": "postgres/data/postmaster.pid", "valkey": "valkey/pid"}[server]

    os.kill(int(checkout.read(f".krunet/{pid_file}").split()[0]), signal.SIGKILL)

    assert run.wait(30) == 1
    assert f"{server} stopped" in run.stdout.read().lower().replace("postgresql", "postgres")
    assert checkout.processes() == []


def test_run__killed__takes_everything_along_and_starts_again(checkout: Checkout):
    run = checkout.start("run")
    read_until(run, STARTED)

    run.kill()

    assert eventually(lambda: checkout.processes() == [])
    read_until(checkout.start("run"), STARTED)
    assert checkout.read("calls").split() == ["prepare", "demo", "welcome", "welcome"]


def test_run__killed_and_started_at_once__waits_for_the_port(checkout: Checkout):
    run = checkout.start("run")
    read_until(run, STARTED)

    run.kill()

    read_until(checkout.start("run"), STARTED)


def test_run__terminal_closed_that_told_only_its_first_process__stops(checkout: Checkout):
    outer, inner = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "backend.embedded", "run"],
        cwd=checkout.root,
        env=os.environ | {"PORT": str(checkout.port)},
        stdout=inner,
        stderr=inner,
    )
    os.close(inner)
    seen = b""
    while STARTED.encode() not in seen or not seen.endswith(b"\n"):
        seen += os.read(outer, 1000)  # a terminal passes a line on in pieces

    os.close(outer)

    assert run.wait(90) == 0
    assert checkout.processes() == []
