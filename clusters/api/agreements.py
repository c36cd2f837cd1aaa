"""`/agreements`: what the schools of a cluster have signed."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from clusters.actions.agreements import create_agreement, sign_agreement, update_agreement
from clusters.errors import AgreementSignedError, AlreadySignedError, SchoolNotMemberError
from clusters.models import Agreement, AgreementSignature
from clusters.queries import agreements_visible_to, clusters_visible_to, schools_visible_to
from clusters.rules import may_read, may_run_cluster
from core.access import require
from core.api.serializers import ModelSerializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.lookups import named


class SignatureSerializer(ModelSerializer):
    school = serializers.UUIDField(source="school_id")

    class Meta:
        model = AgreementSignature
        fields = ("school", "signed_on", "signatory")


class ClusterAgreementSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)
    cluster = serializers.UUIDField(source="cluster_id")
    signatures = SignatureSerializer(many=True, read_only=True)

    class Meta:
        model = Agreement
        fields = ("id", "version", "cluster", "title", "valid_from", "valid_until", "signatures")
        read_only_fields = ("version",)


class AgreementChange(ModelSerializer):
    class Meta:
        model = Agreement
        fields = ("title", "valid_from", "valid_until")


class AgreementFilter(django_filters.FilterSet):
    cluster = django_filters.UUIDFilter()


class AgreementViewSet(ListMixin, RetrieveMixin, ApiViewSet[Agreement]):
    resource = "agreements"
    queryset = Agreement.objects.none()
    serializer_class = ClusterAgreementSerializer
    filterset_class = AgreementFilter
    rules = {
        "list": may_read,
        "retrieve": may_read,
        "create": may_run_cluster,
        "partial_update": may_run_cluster,
        "sign": may_run_cluster,
    }
    problems = {
        "partial_update": [AgreementSignedError],
        "sign": [AlreadySignedError, SchoolNotMemberError],
    }

    def get_queryset(self) -> QuerySet[Agreement]:
        return agreements_visible_to(self.actor)

    @extend_schema(summary="Lay an agreement before a cluster's schools")
    def create(self, request: Request, **_: Any) -> Response:
        fields = self.validated()
        cluster = named(clusters_visible_to(self.actor), fields.pop("cluster_id"), "/cluster")
        require(may_run_cluster, self.actor, cluster)
        made = create_agreement(cluster=cluster, **fields, actor=self.actor)
        return self.answer(made, status=201)

    @extend_schema(summary="Change an agreement before it is signed", request=AgreementChange)
    def partial_update(self, request: Request, **_: Any) -> Response:
        agreement, changes = self.get_object(), self.validated(AgreementChange, partial=True)
        return self.answer(update_agreement(agreement, changes, actor=self.actor))

    @extend_schema(summary="Note a member school's signature", request=SignatureSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, **_: Any) -> Response:
        agreement, fields = self.get_object(), self.validated(SignatureSerializer)
        school = named(schools_visible_to(self.actor), fields.pop("school_id"), "/school")
        return self.answer(sign_agreement(agreement, school=school, **fields, actor=self.actor))
