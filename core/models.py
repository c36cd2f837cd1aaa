"""What every resource has: an id that may come from a client, a version, two times."""

from typing import Self

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from core.errors import NotFoundError, StaleVersionError
from core.ids import new_id


class Resource(models.Model):
    """A thing with an address. `version` counts its changes and is its ETag."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.IntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"

    def locked(self) -> Self:
        """This row as it is now, locked until the transaction ends. Check after, then write.

        Raises NotFoundError if it was deleted since this object was read.
        """
        rows = type(self)._default_manager.select_for_update(of=("self",))
        try:
            return rows.get(pk=self.pk)
        except ObjectDoesNotExist as gone:
            raise NotFoundError from gone

    def locked_unchanged(self) -> Self:
        """Like `locked`; raises StaleVersionError if it changed since this object was read."""
        row = self.locked()
        if row.version != self.version:
            raise StaleVersionError
        return row

    def save_changes(self, *fields: str) -> None:
        """Write these fields of a locked row and count the change."""
        self.version += 1
        self.save(update_fields=[*fields, "version", "updated_at"])
