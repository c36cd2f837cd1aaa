"""Files that jobs make: kept for days, read with the reader's own rights, free of formulas."""

import csv
import io
import uuid
import zipfile
from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils import timezone
from django_tenants.utils import schema_context

from core.documents.actions import LARGEST, forget_old_documents, keep_document
from core.documents.files import MadeFile
from core.documents.models import Document
from core.documents.sheets import Sheet, make_csv, make_xlsx
from core.jobs.actions import JobFailure


@pytest.fixture
def in_area(world):
    with schema_context(world.t1.schema_name):
        yield


def test_document__fetched__as_a_download_that_nobody_caches(api):
    response = api.as_("officer").get(f"/api/v1/documents/{api.area.things['document']}")
    assert response.content == b'{"area": "area-t1"}'
    assert "filename*=utf-8''%E0%B8%A3" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_document__any_accepted_type__is_answered(api):
    path = f"/api/v1/documents/{api.area.things['document']}"
    for accepted in ("application/pdf", "application/json", "*/*", "text/html, */*;q=0.8"):
        assert api.as_("officer").get(path, Accept=accepted).status_code == 200


def test_document__of_a_kind_that_nobody_registered__read_by_nobody(api, in_area):
    kept = Document.objects.create(
        kind="tests.unknown",
        subject_id=uuid.uuid4(),
        file_name="x.pdf",
        content_type="application/pdf",
        content=b"%PDF",
    )
    assert api.as_("area_admin").get(f"/api/v1/documents/{kept.pk}").status_code == 404


def test_forget_old_documents__past_their_time__gone_the_others_stay(in_area):
    before = set(Document.objects.values_list("pk", flat=True))
    for name in ("old.pdf", "young.pdf"):
        keep_document("tests.document", uuid.uuid4(), MadeFile(name, b"%PDF"))
    late = timezone.now() - timedelta(days=7, seconds=1)
    Document.objects.filter(file_name="old.pdf").update(created_at=late)

    assert forget_old_documents() == 1
    left = Document.objects.exclude(pk__in=before).values_list("file_name", flat=True)
    assert list(left) == ["young.pdf"]


def test_keep_document__larger_than_any_use__told_and_nothing_kept(in_area):
    before = Document.objects.count()
    with pytest.raises(JobFailure):
        keep_document("tests.document", uuid.uuid4(), MadeFile("x.zip", b"0" * (LARGEST + 1)))
    assert Document.objects.count() == before


_DANGEROUS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "http://x.example", "ปกติ"]


def test_make_csv__texts_that_would_run__are_kept_from_it():
    told = make_csv(["ก"], [[text] for text in _DANGEROUS])
    assert told.startswith(b"\xef\xbb\xbf")
    cells = [row[0] for row in csv.reader(io.StringIO(told.decode("utf-8-sig"), newline=""))][1:]
    assert cells == [*(f"'{text}" for text in _DANGEROUS[:6]), *_DANGEROUS[6:]]


def test_make_xlsx__texts_that_would_run__stay_texts_and_numbers_numbers():
    rows = [[text, Fraction(34, 9), 3, None] for text in _DANGEROUS]
    long = "ชื่อแผ่นงาน [ที่ยาว] กว่า: ที่โปรแกรมตารางคำนวณยอม/รับได้"
    content = make_xlsx([Sheet(long, ["ก", "ข", "ค", "ง"], rows), Sheet(long, ["ก"], [])])
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "=1+1" in sheet
    assert "<v>3.777777777777778</v>" in sheet
