"""`manage.py welcome`: where everything is, who can sign in, and what to try first."""

import os
from typing import Any

import httpx
from django.conf import settings
from django.core.management import BaseCommand

from backend.demo.area import LOGINS, SLUG
from backend.demo.onboarding import PASSWORD
from backend.demo.trial import guest_link
from backend.demo.visitor import DemoError, Visitor, awaited
from core.addresses import area_url, gateway_url, platform_url


class Command(BaseCommand):
    help = "Print addresses, sign-ins and first calls of the demonstration"

    def handle(self, *args: Any, **options: Any) -> None:
        roles = "".join(f"\n  {role:<21}{login}" for role, login in LOGINS.items())
        self.stdout.write(_TEXT.format(**_words(), roles=roles, link=_link()))


def _link() -> str:
    """A personal link to the open study; why there is none, if its people were changed since."""
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    try:
        with httpx.Client(base_url=address, timeout=60) as http:
            return guest_link(_supervisor(Visitor(http, f"{SLUG}.{settings.BASE_DOMAIN}")))
    except DemoError as error:
        return f"(no link: {error})"


def _supervisor(area: Visitor) -> Visitor:
    """Signed in, as soon as the server answers: `make run` starts both at the same time."""

    def sign_in() -> Visitor | None:
        try:
            return area.signed_in(LOGINS["supervisor"], PASSWORD)
        except httpx.TransportError:
            return None

    return awaited(sign_in, "the server to answer")


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
  operator             {operator}   (by the API, or in a browser at {platform}/admin/)

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
