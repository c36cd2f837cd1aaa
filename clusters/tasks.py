"""Every night each cluster's stage is compared with the evidence: time alone can take some away."""

from celery import shared_task

from clusters.actions.stages import reassess_stage
from clusters.models import Cluster


@shared_task(name="clusters.reassess_stages")
def reassess_stages() -> None:
    for cluster in Cluster.objects.all():
        reassess_stage(cluster)
