"""The development outbox: mails are kept in a folder and shown on a local page, never elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tenants.outbox import OutboxBackend


@pytest.fixture
def outbox(world, settings, tmp_path) -> OutboxBackend:
    settings.OUTBOX_FOLDER = tmp_path / "outbox"
    return OutboxBackend()


def _get(path: str, host: str = "localhost"):
    return Client().get(path, SERVER_NAME=host)


def test_outbox__mails_kept__newest_first_with_links_to_click(outbox):
    assert _get("/outbox?format=json").json() == {"items": []}
    for number in (1, 2):
        text = f"สวัสดี <b>\nhttp://localhost/application#prove=secret{number}\n"
        outbox.send_messages([EmailMessage(f"เรื่อง {number}", text, to=["a@example.go.th"])])

    items = _get("/outbox?format=json").json()["items"]
    assert [each["subject"] for each in items] == ["เรื่อง 2", "เรื่อง 1"]
    assert items[0]["to"] == ["a@example.go.th"]
    assert "#prove=secret2" in items[0]["text"]
    page = _get("/outbox").content.decode()
    assert 'href="http://localhost/application#prove=secret2"' in page
    assert "<b>" not in page


def test_outbox__a_mail_half_written__not_shown(outbox, monkeypatch):
    monkeypatch.setattr(Path, "rename", _killed)
    with pytest.raises(KeyboardInterrupt):
        outbox.send_messages([EmailMessage("half", "…", to=["a@example.go.th"])])

    assert _get("/outbox?format=json").json() == {"items": []}


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_outbox__without_its_setting_or_on_an_areas_host__not_there(world, settings, tmp_path):
    assert _get("/outbox").status_code == 404
    settings.OUTBOX_FOLDER = tmp_path
    assert _get("/outbox", "area-t1.localhost").status_code == 404


def test_outbox__production_settings__know_none():
    script = (
        "from django.conf import settings; "
        "print(hasattr(settings, 'OUTBOX_FOLDER'), 'outbox' in settings.EMAIL_BACKEND)"
    )
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "backend.settings.production",
            "SECRET_KEY": "x",
            "BASE_DOMAIN": "krunet.example",
            "EMAIL_URL": "smtp://mail.example:25",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout.split() == ["False", "False"]


def test_application_page__opened_by_a_mail_scanner__spends_and_tells_nothing(world):
    page = _get("/application")
    assert page.status_code == 200
    assert "application.js" in page.content.decode()
    assert Client().post("/application", SERVER_NAME="localhost").status_code == 405
