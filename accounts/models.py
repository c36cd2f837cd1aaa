"""Who signs in. The same tables exist in every area (its people) and in public (operators)."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.enums import Role, Scope
from core.models import Resource


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, *, display_name: str, password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(display_name=display_name, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, Resource):
    """A person of one area. Signs in with an e-mail address or the area's own staff code."""

    username = models.CharField(max_length=60, unique=True, null=True)  # noqa: DJ001  (the staff code)
    email = models.EmailField(null=True)  # noqa: DJ001  (absent, not empty: unique)
    display_name = models.CharField(max_length=160)
    language = models.CharField(max_length=2, default="th")
    is_active = models.BooleanField(default=True)
    last_login = None  # the device list tells

    objects: ClassVar = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["display_name"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=Q(username__isnull=False) | Q(email__isnull=False),
                name="user_can_be_named",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class Session(AbstractBaseSession):
    """A signed-in device. The key is the digest of the token: a leaked table opens no door."""

    objects: ClassVar = BaseSessionManager()

    session_key = models.CharField(max_length=64, primary_key=True)
    expire_date = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_on = models.DateField(auto_now_add=True)
    device = models.CharField(max_length=200, default="")
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["expire_date"], name="session_expiry")]

    @classmethod
    def get_session_store_class(cls) -> Any:
        raise NotImplementedError("The store knows the model, not the model the store")


class RoleGrant(Resource):
    """A role for a scope and for dates; `scope_id` is a cluster's or school's id."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    scope = models.CharField(max_length=10, choices=Scope)
    scope_id = models.UUIDField(null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)  # the last day on which it holds

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "scope", "scope_id", "valid_from"],
                nulls_distinct=False,
                name="role_grant_once",
            ),
            models.CheckConstraint(
                condition=Q(scope__in=["area", "platform"], scope_id__isnull=True)
                | Q(scope__in=["cluster", "school"], scope_id__isnull=False),
                name="role_grant_scope",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="role_grant_dates",
            ),
        ]
