"""Mistyped, refused, too often: what an office mends before its address is proven."""

import pytest
from django.core import mail

from tenants.actions.applications import MOST_A_DAY, MOST_LETTERS_A_DAY
from tenants.models import AreaApplication
from tests.client import body_of
from tests.tenants.conftest import secret, work

APPLICATIONS = "/api/v1/area-applications"


def _code(response) -> tuple[int, str]:
    return response.status_code, body_of(response)["code"]


@pytest.fixture
def correct(joining):
    """`correct(token, email=…)`."""
    return lambda token, **mended: joining.anyone.post(
        f"{APPLICATIONS}/correct", {"token": token, **mended}
    )


def test_correct__mistyped_address__proof_goes_to_the_right_one(joining, correct):
    token = body_of(joining.apply("typo", email="hed@typo.example"))["token"]
    corrected = body_of(correct(token, email="head@typo.example", contact_name="สมชาย ใจดี"))
    work()

    assert (corrected["email"], corrected["state"]) == ("head@typo.example", "unproven")
    assert mail.outbox[-1].to == ["head@typo.example"]
    assert body_of(joining.prove(secret("prove")))["state"] == "submitted"


def test_correct__stranger_who_got_the_first_letter__can_do_nothing_with_it(joining, correct):
    token = body_of(joining.apply("astray", email="stranger@astray.example"))["token"]
    work()
    proof, followed = secret("prove"), secret("token")
    correct(token, email="head@astray.example")

    assert _code(joining.prove(proof)) == (404, "link_invalid")
    assert _code(joining.status(followed)) == (404, "link_invalid")
    assert _code(correct(followed, email="thief@astray.example")) == (404, "link_invalid")
    assert joining.status(token).status_code == 200


def test_correct__by_the_proof_itself__which_then_proves_no_other_address(joining, correct):
    joining.apply("turned", email="mine@turned.example")
    work()
    proof = secret("prove")
    assert correct(proof, email="head@turned.example").status_code == 200
    assert _code(joining.prove(proof)) == (404, "link_invalid")


def test_correct__something_else_than_the_address__no_letter_and_the_proof_holds(joining, correct):
    token = body_of(joining.apply("name"))["token"]
    work()
    sent = len(mail.outbox)
    assert body_of(correct(token, name_en="Right"))["name_en"] == "Right"
    work()
    assert len(mail.outbox) == sent
    assert joining.prove(secret("prove")).status_code == 200


def test_correct__already_proven__refused(joining, correct):
    token = body_of(joining.apply("proven"))["token"]
    work()
    joining.prove(secret("prove"))
    assert _code(correct(token, email="thief@elsewhere.example")) == (409, "application_state")


def test_prove__name_was_taken_meanwhile__another_one_gets_through(joining, correct):
    token = body_of(joining.apply("late"))["token"]
    work()
    proof = secret("prove")
    joining.submitted("first")
    AreaApplication.objects.filter(slug="slug-first").update(slug="slug-late")
    assert _code(joining.prove(proof)) == (409, "area_name_taken")

    for slug, outcome in [("slug-submitted", 409), ("admin", 409), ("slug-later", 200)]:
        assert correct(token, slug=slug).status_code == outcome
    assert body_of(joining.prove(proof))["slug"] == "slug-later"


# --- Too often ----------------------------------------------------------------------------------
def test_apply__again_and_again_with_one_address__bounded(joining, correct):
    for number in range(MOST_A_DAY):
        assert joining.apply(f"many-{number}", email="one@many.example").status_code == 201
    many = (409, "too_many_applications")
    assert _code(joining.apply("many-x", email="ONE@many.example")) == many
    other = joining.apply("other", email="two@many.example")
    assert other.status_code == 201
    assert _code(correct(body_of(other)["token"], email="one@many.example")) == many


def test_correct__to_one_stranger_after_another__letters_are_bounded(joining, correct):
    token = body_of(joining.apply("bomb"))["token"]
    answers = [correct(token, email=f"{n}@bomb.example") for n in range(MOST_LETTERS_A_DAY)]
    assert {each.status_code for each in answers[:-1]} == {200}  # with the first letter: ten
    assert _code(answers[-1]) == (409, "too_many_letters")


def test_remind__without_end__letters_are_bounded_and_the_answer_is_the_same(joining):
    joining.apply("often")
    for _ in range(MOST_LETTERS_A_DAY + 3):
        answer = joining.anyone.post(f"{APPLICATIONS}/remind", {"email": "often@example.go.th"})
        assert answer.status_code == 204
    work()
    assert [each.to for each in mail.outbox].count(["often@example.go.th"]) == MOST_LETTERS_A_DAY
