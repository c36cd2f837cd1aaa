"""Personal links: made, opened and ended. The table keeps digests alone.

A letter's link passes through the hands of whoever prints it. So it opens only if nobody has come
in for this person before, from then on only on the device that it opened on, and never again once
another way in is used: whoever else holds it reads nothing that was answered (decision 34).
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.links import personal_link
from accounts.tokens import digest, new_code, new_token
from consensus.credentials import new_credential
from consensus.enums import LinkChannel
from consensus.errors import LinkNotValidError
from consensus.models import Panelist
from consensus.participation import PanelLink

LINK_LIFE = timedelta(days=120)  # a study with its certification takes months
_ANY_DEVICE = "any"  # of the link that a panelist takes home from a letter's
_GROUPS = 3  # of a letter's code: 75 bits, short enough to be typed
_CODE = re.compile(r"\s*" + r"[\s-]?".join([r"([2-9A-Za-z]{5})"] * _GROUPS) + r"\s*")


def issue_link(panelist: Panelist, channel: LinkChannel) -> str:
    """Make one more valid link; its address is told once and kept nowhere."""
    token = new_code(_GROUPS) if channel == LinkChannel.LETTER else new_token()
    _keep(panelist.pk, token, channel)
    return personal_link("panel", token=token)


def _keep(panelist_id: UUID, token: str, channel: LinkChannel, device: str = "") -> None:
    PanelLink.objects.create(
        panelist_id=panelist_id,
        token_digest=digest(token),
        channel=channel,
        device_digest=device,
        expires_at=timezone.now() + LINK_LIFE,
    )


@dataclass(frozen=True)
class Exchanged:
    """A short-lived credential; for a letter's link also one that only its reader knows."""

    credential: str
    own_link: str | None = None


@transaction.atomic
def exchange_link(token: str, device: str = "") -> Exchanged:
    """A short-lived credential for a personal link, which stays usable. Raises LinkNotValidError.

    `device` is a secret of the browser, by which a letter's link knows where it opened first.
    """
    kept = digest(_tidy(token))
    live = PanelLink.objects.filter(expires_at__gt=timezone.now())
    found = live.filter(token_digest=kept).values_list("panelist", flat=True).first()
    if found is None:
        raise LinkNotValidError
    person = Panelist.objects.select_for_update(no_key=True).get(pk=found)
    link = live.filter(token_digest=kept).first()  # as it is now that nobody else comes in
    if link is None:
        raise LinkNotValidError
    own_link = None
    if link.channel == LinkChannel.LETTER:
        own_link = _open_letter(link, person, device)
    else:
        end_letters(person)
    note_opened(person)
    return Exchanged(new_credential(link.pk), own_link)


def _open_letter(link: PanelLink, person: Panelist, device: str) -> str | None:
    """Only here and now, or where it was opened before. A link to take home, but for that one."""
    if link.device_digest == _ANY_DEVICE:
        return None
    if link.device_digest == "" and person.opened_at is None:
        link.device_digest = digest(device or new_token())
        link.save(update_fields=["device_digest"])
    elif link.device_digest != digest(device):
        raise LinkNotValidError
    token = new_token()
    _keep(person.pk, token, LinkChannel.LETTER, _ANY_DEVICE)
    return personal_link("panel", token=token)


def _tidy(token: str) -> str:
    """A letter's code as it was made, however it was typed."""
    code = _CODE.fullmatch(token)
    return "-".join(code.groups()).upper() if code else token


def note_opened(person: Panelist) -> None:
    """From now on no letter's link opens for the first time; the caller holds the person."""
    Panelist.objects.filter(pk=person.pk, opened_at=None).update(opened_at=timezone.now())


def end_letters(person: Panelist) -> None:
    """Another way in is used: nothing that came by paper is one any more."""
    person.links.filter(channel=LinkChannel.LETTER).delete()


def may_get_letter_link(person: Panelist) -> bool:
    """Nothing is answered, and nobody but the reader of a letter has come in."""
    if person.consented_at is not None:
        return False
    opened = person.links.filter(_OPENED_LETTER)
    return person.opened_at is None or opened.exists()


_OPENED_LETTER = Q(channel=LinkChannel.LETTER) & ~Q(device_digest="")


def issue_letter_link(person: Panelist) -> str:
    """A letter's link, in place of one that was opened; the caller holds the person."""
    person.links.filter(_OPENED_LETTER).delete()
    Panelist.objects.filter(pk=person.pk).update(opened_at=None, letter_at=timezone.now())
    return issue_link(person, LinkChannel.LETTER)
