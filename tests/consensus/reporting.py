"""Studies to report on: three rounds of ratings, coloured so that every kind of item occurs."""

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


def certify(built: Built, value: int = 2, count: int = 5) -> Built:
    """Certifiers who all answer the same."""
    people = [
        add_panelist(built.study, kind="certifier", name=f"{CANARY} {n}", actor=built.actor)
        for n in range(count)
    ]
    built.rounds.append(open_certification(built.study, actor=built.actor))
    for person in people:
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


def files(study) -> dict[str, bytes]:
    """Every form in which the study leaves, in both languages."""
    return {
        f"{form}-{language}": make_report(study, form, language).content
        for form in ("pdf", "xlsx", "json", "csv")
        for language in ("th", "en")
    }
