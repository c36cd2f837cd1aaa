"""What a report says, whatever its form: the study as it was sealed, done and frozen."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from consensus.errors import WrongStudyStatusError
from consensus.models import Round, Study
from consensus.queries.comments import withheld_by_round
from consensus.queries.flow import panel_flow
from consensus.queries.rounds import closed_rounds, told_of_dropped
from consensus.queries.row_data import RATING_ENDED, RowData, row_data_of
from consensus.reports.checklist import checklist_of

FORMAT = "krunet-delphi-report/1"


def report_of(study: Study) -> dict[str, Any]:
    """The whole report as one JSON document. Names nobody, and nothing that under 5 people said."""
    withheld = withheld_by_round(study.pk)
    rounds = [_round(each, withheld) for each in closed_rounds(study.pk)]
    content = {
        "format": FORMAT,
        "study": {
            "title": study.title,
            "status": study.status,
            "verdict": study.verdict,
            "reasons": study.reasons,
            "plan_hash": study.plan_hash,
        },
        "seal": {"sha256": study.seal, "sealed_at": study.sealed_at},
        "protocol": study.protocol,
        "panel_flow": panel_flow(study),
        "rounds": rounds,
        "dropped": told_of_dropped(study.pk),
        "deviations": study.deviations,
        "row_data": _row_data(study),
    }
    return {**content, "checklist": checklist_of(content)}


def report_for_panel(study: Study) -> dict[str, Any]:
    """The same report, for those who took part; while rating goes on there is only the feedback.

    Raises WrongStudyStatusError.
    """
    if study.status not in RATING_ENDED:
        raise WrongStudyStatusError(status=study.status)
    return report_of(study)


def _round(round_: Round, withheld: Mapping[UUID, dict[str, int]]) -> dict[str, Any]:
    told = {"number": round_.number, "kind": round_.kind, "results": round_.results}
    return {**told, "comments": withheld.get(round_.pk, {"withheld": 0, "in_part": 0})}


def _row_data(study: Study) -> dict[str, Any]:
    found = row_data_of(study)
    if isinstance(found, RowData):
        return {"rows": len(found.rows)}
    return {"withheld": found.value, "th": found.text.th, "en": found.text.en}
