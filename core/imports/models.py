"""A spreadsheet that someone sent, what was found in it, and its good rows until applied."""

from typing import ClassVar

from django.db import models

from core.imports.enums import ImportState
from core.models import Resource


class ImportBatch(Resource):
    """One file. Its content goes once it is checked; its rows go as they are applied."""

    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.CHECKING)
    content = models.BinaryField(null=True)
    columns = models.JSONField(default=dict)  # heading → our name, or null where it is not used
    row_count = models.IntegerField(default=0)
    good_count = models.IntegerField(default=0)
    new_count = models.IntegerField(default=0)  # of the good ones, those not yet known here
    problem_count = models.IntegerField(default=0)
    problems = models.JSONField(default=list)  # the first of them
    written = models.JSONField(default=dict)  # what applying has made and changed so far
    job_id = models.UUIDField(null=True)  # the latest job: checking, then applying
    started_by = models.UUIDField(null=True)


class ImportPiece(models.Model):
    """Some hundred good rows, waiting to be applied."""

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="pieces", db_index=False
    )
    number = models.IntegerField()
    rows = models.TextField()  # JSON that the database need not understand

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_piece_number")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"
