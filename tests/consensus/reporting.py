"""Studies to report on: three rounds of ratings, coloured so that every kind of item occurs."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from pypdfium2 import PdfDocument

from consensus.actions.answers import (
    GivenRating,
    accept_invitation,
    save_certification,
    save_rating,
)
from consensus.actions.panel import add_panelist
from consensus.actions.rounds import open_certification
from consensus.actions.verdicts import conclude_study
from consensus.reports.forms import make_report
from tests.consensus.building import Built, build

CANARY = "นกขมิ้น"  # stands in every panelist's name
ITEMS = [
    {"section": "awareness", "text": "=สร้างความตระหนักแก่สมาชิกเครือข่ายทุกระดับ"},
    {"section": "awareness", "text": "กำหนดเป้าหมายร่วมกันของคณะกรรมการสถานศึกษาและชุมชน"},
    {"section": "commitment", "text": "นิเทศแบบร่วมพัฒนาข้ามโรงเรียนอย่างน้อยภาคเรียนละสองครั้ง"},
    {"section": "commitment", "text": "แลกเปลี่ยนเรียนรู้ผ่านระบบออนไลน์ทุกเดือน"},
]
ANY_OUTCOME = {
    "rounds": [{"kind": "rating"}, {"kind": "rating"}],
    "validation": {"every_item_in": False},
}
LOOSE = {"validation": {"every_item_in": False, "certified": False}}
# By item, then by panelist: high and agreed, unanimous, split, moving.
FIRST = [
    [5, 5, 4, 5, 4, 4, 5, 3, 4],
    [5] * 9,
    [1, 5, 1, 5, 2, 4, 1, 5, 3],
    [2, 2, 3, 2, 3, 1, 2, 3, 2],
]
SECOND = [
    [5, 5, 4, 5, 4, 5, 5, 4, 4],
    [5] * 9,
    [1, 5, 1, 5, 2, 5, 1, 5, 3],
    [4, 4, 5, 4, 5, 3, 4, 5, 0],
]


def rate(built: Built, columns, people=None) -> None:
    """Columns of scores by item; 0 is "no opinion", None nothing."""
    for item, scores in zip(built.items, columns, strict=True):
        for panelist, score in zip(people or built.panelists, scores, strict=False):
            if score is not None:
                given = GivenRating(rating=score or None, no_opinion=score == 0, comment=CANARY)
                save_rating(panelist, item.pk, given)


def rated_study(facilitator, *, columns=(FIRST, SECOND), panel=9, **given) -> Built:
    """Sealed, rated round by round, concluded."""
    built = build(facilitator, items=ITEMS, panel=panel, certifiers=0, **given)
    built.certifiers = []
    for panelist in built.panelists:
        panelist.name = f"ดร. {CANARY} {panelist.pk}"
        panelist.save(update_fields=["name"])
    built.seal()
    for each in columns:
        built.open()
        rate(built, each)
        built.close()
    return built


def conclude(built: Built) -> Built:
    built.study = conclude_study(built.study, actor=built.actor, reason="ครบเวลา")
    return built


def certify(built: Built, values: Sequence[int] = (2,) * 5) -> Built:
    """Certifiers who each answer all that is asked with one value."""
    people = [
        add_panelist(built.study, kind="certifier", name=f"{CANARY} {n}", actor=built.actor)
        for n in range(len(values))
    ]
    built.rounds.append(open_certification(built.study, actor=built.actor))
    for person, value in zip(people, values, strict=True):
        accepted = accept_invitation(person, actor=built.actor)
        save_certification(
            accepted,
            [
                {"part": part, "criterion": criterion, "value": value}
                for part in {"", *(item.section for item in built.items)}
                for criterion in ("appropriateness", "usefulness", "feasibility")
            ],
        )
    built.close()
    return built


def words_of(pdf: bytes) -> str:
    """What a reader can copy from the pages of a PDF, and what it says of itself."""
    with PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
        return "\n".join([*pages, *document.get_metadata_dict().values()])


def unpack(study, folder: Path) -> None:
    """The data that leave, with the script that recomputes."""
    with zipfile.ZipFile(io.BytesIO(make_report(study, "csv", "th").content)) as archive:
        archive.extractall(folder)


def run_script(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As a stranger would: nothing of ours to import, no installed packages."""
    command = [sys.executable, "-I", "-S", str(folder / "recompute.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")  # noqa: S603


def files(study) -> dict[str, bytes]:
    """Every form in which the study leaves, in both languages."""
    return {
        f"{form}-{language}": make_report(study, form, language).content
        for form in ("pdf", "xlsx", "json", "csv")
        for language in ("th", "en")
    }
