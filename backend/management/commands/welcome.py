"""`manage.py welcome`: where everything is, who can sign in, and what to try first."""

import os
from typing import Any

from django.core.management import BaseCommand

from backend.demo.onboarding import ADMIN_EMAIL, BURIRAM, PASSWORD
from core.addresses import area_url, gateway_url, platform_url

SLUG = BURIRAM["slug"]


class Command(BaseCommand):
    help = "Print addresses, sign-ins and first calls of the demonstration"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_TEXT.format(**_words()))


def _words() -> dict[str, str]:
    return {
        "platform": platform_url(),
        "area": area_url(SLUG),
        "gateway": gateway_url(),
        "slug": SLUG,
        "operator": os.environ.get("OPERATOR_EMAIL", ""),
        "admin": ADMIN_EMAIL.format(slug=SLUG),
        "password": PASSWORD,
    }


_TEXT = """
KruNet · {platform}
  documentation   {platform}/api/docs  ·  {area}/api/docs
  mails           {platform}/outbox
  area            {area}   (or {gateway} with the header X-Service-Area: {slug})

Sign in (password of all: {password})
  operator           {operator}   on {platform}
  area_admin         {admin}
  supervisor         supervisor@{slug}.example.go.th
  committee_member   member@{slug}.example.go.th
  school_director    BR4-00001
  teacher            BR4-00201
  cluster_coordinator BR4-00401

A panelist's link is in the newest mail to expert19@experts.example: {platform}/outbox

Try
  curl -s {platform}/api/v1/areas
  curl -s {area}/api/v1/auth/sign-in --json '{{"login": "BR4-00201", "password": "{password}"}}'
  curl -s {area}/api/v1/activity-logs -H "Authorization: Bearer $TOKEN"   # session_token from above
"""
