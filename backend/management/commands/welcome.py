"""`manage.py welcome`: where everything is, who can sign in, and what to try first."""

import os
from typing import Any

import httpx
from django.conf import settings
from django.core.management import BaseCommand

from backend.demo.area import LOGINS, SLUG
from backend.demo.onboarding import PASSWORD
from backend.demo.trial import guest_link
from backend.demo.visitor import Visitor
from core.addresses import area_url, gateway_url, platform_url


class Command(BaseCommand):
    help = "Print addresses, sign-ins and first calls of the demonstration"

    def handle(self, *args: Any, **options: Any) -> None:
        port = os.environ.get("PORT", "8000")
        # It may be started beside the server: the first connection is tried until there is one.
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=transport) as http:
            area = Visitor(http, f"{SLUG}.{settings.BASE_DOMAIN}")
            link = guest_link(area.signed_in(LOGINS["supervisor"], PASSWORD))
        roles = "".join(f"\n  {role:<21}{login}" for role, login in LOGINS.items())
        self.stdout.write(_TEXT.format(**_words(), roles=roles, link=link))


def _words() -> dict[str, str]:
    return {
        "platform": platform_url(),
        "area": area_url(SLUG),
        "gateway": gateway_url(),
        "slug": SLUG,
        "operator": os.environ.get("OPERATOR_EMAIL", ""),
        "teacher": LOGINS["teacher"],
        "password": PASSWORD,
    }


_TEXT = """
KruNet · {platform}
  documentation   {platform}/api/docs  ·  {area}/api/docs
  mails           {platform}/outbox
  area            {area}   (or {gateway} with the header X-Service-Area: {slug})

Sign in at {area} (everyone's password: {password}){roles}
and at {platform}
  operator             {operator}

Answer an expert study, without an account
  {link}

Try, in another terminal
  curl -s {platform}/api/v1/areas | python3 -m json.tool --no-ensure-ascii
  TOKEN=$(curl -s {area}/api/v1/auth/sign-in -H 'Content-Type: application/json' \
-d '{{"login": "{teacher}", "password": "{password}"}}' \
| python3 -c 'import json, sys; print(json.load(sys.stdin)["session_token"])')
  curl -s {area}/api/v1/activity-logs -H "Authorization: Bearer $TOKEN" \
| python3 -m json.tool --no-ensure-ascii
"""
