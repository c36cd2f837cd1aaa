"""What the ground floor and signing in keep out of archives, and the files that jobs have made."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from core.documents.models import Document
from core.text import Text
from tenants.archive.contents import (
    SECRET,
    TECHNICAL,
    File,
    adds_files,
    leaves_out,
)

_AS_FILES = Text("อยู่ในโฟลเดอร์ files/", "In the folder files/")
_IMPORTED = Text("แถวที่นำเข้าอยู่ในตารางอื่นแล้ว", "What was imported is in the other tables")

leaves_out(TECHNICAL, "api_idempotentanswer", "jobs_job", "journal_journalhead")
leaves_out(_IMPORTED, "imports_importbatch", "imports_importpiece")
leaves_out(_AS_FILES, "documents_document")
leaves_out(SECRET, "account_emailconfirmation", "mfa_authenticator")


@adds_files
def documents() -> Iterator[File]:
    """Made files, but for those about Delphi studies, which studies/ has anew."""
    kept = Document.objects.exclude(kind__startswith="consensus.").order_by("pk")
    for pk, name in kept.values_list("pk", "file_name"):
        plain = PurePosixPath(name.replace("\\", "/")).name
        content = Document.objects.values_list("content", flat=True).get(pk=pk)
        yield f"files/{pk}/{plain}", bytes(content)
