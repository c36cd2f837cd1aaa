from django.apps import AppConfig


class OperatorAccessConfig(AppConfig):
    name = "accounts.operator_access"
    label = "operator_access"
