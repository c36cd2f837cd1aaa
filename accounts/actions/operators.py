"""The platform's own people."""

from django.db import transaction
from django.utils import timezone

from accounts.actions.passwords import check_new_password
from accounts.enums import Role, Scope
from accounts.mail import OPERATORS_DIGEST
from accounts.models import RoleGrant, User
from core.actor import SYSTEM
from core.addresses import platform_url
from core.jobs.actions import start_job
from core.jobs.models import UNFINISHED, Job
from core.journal import actions as journal
from tenants.queries import not_set_up, to_review

MAIL_DIGEST = "accounts.mail_digest"


@transaction.atomic
def create_operator(*, email: str, password: str, display_name: str) -> tuple[User, bool]:
    """An operator with this address, in the public schema; whether the account is new.

    An account that exists keeps its password and gets the role if it does not hold it.
    """
    user = User.objects.by_login(email)
    is_new = user is None
    if user is None:
        user = User(email=email, display_name=display_name)
        check_new_password(password, user, "/password")
        user.set_password(password)
        user.save()
    held = RoleGrant.objects.holding().filter(user=user, role=Role.OPERATOR)
    if not held.exists():
        RoleGrant.objects.create(
            user=user,
            role=Role.OPERATOR,
            scope=Scope.PLATFORM,
            valid_from=timezone.localdate(),
        )
        journal.record("accounts.operator.created", user, actor=SYSTEM)
    return user, is_new


@transaction.atomic
def start_digest() -> Job | None:
    """Mail every operator what waits for them, if anything does."""
    waits = to_review().exists() or not_set_up().exists()
    if not waits or Job.objects.filter(kind=MAIL_DIGEST, state__in=UNFINISHED).exists():
        return None
    return start_job(MAIL_DIGEST, {}, actor=SYSTEM)


def mail_digest(address: str, language: str) -> None:
    letter = OPERATORS_DIGEST.to(
        address,
        language=language,
        reviews=to_review().count(),
        failed=not_set_up().count(),
        link=platform_url("/admin/"),
    )
    letter.send()
