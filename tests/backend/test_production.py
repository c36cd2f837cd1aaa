"""The settings of production: what they refuse, and a real web process under them."""

import ipaddress
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.conf import settings

from backend.embedded.process import ROOT, free_port, spawn, stop
from tests.backend.embedded.checkout import eventually

DOMAIN = "krunet.example"
THROUGH_PROXY = {"Host": DOMAIN, "X-Forwarded-Proto": "https"}


def production() -> dict[str, str]:
    """An environment under which production starts."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "backend.settings.production",
        "BASE_DOMAIN": DOMAIN,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "REDIS_URL": os.environ["REDIS_URL"],
        "EMAIL_URL": "dummymail://",
    }


def manage(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_check__deploy__is_clean():
    checked = manage(production(), "check", "--deploy", "--fail-level", "WARNING")

    assert (checked.returncode, checked.stderr) == (0, "")
    assert "no issues" in checked.stdout


def test_settings__secrets_missing_or_empty__refuse_and_name_them_all():
    environment = production()
    del environment["SECRET_KEY"]
    environment["EMAIL_URL"] = ""

    refused = manage(environment, "check")

    assert refused.returncode == 1
    last = refused.stderr.strip().splitlines()[-1]
    assert last.endswith("Set these environment variables: SECRET_KEY, EMAIL_URL")


@pytest.fixture
def web(world, tmp_path: Path) -> Iterator[httpx.Client]:
    """Gunicorn as the image starts it, on the database of this test run."""
    port, database = free_port(), settings.DATABASES["default"]
    environment = production() | {
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}"
        f"@{database['HOST']}:{database['PORT']}/{database['NAME']}",
        "BIND": f"127.0.0.1:{port}",
        "TMPDIR": str(tmp_path),
        "STATIC_ROOT": str(tmp_path),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "docker/gunicorn.py", "backend.wsgi"]
    process = spawn(command, env=environment, log=tmp_path / "log" / "web.log")
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            assert eventually(lambda: _is_alive(client), seconds=60)
            yield client
    finally:
        stop(process)


def _is_alive(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


def test_web__plain_http__is_sent_to_https_but_for_probes(web: httpx.Client):
    plain = web.get("/api/v1/areas", headers={"Host": DOMAIN})

    assert (plain.status_code, plain.headers["Location"]) == (
        301,
        f"https://{DOMAIN}/api/v1/areas",
    )
    assert web.get("/readyz").json()["database"] == "ok"


def test_web__metrics__count_for_all_workers_and_stay_inside(web: httpx.Client):
    asked = 40
    for _ in range(asked):  # a connection each, so that both workers get some
        httpx.get(web.base_url.join("/api/v1/areas"), headers=THROUGH_PROXY)

    told = web.get("/metrics")

    assert f'responses_total_by_status_total{{status="200"}} {asked}.0' in told.text
    outside = web.get("/metrics", headers=THROUGH_PROXY | {"X-Forwarded-For": "203.0.113.9"})
    assert outside.status_code == 404


def test_web__behind_the_proxy__counts_by_the_address_that_the_proxy_saw(web: httpx.Client):
    one, two = _address(), _address()
    if (reset := int(_ask(web, _address())["RateLimit-Reset"])) < 5:
        time.sleep(reset)  # so that all of this falls into one minute

    first = _left(web, one)

    assert _left(web, one) == first - 1
    assert _left(web, f"{two}, {one}") == first - 2, "what the caller claims counts for nothing"
    assert _left(web, two) == first


def _address() -> str:
    """One that no other test run has used in this minute."""
    return str(ipaddress.ip_address((0x20010DB8 << 96) | secrets.randbits(64)))


def _left(web: httpx.Client, forwarded: str) -> int:
    return int(_ask(web, forwarded)["RateLimit-Remaining"])


def _ask(web: httpx.Client, forwarded: str) -> httpx.Headers:
    answer = web.get("/api/v1/areas", headers=THROUGH_PROXY | {"X-Forwarded-For": forwarded})
    assert answer.status_code == 200
    return answer.headers
