"""`manage.py prepare_drills FILE`: tables, and an area with the tests' cast, told in FILE."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django_tenants.utils import schema_context

from accounts.enums import Role, Scope
from accounts.models import User
from tests.drills.caller import TOTP_SECRET
from tests.world import PASSWORD, build_area, make_person

TOTP_USERS = 30


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("migrate_schemas", shared=True, verbosity=0)
        area = build_area("drill")
        with schema_context(area.schema_name):
            for number in range(TOTP_USERS):
                _make_totp_user(f"totp-{number}")
        with schema_context("public"):
            operator = make_person(Role.OPERATOR, Scope.PLATFORM, None, username=Role.OPERATOR)
        facts = {**asdict(area), "password": PASSWORD, "operator": operator.token}
        options["file"].write_text(json.dumps(facts, default=str))


def _make_totp_user(name: str) -> None:
    user = User.objects.create_user(display_name=name, username=name, password=PASSWORD)
    TOTP.activate(user, TOTP_SECRET)
