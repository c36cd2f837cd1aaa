"""An import's life: a file is taken in, checked by a job, and applied by another."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.actor import Actor
from core.addresses import BASE_PATH
from core.api.renderers import dump_json
from core.imports.checking import Findings, as_json, check_rows
from core.imports.enums import ImportState
from core.imports.errors import FileUnsafeError, ImportHasProblemsError, ImportNotCheckedError
from core.imports.files import check_file, read_rows
from core.imports.kinds import kind_named
from core.imports.models import ImportBatch, ImportPiece
from core.jobs.actions import start_job
from core.jobs.models import UNFINISHED, Job
from core.jobs.registry import Progress
from core.journal import actions as journal
from core.quotas import Quota, bytes_in, counts, take

PIECE = 2_500  # rows that are applied in one transaction, within some tenths of a second
KEPT_FOR = timedelta(days=30)
SHOWN_PROBLEMS = 1_000
CHECK, APPLY = "imports.check", "imports.apply"


@counts(Quota.STORAGE)
def bytes_of_imports() -> int:
    """Files that are not checked yet, and rows that are not applied yet."""
    files = bytes_in(ImportBatch.objects.all(), "content")
    return files + bytes_in(ImportPiece.objects.all(), "rows")


@transaction.atomic
def start_import(
    *, kind: str, file_name: str, content: bytes, options: Mapping[str, bool], actor: Actor
) -> ImportBatch:
    """Take a file in and let a job check it.

    Raises the errors of `files.check_file`, QuotaExceededError.
    """
    check_file(content)
    ImportBatch.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    take(Quota.STORAGE, len(content))
    batch = ImportBatch.objects.create(
        kind=kind,
        file_name=file_name.replace("\x00", "")[:200],
        options=dict(options),
        content=content,
        started_by=actor.id,
    )
    batch.job_id = start_job(CHECK, {"batch": str(batch.pk)}, actor=actor).pk
    batch.save(update_fields=["job_id"])
    journal.record("imports.batch.started", batch, actor=actor, changes={"kind": kind})
    return batch


def check_import(batch_id: UUID) -> Progress | None:
    """What the job does: read the file, note problems, lay the good rows aside. Once."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ImportState.CHECKING or batch.content is None:
        return None
    kind = kind_named(batch.kind)
    try:
        findings = check_rows(read_rows(bytes(batch.content)), kind, batch.options)
    except FileUnsafeError as error:
        findings = Findings(has_table=False)
        batch.problems = [
            {
                "row": 0,
                "column": "",
                "code": error.code,
                "th": error.detail.th,
                "en": error.detail.en,
            }
        ]
    _note(batch, findings)
    return Progress(
        done=findings.row_count,
        total=findings.row_count,
        result=_result(batch),
        is_last=True,
    )


def _note(batch: ImportBatch, findings: Findings) -> None:
    rows = iter(findings.rows)
    # One by one: quoting a list of long texts takes longer than all else together.
    for number, piece in enumerate(iter(lambda: list(islice(rows, PIECE)), [])):
        ImportPiece.objects.create(batch=batch, number=number, rows=dump_json(piece).decode())
    batch.state = ImportState.CHECKED if findings.has_table else ImportState.REFUSED
    batch.content = None
    batch.columns = findings.columns
    batch.row_count = findings.row_count
    batch.good_count = len(findings.rows)
    batch.new_count = findings.new_count
    batch.problems = [as_json(each) for each in findings.problems[:SHOWN_PROBLEMS]]
    batch.problem_count = len(findings.problems)
    batch.save_changes(
        "state",
        "content",
        "columns",
        "row_count",
        "good_count",
        "new_count",
        "problems",
        "problem_count",
    )


@transaction.atomic
def apply_import(batch: ImportBatch, *, skip_problem_rows: bool, actor: Actor) -> ImportBatch:
    """Let a job write the good rows. A job that failed or was cancelled may be followed by another.

    Raises ImportNotCheckedError, ImportHasProblemsError.
    """
    row = batch.locked()
    if row.state != ImportState.CHECKED and not _was_broken_off(row):
        raise ImportNotCheckedError
    if row.problem_count and not skip_problem_rows:
        raise ImportHasProblemsError(count=row.problem_count)
    row.state = ImportState.APPLYING
    row.job_id = start_job(APPLY, {"batch": str(row.pk)}, actor=actor).pk
    row.save_changes("state", "job_id")
    journal.record("imports.batch.applying", row, actor=actor)
    return row


def _was_broken_off(batch: ImportBatch) -> bool:
    if batch.state != ImportState.APPLYING or batch.job_id is None:
        return False
    return not Job.objects.filter(pk=batch.job_id, state__in=UNFINISHED).exists()


def apply_piece(batch_id: UUID, *, done: int = 0, actor: Actor) -> Progress | None:
    """What the job does again and again: write the next piece and forget it.

    `done` is the number of rows that this job has written before.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ImportState.APPLYING:
        return None
    pieces = ImportPiece.objects.filter(batch=batch)
    piece = pieces.order_by("number").first()
    if piece is not None and not batch.written:
        _begin(batch, pieces)
    if piece is not None:
        done += _apply_rows(batch, piece, actor)
    is_last = not pieces.exists()
    if is_last:
        batch.state, done = ImportState.APPLIED, batch.good_count  # also what earlier jobs wrote
    batch.save_changes("written", "state")
    if is_last:
        journal.record("imports.batch.applied", batch, actor=actor, changes=batch.written)
    return Progress(
        done=done,
        total=batch.good_count,
        cursor={"done": done},
        result=_result(batch),
        is_last=is_last,
    )


def _begin(batch: ImportBatch, pieces: QuerySet[ImportPiece]) -> None:
    """Before the first piece: let the kind see all rows, and refuse the whole if it must."""
    kind = kind_named(batch.kind)
    if kind.begin is not None:
        rows = [row for each in pieces.order_by("number") for row in orjson.loads(each.rows)]
        kind.begin(rows, batch.options)


def _apply_rows(batch: ImportBatch, piece: ImportPiece, actor: Actor) -> int:
    """Write a piece and forget it; the number of its rows."""
    rows = orjson.loads(piece.rows)
    for name, count in kind_named(batch.kind).apply(rows, batch.options, actor).items():
        batch.written[name] = batch.written.get(name, 0) + count
    piece.delete()
    return len(rows)


def _result(batch: ImportBatch) -> dict[str, Any]:
    return {"url": f"{BASE_PATH}imports/{batch.pk}"}
