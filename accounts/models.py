"""Who signs in. The same tables exist in every area (its people) and in public (operators)."""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.enums import SCOPES_OF_ROLE, Language, Role, Scope
from accounts.querysets import InvitationQuerySet, RoleGrantQuerySet
from core.ids import new_id
from core.models import Resource


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, *, display_name: str, password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(display_name=display_name, **fields)
        user.set_password(password)
        user.save()
        return user

    def by_login(self, login: str) -> "User | None":
        """Whoever has this staff code or e-mail address, in upper or lower case."""
        field = "email" if "@" in login else "username"
        named = self.alias(named=Lower(field)).filter(named=login.strip().lower())
        return named.first()


class User(AbstractBaseUser, Resource):
    """A person of one area. Signs in with an e-mail address or the area's own staff code."""

    # Null, not empty: both are unique where they are known.
    username = models.CharField(max_length=60, null=True)  # noqa: DJ001  (the staff code, no "@")
    email = models.EmailField(null=True)  # noqa: DJ001
    display_name = models.CharField(max_length=160)
    language = models.CharField(max_length=2, choices=Language, default=Language.THAI)
    is_active = models.BooleanField(default=True)
    last_login = None  # the device list tells

    objects: ClassVar = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["display_name"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("username"), name="user_username_once"),
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=Q(username__isnull=False) | Q(email__isnull=False),
                name="user_can_be_named",
            ),
            models.CheckConstraint(
                condition=~Q(username__contains="@"), name="user_username_is_no_email"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class Session(AbstractBaseSession):
    """A signed-in device. It keeps the digest of the token: a leaked table opens no door."""

    objects: ClassVar = BaseSessionManager()

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session_key = models.CharField(max_length=64)
    expire_date = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_on = models.DateField(auto_now_add=True)
    device = models.CharField(max_length=200, default="")
    address = models.GenericIPAddressField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session_key"], name="session_key_once")
        ]
        indexes: ClassVar = [models.Index(fields=["expire_date"], name="session_expiry")]

    @classmethod
    def get_session_store_class(cls) -> Any:
        raise NotImplementedError("The store knows the model, not the model the store")


def _role_fits_scope() -> Q:
    pairs = (Q(role=role, scope__in=sorted(scopes)) for role, scopes in SCOPES_OF_ROLE.items())
    return reduce(or_, pairs)


_SCOPE_ID_WHERE_NEEDED = Q(scope__in=["area", "platform"], scope_id__isnull=True) | Q(
    scope__in=["cluster", "school"], scope_id__isnull=False
)


class RoleGrant(Resource):
    """A role for a scope and for dates; `scope_id` is a cluster's or school's id.

    A grant that was ended before it held for a whole day has `valid_until` one day before
    `valid_from`: it holds on no day.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="grants", db_index=False
    )  # role_grant_once begins with it
    role = models.CharField(max_length=20, choices=Role)
    scope = models.CharField(max_length=10, choices=Scope)
    scope_id = models.UUIDField(null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)  # the last day on which it holds

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "scope", "scope_id", "valid_from"],
                nulls_distinct=False,
                name="role_grant_once",
            ),
            models.CheckConstraint(condition=_SCOPE_ID_WHERE_NEEDED, name="role_grant_scope"),
            models.CheckConstraint(condition=_role_fits_scope(), name="role_grant_role"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from") - timedelta(days=1)),
                name="role_grant_dates",
            ),
        ]


class Invitation(Resource):
    """Someone is asked to join with a role. The link works once; only its digest is kept."""

    email = models.EmailField(null=True)  # noqa: DJ001
    username = models.CharField(max_length=60, null=True)  # noqa: DJ001
    display_name = models.CharField(max_length=160)
    language = models.CharField(max_length=2, choices=Language, default=Language.THAI)
    role = models.CharField(max_length=20, choices=Role)
    scope = models.CharField(max_length=10, choices=Scope)
    scope_id = models.UUIDField(null=True)
    token_digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token_digest"], name="invitation_token_once"),
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_one_open_per_email",
            ),
            models.CheckConstraint(
                condition=Q(username__isnull=False) | Q(email__isnull=False),
                name="invitation_can_be_named",
            ),
            models.CheckConstraint(
                condition=~Q(username__contains="@"), name="invitation_username_is_no_email"
            ),
            models.CheckConstraint(condition=_SCOPE_ID_WHERE_NEEDED, name="invitation_scope"),
            models.CheckConstraint(condition=_role_fits_scope(), name="invitation_role"),
        ]


class AccessSlip(models.Model):
    """The one-time code on the paper that someone without e-mail gets; a new one replaces it."""

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.CASCADE, related_name="access_slip"
    )
    code_digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)
