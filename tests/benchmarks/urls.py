"""The area's URLs, and beside them the yardsticks that are served by the same process."""

from django.urls import path

from backend import urls_area
from backend.urls_area import handler400, handler403, handler404, handler500
from tests.benchmarks.bare import bare_list

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("bare/activity-logs", bare_list), *urls_area.urlpatterns]
