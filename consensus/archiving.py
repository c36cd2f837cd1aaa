"""What leaves of Delphi studies: results and anonymised data, and nobody's name or answers."""

from collections.abc import Iterator

from consensus.enums import ReportFormat
from consensus.models import Round, Study
from consensus.reports.forms import make_report
from core.text import Text
from tenants.archive.contents import File, adds_files, leaves_out, withholds

_PROMISED = Text(
    "ไม่เปิดเผยตามที่รับรองไว้กับผู้เชี่ยวชาญ ข้อมูลนิรนามอยู่ในโฟลเดอร์ studies/",
    "Kept to itself, as the panel was promised; what may leave is in the folder studies/",
)

leaves_out(
    _PROMISED,
    "consensus_panelist",
    "consensus_panelseat",
    "consensus_panellink",
    "consensus_recording",
    "consensus_followup",
    "consensus_rating",
    "consensus_withheldcomment",
    "consensus_feedbacksnapshot",
    "consensus_textanswer",
    "consensus_fragment",
    "consensus_certificationanswer",
)
withholds("journal_journalentry", "values", where="subject_kind IN ('panelist', 'followup')")


@adds_files
def studies() -> Iterator[File]:
    """Of each study with a closed round: its report as data, and the anonymised data package."""
    closed = Round.objects.filter(results__isnull=False)
    for study in Study.objects.filter(pk__in=closed.values("study")).order_by("pk"):
        yield f"studies/{study.pk}/report.json", make_report(study, ReportFormat.JSON, "th").content
        yield f"studies/{study.pk}/data.zip", make_report(study, ReportFormat.CSV, "th").content
