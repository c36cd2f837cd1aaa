"""Keeping a file that a job has made, and forgetting it."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.addresses import BASE_PATH
from core.documents.files import MadeFile
from core.documents.models import Document
from core.jobs.actions import JobFailure
from core.jobs.registry import Progress
from core.quotas import Quota, bytes_in, counts, take
from core.text import Text

KEPT_FOR = timedelta(days=7)
LARGEST = 20 * 1024 * 1024  # bytes

_TOO_LARGE = Text(
    "ไฟล์ที่จัดทำมีขนาดเกิน 20 MB กรุณาเลือกขอบเขตที่แคบลง",
    "The file would be larger than 20 MB. Ask for less.",
)


@counts(Quota.STORAGE)
def bytes_of_documents() -> int:
    return bytes_in(Document.objects.all(), "content")


def keep_document(kind: str, subject_id: UUID, file: MadeFile) -> Progress:
    """Keep what a job has made; the job's `result_url` says where.

    Raises JobFailure, QuotaExceededError.
    """
    if len(file.content) > LARGEST:
        raise JobFailure(_TOO_LARGE)
    take(Quota.STORAGE, len(file.content))
    kept = Document.objects.create(
        kind=kind,
        subject_id=subject_id,
        file_name=file.name,
        content_type=file.content_type,
        content=file.content,
    )
    url = f"{BASE_PATH}documents/{kept.pk}"
    return Progress(done=1, total=1, cursor={"done": 1}, result={"url": url})


@transaction.atomic
def forget_old_documents() -> int:
    """Delete this schema's documents past their time; how many."""
    return Document.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()[0]
