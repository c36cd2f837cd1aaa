"""Every night each cluster's stage is compared with the evidence: time alone can take some away."""

from celery import shared_task
from django_tenants.utils import schema_context

from clusters.actions.stages import reassess_stage
from clusters.models import Cluster
from core.queue import enqueue
from tenants.directory import active_schemas


@shared_task(name="clusters.reassess_stages_everywhere")
def reassess_stages_everywhere() -> None:
    for schema in active_schemas():
        with schema_context(schema):
            enqueue("clusters.reassess_stages")


@shared_task(name="clusters.reassess_stages")
def reassess_stages() -> None:
    for cluster in Cluster.objects.all():
        reassess_stage(cluster)
