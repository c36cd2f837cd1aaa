"""`/` greets a person, on the platform's host and on each area's."""

import pytest
from django.test import Client


def _open(host: str, path: str = "/", language: str = "th"):
    return Client().get(path, SERVER_NAME=host, headers={"Accept-Language": language})


def test_platform_home__active_areas_alone__in_the_readers_language(world):
    page = _open("localhost").content.decode()

    assert 'href="http://area-t1.localhost/">เขตทดสอบ t1<' in page
    assert "เขตที่ถูกระงับ" not in page
    assert "Test area t1" in _open("localhost", language="en").content.decode()


def test_platform_home__one_query(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        _open("localhost")


def test_area_home__says_its_own_name(world):
    page = _open("area-t2.localhost").content.decode()

    assert "<h1>เขตทดสอบ t2</h1>" in page
    assert "เขตทดสอบ t1" not in page


@pytest.mark.parametrize(("asked", "shown"), [("en", "en"), ("th", "th"), ("xx", "th")])
def test_language__asked_in_the_address__goes_before_the_browsers(world, asked, shown):
    page = _open("localhost", f"/?language={asked}")

    assert page["Content-Language"] == shown
    assert f'<html lang="{shown}">' in page.content.decode()


@pytest.mark.parametrize("path", ["/", "/application", "/problems"])
def test_page__lets_the_browser_load_from_here_alone(world, path):
    page = _open("localhost", path)

    assert page["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert page["Referrer-Policy"] == "no-referrer"
    assert "<script>" not in page.content.decode()
