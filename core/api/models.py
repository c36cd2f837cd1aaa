"""What the API itself remembers."""

from typing import ClassVar

from django.db import models


class IdempotentAnswer(models.Model):
    """The answer that was given to a request with an Idempotency-Key."""

    id = models.UUIDField(primary_key=True)
    fingerprint = models.BinaryField(max_length=32)
    status = models.SmallIntegerField()
    headers = models.JSONField()
    content_type = models.CharField(max_length=60)
    body = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["created_at"], name="idempotent_answer_age")]

    def __str__(self) -> str:
        return str(self.pk)
