"""The pages that letters and slips lead to."""

from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django_tenants.utils import schema_context

from accounts.links import personal_link
from accounts.pages import PAGES
from tests.contract import operation_for


def _open(name, host, **headers):
    return Client().get(f"/{name}", SERVER_NAME=host, headers=headers)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("schema", "which"), [("a_t1", "area"), ("public", "platform")])
def test_page__where_the_link_leads__sends_to_an_operation_of_the_api(world, name, schema, which):
    with schema_context(schema):
        link = urlsplit(personal_link(name, token="secret"))
    page = _open(link.path[1:], link.hostname)

    assert page.status_code == 200
    assert "secret" not in link.path + link.query
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    operation = operation_for("POST", PAGES[name].sends_to, which)
    assert operation is not None


@pytest.mark.parametrize("name", PAGES)
def test_page__names_the_fields_that_the_operation_takes(world, name):
    page = PAGES[name]
    operation = operation_for("POST", page.sends_to, "area")
    reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    taken = {
        "AcceptRequest": {"token", "password"},
        "LinkRequest": {"token"},
        "NewPasswordRequest": {"token", "new_password"},
        "SlipRequest": {"login", "code", "new_password"},
    }[reference.rsplit("/", 1)[1]]

    assert {*(page.typed or ("token",)), page.password} - {""} == taken


@pytest.mark.parametrize(("language", "title"), [("th", "เข้าใช้งานครั้งแรก"), ("en", "First access")])
def test_page__in_the_readers_language(world, language, title):
    page = _open("first-access", "area-t1.localhost", **{"Accept-Language": language})

    assert f"<h1>{title}</h1>" in page.content.decode()


def test_page__its_script_is_served_from_here(world):
    assert finders.find("accounts/personal_page.js")
