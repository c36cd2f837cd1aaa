"""Accounts to look at and to change: `user`, one with TOTP, a second device, a grant, a letter."""

from datetime import timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from accounts.enums import Role, Scope
from accounts.models import Invitation, RoleGrant, Session, User
from accounts.operator_access.models import OperatorAccess
from accounts.tokens import digest
from core.ids import new_id
from tests.world import PASSWORD, TestArea, sign_in

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def add(area: TestArea) -> None:
    """`user`, `totp_user`, `session` (a chief's second device), `role_grant`, `invitation`.

    In an area `operator_access` too: a grant that holds, whose token nobody knows.
    """
    is_platform = area.schema_name == "public"
    chief = area.people[Role.OPERATOR if is_platform else Role.AREA_ADMIN]
    role = Role.NATIONAL_VIEWER if is_platform else Role.VIEWER
    scope = Scope.PLATFORM if is_platform else Scope.AREA
    user = _user(area, "someone")
    grant = RoleGrant.objects.create(
        user=user, role=role, scope=scope, valid_from=timezone.localdate()
    )
    with_totp = _user(area, "totp")
    TOTP.activate(with_totp, TOTP_SECRET)
    RecoveryCodes.activate(with_totp)
    sign_in(User.objects.get(pk=chief.user_id))
    invitation = Invitation.objects.create(
        email=f"invited@{area.slug or 'platform'}.example.go.th",
        display_name="ผู้รับเชิญ",
        role=role,
        scope=scope,
        token_digest=digest(f"invitation of {area.schema_name}"),
        expires_at=timezone.now() + timedelta(days=14),
    )
    if not is_platform:
        _let_operator_look_in(area)
    area.things["user"] = user.pk
    area.things["totp_user"] = with_totp.pk
    area.things["role_grant"] = grant.pk
    area.things["invitation"] = invitation.pk
    area.things["session"] = (
        Session.objects.filter(user=chief.user_id).order_by("-id").values_list("pk", flat=True)[0]
    )


def _let_operator_look_in(area: TestArea) -> None:
    area.things["operator_access"] = OperatorAccess.objects.create(
        operator_id=new_id(),
        operator_name=f"ผู้ดูแลแพลตฟอร์มที่เข้าดู {area.slug}",
        reason="ตรวจสอบปัญหาที่เขตแจ้ง",
        token_digest=digest(f"access to {area.schema_name}"),
        ends_at=timezone.now() + timedelta(hours=8),
    ).pk


def _user(area: TestArea, name: str) -> User:
    username = f"{area.slug or 'platform'}-{name}"
    return User.objects.create_user(
        display_name=f"คุณ {name}",
        username=username,
        email=f"{username}@example.go.th",
        password=PASSWORD,
    )
