"""`/teachers`: the schools' staff. E-mail and standing show only to those who answer for them."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from clusters.actions.teachers import create_teacher, open_account, update_teacher
from clusters.enums import Standing
from clusters.errors import HasAccountError, StaffCodeTakenError
from clusters.models import Teacher
from clusters.queries import schools_visible_to, teachers_visible_to
from clusters.rules import manages_area, may_read
from core.api.serializers import ModelSerializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.errors import QuotaExceededError
from core.lookups import named


class TeacherInput(ModelSerializer):
    id = serializers.UUIDField(required=False)
    school = serializers.UUIDField()

    class Meta:
        model = Teacher
        fields = ("id", "staff_code", "name_th", "school", "position", "standing", "email")
        extra_kwargs: ClassVar[dict[str, Any]] = {"staff_code": {"validators": []}}
        validators = ()


class TeacherSerializer(ModelSerializer):
    standing = serializers.SerializerMethodField(help_text="null: not for you to see")
    email = serializers.SerializerMethodField(help_text="null: not for you to see")

    class Meta:
        model = Teacher
        fields = (
            "id",
            "version",
            "staff_code",
            "name_th",
            "school",
            "position",
            "standing",
            "email",
            "user",
            "is_synthetic",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=Standing.choices, allow_null=True))
    def get_standing(self, teacher: Teacher) -> str | None:
        return teacher.standing if self._is_open(teacher) else None

    def get_email(self, teacher: Teacher) -> str | None:
        return teacher.email if self._is_open(teacher) else None

    def _is_open(self, teacher: Teacher) -> bool:
        return bool(getattr(teacher, "is_open", True))  # without it: the actor has just written it


class TeacherFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(
        field_name="name_th", lookup_expr="icontains", help_text="a part of the Thai name"
    )
    school = django_filters.UUIDFilter()

    class Meta:
        model = Teacher
        fields: ClassVar = ["staff_code", "position"]


class TeacherViewSet(ListMixin, RetrieveMixin, ApiViewSet[Teacher]):
    resource = "teachers"
    queryset = Teacher.objects.none()
    serializer_class = TeacherSerializer
    filterset_class = TeacherFilter
    ordering = ("sort_key", "id")
    rules = {
        "list": may_read,
        "retrieve": may_read,
        "create": manages_area,
        "partial_update": manages_area,
        "account": manages_area,
    }
    problems = {
        "create": [StaffCodeTakenError],
        "partial_update": [StaffCodeTakenError],
        "account": [HasAccountError, QuotaExceededError],
    }

    def get_queryset(self) -> QuerySet[Teacher]:
        return teachers_visible_to(self.actor)

    @extend_schema(summary="Add someone to a school's staff", request=TeacherInput)
    def create(self, request: Request, **_: Any) -> Response:
        fields = self._with_school(self.validated(TeacherInput))
        return self.answer(create_teacher(**fields, actor=self.actor), status=201)

    @extend_schema(summary="Change a staff record; a new school moves it", request=TeacherInput)
    def partial_update(self, request: Request, **_: Any) -> Response:
        teacher, fields = self.get_object(), self.validated(TeacherInput, partial=True)
        changed = update_teacher(teacher, self._with_school(fields), actor=self.actor)
        return self.answer(changed)

    @extend_schema(
        summary="Open an account for someone on the staff",
        request=None,
        responses=TeacherSerializer,
    )
    @action(detail=True, methods=["post"])
    def account(self, request: Request, **_: Any) -> Response:
        return self.answer(open_account(self.get_object(), actor=self.actor))

    def _with_school(self, fields: dict[str, Any]) -> dict[str, Any]:
        if "school" in fields:
            schools = schools_visible_to(self.actor)
            fields["school"] = named(schools, fields["school"], "/school")
        return fields
