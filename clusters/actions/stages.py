"""Finding a cluster's network stage from the evidence; it may slip back."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from clusters.calculations import reached_stage
from clusters.enums import DEFAULT_EVIDENCE
from clusters.evidence import evidence_of, known_evidence
from clusters.models import Cluster, StageChange, StageRules
from clusters.queries import stage_changes_of, stage_rules
from core.actor import SYSTEM, Actor
from core.errors import invalid
from core.journal import actions as journal

_ONLY_ROW = UUID(int=0)


@transaction.atomic
def reassess_stage(cluster: Cluster, *, actor: Actor = SYSTEM) -> Cluster:
    """Compare with the evidence of today; note a change of stage, if there is one."""
    row = cluster.locked()
    found = evidence_of(row)
    stage = reached_stage(stage_rules().requirements, found) or ""
    last = stage_changes_of(row).first()
    before = last.stage if last else ""
    if stage == before:
        return row
    StageChange.objects.create(cluster=row, stage=stage, evidence=sorted(found))
    journal.record(
        "clusters.cluster.stage_changed",
        row,
        actor=actor,
        cluster_id=row.pk,
        changes={"stage": [before, stage]},
    )
    return row


@transaction.atomic
def set_stage_rules(requirements: Mapping[str, list[str]], *, actor: Actor) -> StageRules:
    """Say which evidence each stage asks for. Clusters are compared with it from now on."""
    _check_codes(requirements)
    before = stage_rules().requirements
    rules, _ = StageRules.objects.select_for_update().get_or_create(
        pk=_ONLY_ROW, defaults={"requirements": before}
    )
    rules.requirements = {**before, **requirements}
    rules.save_changes("requirements")
    journal.record(
        "clusters.stage_rules.updated",
        rules,
        actor=actor,
        changes={"requirements": [before, rules.requirements]},
    )
    return rules


def _check_codes(requirements: Mapping[str, list[str]]) -> None:
    known = {each.code for each in known_evidence()}.union(*DEFAULT_EVIDENCE.values())
    for stage, codes in requirements.items():
        if unknown := set(codes) - known:
            raise invalid(
                f"/requirements/{stage}",
                "unknown",
                f"ไม่รู้จักหลักฐาน {', '.join(sorted(unknown))}",
                f"There is no evidence {', '.join(sorted(unknown))}.",
            )
