"""Evidence by which a cluster moves through the network stages.

A room registers what it can tell: `@evidence("activity_every_term", Text("…", "…"))` on a function
that looks at one cluster, today. Codes that nobody tells are never there.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from accounts.enums import Role, Scope
from accounts.models import RoleGrant
from clusters.calculations import reached_stage
from clusters.enums import NetworkStage, PlanStatus
from clusters.models import Agreement, Cluster, PlanVersion, StageChange
from clusters.queries import member_schools, stage_changes_of, stage_rules
from core.calendar import area_calendar
from core.text import Text

Provider = Callable[[Cluster], bool]

_FEWEST_SCHOOLS = 2


@dataclass(frozen=True)
class Evidence:
    code: str
    text: Text
    provider: Provider


_known: dict[str, Evidence] = {}


def evidence(code: str, text: Text) -> Callable[[Provider], Provider]:
    """Register who can tell whether a cluster has this evidence."""

    def register(provider: Provider) -> Provider:
        _known[code] = Evidence(code, text, provider)
        return provider

    return register


def known_evidence() -> list[Evidence]:
    return [_known[code] for code in sorted(_known)]


def evidence_of(cluster: Cluster) -> set[str]:
    """The codes of what is there today."""
    return {each.code for each in _known.values() if each.provider(cluster)}


@dataclass(frozen=True)
class StageReport:
    """Where a cluster stands: as last noted, and what the evidence of today says."""

    stage: str | None  # as last noted; None: below the first stage
    next_stage: NetworkStage | None
    evidence: list[str]  # what is there today
    missing: list[str]  # what the next stage still asks for
    history: list[StageChange]  # newest first


def stage_report(cluster: Cluster, *, changes: int = 100) -> StageReport:
    history = list(stage_changes_of(cluster)[:changes])
    found, requirements = evidence_of(cluster), stage_rules().requirements
    following = _after(reached_stage(requirements, found))
    return StageReport(
        stage=(history[0].stage or None) if history else None,
        next_stage=following,
        evidence=sorted(found),
        missing=sorted(set(requirements[following]) - found) if following else [],
        history=history,
    )


def _after(stage: NetworkStage | None) -> NetworkStage | None:
    stages = list(NetworkStage)
    following = stages.index(stage) + 1 if stage else 0
    return stages[following] if following < len(stages) else None


@evidence("schools_joined", Text("มีโรงเรียนสมาชิกตั้งแต่สองโรงเรียน", "Two or more schools are members"))
def _schools_joined(cluster: Cluster) -> bool:
    return member_schools(cluster).count() >= _FEWEST_SCHOOLS


@evidence("coordinator_appointed", Text("มีผู้ประสานงานกลุ่ม", "A coordinator is appointed"))
def _coordinator_appointed(cluster: Cluster) -> bool:
    return (
        RoleGrant.objects.holding()
        .filter(role=Role.CLUSTER_COORDINATOR, scope=Scope.CLUSTER, scope_id=cluster.pk)
        .exists()
    )


@evidence(
    "agreement_signed_by_all",
    Text("โรงเรียนสมาชิกทุกแห่งลงนามในบันทึกข้อตกลง", "Every member school has signed the agreement"),
)
def _agreement_signed_by_all(cluster: Cluster) -> bool:
    today = timezone.localdate()
    members = set(member_schools(cluster).values_list("pk", flat=True))
    agreements = Agreement.objects.filter(cluster=cluster, valid_from__lte=today).exclude(
        valid_until__lt=today
    )
    return bool(members) and any(
        members <= {signature.school_id for signature in agreement.signatures.all()}
        for agreement in agreements.prefetch_related("signatures")
    )


@evidence(
    "roles_assigned",
    Text(
        "มีผู้ประสานงานกลุ่ม และทุกโรงเรียนมีผู้อำนวยการในระบบ",
        "A coordinator, and a director for every member school, hold their roles",
    ),
)
def _roles_assigned(cluster: Cluster) -> bool:
    directed = RoleGrant.objects.holding().filter(role=Role.SCHOOL_DIRECTOR).values("scope_id")
    return (
        _coordinator_appointed(cluster)
        and not member_schools(cluster).exclude(pk__in=directed).exists()
    )


@evidence(
    "plan_adopted", Text("มีแผนของปีการศึกษานี้ที่ประกาศใช้", "This academic year's plan is in force")
)
def _plan_adopted(cluster: Cluster) -> bool:
    year = area_calendar().year_of(timezone.localdate())
    return PlanVersion.objects.filter(
        plan__cluster=cluster, plan__academic_year=year, status=PlanStatus.ADOPTED
    ).exists()
