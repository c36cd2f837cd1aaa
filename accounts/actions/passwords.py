"""Changing a password, and getting a new one by mail."""

from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from rest_framework.exceptions import Throttled

from accounts.errors import LinkInvalidError
from accounts.links import personal_link
from accounts.lockout import attempt_as
from accounts.mail import PASSWORD_CHANGED, PASSWORD_RESET
from accounts.models import AccessSlip, Session, User
from core.actor import SYSTEM, Actor, ActorKind
from core.errors import FieldProblem, InvalidInputError, invalid
from core.jobs.actions import start_job
from core.journal import actions as journal
from core.text import Text

MAIL_RESET = "accounts.mail_password_reset"
MAIL_CHANGED = "accounts.mail_password_changed"
_PROBLEMS = {
    "password_too_short": Text("รหัสผ่านต้องมีอย่างน้อย 10 ตัวอักษร", "Use at least 10 characters."),
    "password_too_common": Text(
        "รหัสผ่านนี้มีผู้ใช้กันมาก เดาได้ง่าย กรุณาเลือกใหม่",
        "Many people use this password. Choose another.",
    ),
    "password_too_similar": Text(
        "รหัสผ่านคล้ายชื่อหรืออีเมลเกินไป กรุณาเลือกใหม่",
        "Too similar to the name or the address. Choose another.",
    ),
}


def check_new_password(password: str, user: User, pointer: str) -> None:
    """Raise InvalidInputError with everything that is wrong with it."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        problems = [
            FieldProblem(pointer, str(each.code), _PROBLEMS.get(str(each.code), each.messages[0]))
            for each in error.error_list
        ]
        raise InvalidInputError(errors=problems) from None


def recheck_password(user: User, password: str, pointer: str) -> User:
    """The locked row of someone who has given the password again."""
    attempt = attempt_as(user.pk, "password")
    row = user.locked()
    if not row.check_password(password):
        raise invalid(pointer, "wrong_password", "รหัสผ่านไม่ถูกต้อง", "Not the present password.")
    attempt.succeeded()
    return row


@transaction.atomic
def change_password(user: User, *, current: str, new: str, keep: Session, actor: Actor) -> None:
    """Choose another password; every other device is signed out."""
    row = recheck_password(user, current, "/current_password")
    check_new_password(new, row, "/new_password")
    set_password(row, new)
    row.sessions.exclude(pk=keep.pk).delete()
    _tell(row)
    journal.record("accounts.password.changed", row, actor=actor)


def set_password(row: User, password: str) -> None:
    """Write the password of a locked row; an open slip for the account ends with it."""
    row.set_password(password)
    row.save_changes("password")
    AccessSlip.objects.filter(user=row).delete()


@transaction.atomic
def request_password_reset(login: str) -> None:
    """Ask for a letter. Whether the account exists shows neither in the answer nor in its time:
    the worker looks it up."""
    start_job(MAIL_RESET, {"login": login}, actor=SYSTEM)


def mail_password_reset(login: str) -> None:
    """The letter with the link, if there is such an account and it has an address."""
    user = User.objects.by_login(login)
    if user is None or user.email is None or not user.is_active:
        return
    try:
        attempt_as(user.pk, "letter")  # nobody's mailbox is filled on purpose
    except Throttled:
        return
    token = f"{user.pk.hex}-{default_token_generator.make_token(user)}"
    letter = PASSWORD_RESET.to(
        user.email,
        language=user.language,
        name=user.display_name,
        link=personal_link("reset-password", token=token),
    )
    letter.send()


@transaction.atomic
def reset_password(*, token: str, new: str) -> None:
    """Use the link of the letter. Raises LinkInvalidError; each link works once."""
    user_id, _, key = token.partition("-")
    row = _locked_user(user_id)
    if row is None or not default_token_generator.check_token(row, key):
        raise LinkInvalidError
    check_new_password(new, row, "/new_password")
    set_password(row, new)
    row.sessions.all().delete()
    _tell(row)
    journal.record("accounts.password.reset", row, actor=Actor(kind=ActorKind.USER, id=row.pk))


def _locked_user(user_id: str) -> User | None:
    try:
        wanted = UUID(user_id)
    except ValueError:
        return None
    return User.objects.select_for_update().filter(pk=wanted, is_active=True).first()


def _tell(user: User) -> None:
    if user.email is not None:
        start_job(MAIL_CHANGED, {"user": str(user.pk)}, actor=SYSTEM)


def mail_password_changed(user_id: UUID) -> None:
    """Tell the person, who may not have been the one who changed it."""
    user = User.objects.get(pk=user_id)
    if user.email is not None:
        letter = PASSWORD_CHANGED.to(user.email, language=user.language, name=user.display_name)
        letter.send()
