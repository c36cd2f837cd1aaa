from consensus.api import panel
from consensus.api.coding import PanelIdeasViewSet, StudyFragmentViewSet
from consensus.api.contacts import FollowUpViewSet, StudyLetterViewSet
from consensus.api.items import StudyItemViewSet
from consensus.api.panelists import PanelistViewSet
from consensus.api.planning import StudyPlanningViewSet
from consensus.api.recordings import RecordingViewSet
from consensus.api.reports import StudyReportViewSet
from consensus.api.rounds import RoundViewSet, StudyRoundViewSet
from consensus.api.studies import StudyViewSet
from core.api.routing import ApiRouter


def register(api: ApiRouter) -> None:
    """Add this room's resources to the API."""
    api.add_single("study-planning", StudyPlanningViewSet)
    api.add("studies", StudyViewSet)
    api.add("studies/<uuid:study_id>/items", StudyItemViewSet)
    api.add("studies/<uuid:study_id>/fragments", StudyFragmentViewSet)
    api.add("studies/<uuid:study_id>/panelists", PanelistViewSet)
    api.add("studies/<uuid:study_id>/letters", StudyLetterViewSet)
    api.add("studies/<uuid:study_id>/follow-ups", FollowUpViewSet)
    api.add("studies/<uuid:study_id>/rounds", StudyRoundViewSet)
    api.add("studies/<uuid:study_id>/reports", StudyReportViewSet)
    api.add("rounds", RoundViewSet)
    api.add("recordings", RecordingViewSet)
    api.add_single("panel/ideas", PanelIdeasViewSet)
    panel.register(api)
