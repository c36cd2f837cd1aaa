from tests.operations import Sample
from tests.pd_activities.committee_samples import COMMITTEES
from tests.pd_activities.supervision_samples import SUPERVISION
from tests.pd_activities.training_samples import TRAININGS

SAMPLES: list[Sample] = [*SUPERVISION, *COMMITTEES, *TRAININGS]
