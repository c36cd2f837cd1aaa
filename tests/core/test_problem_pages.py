"""Every code that the documents name has a page, where its `type` leads."""

import pytest
from django.test import Client

from core.errors import all_errors
from tests.contract import specification


def _documented_codes() -> set[str]:
    return {
        code
        for which in ("area", "platform")
        for methods in specification(which)["paths"].values()
        for operation in methods.values()
        for answer in operation["responses"].values()
        for code in answer.get("content", {})
        .get("application/problem+json", {})
        .get("examples", {})
    }


def test_problem_page__each_documented_code__in_both_languages(db):
    for code in sorted(_documented_codes()):
        response = Client().get(f"/problems/{code}", SERVER_NAME="localhost")
        error = next(each for each in all_errors() if each.code == code)
        assert response.status_code == 200
        assert error.title.th in response.content.decode()


def test_problem_page__unknown_code__not_found(db):
    assert Client().get("/problems/nonsense", SERVER_NAME="localhost").status_code == 404


@pytest.mark.parametrize("language", ["th", "en"])
def test_errors__each_detail__in_both_languages_and_codes_unique(language):
    codes = [each.code for each in all_errors()]
    assert len(codes) == len(set(codes))
    for error in all_errors():
        assert getattr(error.title, language)
        assert getattr(error.detail, language)
