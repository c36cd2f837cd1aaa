"""Django's session engine over accounts.Session, in the schema of the area that is current."""

from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import Session
from accounts.tokens import digest


class SessionStore(DatabaseSessionStore):
    """The session key that callers see is the token; the table holds its digest."""

    def __init__(
        self, session_key: str | None = None, *, device: str = "", address: str | None = None
    ) -> None:
        super().__init__(session_key)
        self.device = device
        self.address = address

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_new_session_key(self) -> str:
        return get_random_string(43)  # 256 bits

    def _get_session_from_db(self) -> Any:
        found: Any = self.model.objects.filter(
            session_key=digest(str(self.session_key)), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        else:
            self.device, self.address = found.device, found.address
        return found

    def exists(self, session_key: str) -> bool:
        return bool(self.model.objects.filter(session_key=digest(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        user_id = data.get(SESSION_KEY)
        return Session(
            session_key=digest(str(self._get_or_create_session_key())),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=UUID(user_id) if user_id else None,
            device=self.device,
            address=self.address,
        )

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  (Django's signature)
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]
        changed = Session.objects.filter(session_key=row.session_key).update(
            session_data=row.session_data, expire_date=row.expire_date, user_id=row.user_id
        )
        if not changed:
            raise UpdateError  # revoked meanwhile: a session never comes back to life

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=digest(key)).delete()
