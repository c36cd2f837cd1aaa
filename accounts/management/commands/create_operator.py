"""`OPERATOR_PASSWORD=… manage.py create_operator --email someone@example.go.th`"""

import getpass
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_tenants.utils import schema_context

from accounts.actions.operators import create_operator
from core.errors import InvalidInputError


class Command(BaseCommand):
    help = "Makes a platform operator; run again, it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="", help="display name; the address by default")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        password = os.environ.get("OPERATOR_PASSWORD") or getpass.getpass("Password: ")
        try:
            with schema_context("public"):
                _, is_new = create_operator(
                    email=email, password=password, display_name=name or email
                )
        except InvalidInputError as error:
            raise CommandError(" ".join(str(each.detail) for each in error.errors)) from None
        self.stdout.write("Operator created." if is_new else "The operator exists.")
