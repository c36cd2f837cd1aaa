from rest_framework import serializers, viewsets
from rest_framework.routers import DefaultRouter

from tests.benchmarks.stock.activities.models import ActivityLog


class ActivityLogSerializer(serializers.ModelSerializer):
    teacher_name = serializers.CharField(source="teacher.name_th", read_only=True)

    class Meta:
        model = ActivityLog
        fields = "__all__"


class ActivityLogViewSet(viewsets.ModelViewSet):
    queryset = ActivityLog.objects.select_related("teacher").order_by("-occurred_on", "-id")
    serializer_class = ActivityLogSerializer


router = DefaultRouter()
router.register("activity-logs", ActivityLogViewSet)
urlpatterns = router.urls
