"""Where a visit stands in the PIDRE cycle."""

from pd_activities.enums.supervision import PidrePhase, VisitStatus

_PHASES = {
    VisitStatus.OBSERVED: PidrePhase.DOING,
    VisitStatus.FEEDBACK_GIVEN: PidrePhase.REINFORCING,
    VisitStatus.ACKNOWLEDGED: PidrePhase.EVALUATING,
    VisitStatus.CLOSED: PidrePhase.EVALUATING,
}


def phase_of(status: VisitStatus, *, informed: bool) -> PidrePhase | None:
    """Planning until the pre-conference, then informing; None for a cancelled visit."""
    if status == VisitStatus.CANCELLED:
        return None
    if status == VisitStatus.PLANNED:
        return PidrePhase.INFORMING if informed else PidrePhase.PLANNING
    return _PHASES[status]
