"""Default deny: an endpoint without a rule answers nobody."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from core.actor import ActorKind


class RulePermission(BasePermission):
    """Asks the view's rule for this action: of the object where there is one, of None otherwise."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if view.action in (None, "metadata"):
            return True  # no such method here: DRF answers 405
        rule = view.rule()
        if rule is None:
            return False
        if not view.public and request.auth is None:
            return False
        if view.action in view.withheld and view.actor.kind == ActorKind.OPERATOR:
            return False
        return True if view.has_object() else bool(rule.test(view.actor, None))

    def has_object_permission(self, request: Request, view: Any, obj: object) -> bool:
        rule = view.rule()
        return rule is not None and bool(rule.test(view.actor, obj))
