from django.apps import AppConfig


class PdActivitiesConfig(AppConfig):
    name = "pd_activities"
