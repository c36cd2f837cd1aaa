"""Delphi studies. Who someone is (Panelist, `consensus.participation`) and what was answered
(everything that hangs on a PanelSeat) stand apart: ratings have random ids, carry no time and name
no person."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone

import consensus.participation  # noqa: F401  (further tables of this room)
from accounts.enums import Language
from accounts.models import User
from clusters.enums import Validation
from clusters.models import PlanVersion
from consensus.enums import (
    EntryWay,
    ItemOrigin,
    PanelistState,
    PanelKind,
    RoundKind,
    RoundStatus,
    StudyStatus,
)
from core.ids import new_id
from core.models import Resource

SECTION_LENGTH = 160  # a name as well as a code: the model's own stages have 44 characters


class Study(Resource):
    """A Delphi study of one exact plan version, or of items of its own."""

    title = models.CharField(max_length=200)
    plan_version = models.ForeignKey(
        PlanVersion, null=True, on_delete=models.PROTECT, related_name="studies", db_index=False
    )
    plan_hash = models.CharField(max_length=64, default="")  # of the content that is judged
    facilitator = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    second_coder = models.ForeignKey(  # codes the same answers, so that agreement shows
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # Ids of users who enter what panelists answer in interviews, on paper or by chat.
    recorders = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    status = models.CharField(max_length=20, choices=StudyStatus, default=StudyStatus.DRAFT)
    protocol = models.JSONField()  # complete: consensus.protocol.dump_protocol
    seal = models.CharField(max_length=64, default="")  # SHA-256, see consensus.sealing
    sealed_at = models.DateTimeField(null=True)
    deviations = models.JSONField(default=list)  # [{kind, reason, at}] after the seal
    verdict = models.CharField(max_length=15, choices=Validation, default=Validation.NOT_VALIDATED)
    reasons = models.JSONField(default=list)  # [{code, th, en}] why it was returned or abandoned

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "abandoned"])
                | (~Q(seal="") & Q(sealed_at__isnull=False, facilitator__isnull=False)),
                name="study_runs_sealed",
            ),
            models.CheckConstraint(
                condition=Q(plan_version__isnull=True, plan_hash="")
                | (Q(plan_version__isnull=False) & ~Q(plan_hash="")),
                name="study_bound_to_content",
            ),
        ]


class StudyItem(Resource):
    """A statement that the panel rates."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="items", db_index=False)
    position = models.IntegerField()
    section = models.CharField(max_length=SECTION_LENGTH, default="", blank=True)
    text = models.CharField(max_length=1_000)
    origin = models.CharField(max_length=10, choices=ItemOrigin, default=ItemOrigin.GIVEN)
    plan_item = models.UUIDField(null=True)  # a line of the (frozen) plan version
    history = models.JSONField(default=list)  # [{kind, text, by, at}] earlier words, merged items
    # The last round that was held with it, if it was dropped then; what was frozen stays.
    dropped_after = models.SmallIntegerField(null=True)
    dropped_why = models.CharField(max_length=1_000, default="", db_default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "position"], name="study_item_position")
        ]


class Round(Resource):
    """One pass of the panel or of the certifiers: open, then closed; never back."""

    study = models.ForeignKey(
        Study, on_delete=models.CASCADE, related_name="rounds", db_index=False
    )
    number = models.SmallIntegerField()
    kind = models.CharField(max_length=15, choices=RoundKind)
    status = models.CharField(max_length=10, choices=RoundStatus, default=RoundStatus.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField(null=True)  # from then on no answer is taken
    closed_at = models.DateTimeField(null=True)
    reminder_count = models.SmallIntegerField(default=0, db_default=0)
    results = models.JSONField(null=True)  # frozen at closing, never computed again

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "number"], name="round_number"),
            models.UniqueConstraint(
                fields=["study"], condition=Q(status="open"), name="round_one_open_per_study"
            ),
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True, results__isnull=True)
                | Q(status="closed", closed_at__isnull=False, results__isnull=False)
                | Q(status="discarded", closed_at__isnull=False, results__isnull=True),
                name="round_frozen_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opened_at")),
                name="round_times",
            ),
        ]


class PanelSeat(models.Model):
    """A pseudonym. Knows no name and no time; answers hang on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="seats", db_index=False)
    kind = models.CharField(max_length=10, choices=PanelKind)
    expertise = models.CharField(max_length=80, default="")
    finished_round = models.SmallIntegerField(default=0)  # the last round they said they finished

    def __str__(self) -> str:
        return str(self.pk)


class Panelist(Resource):
    """A person whom the study asked. Read to invite, to remind and to let them answer."""

    study = models.ForeignKey(
        Study, on_delete=models.CASCADE, related_name="panelists", db_index=False
    )
    seat = models.OneToOneField(PanelSeat, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=PanelKind)
    name = models.CharField(max_length=160)
    email = models.EmailField(default="", blank=True)
    expertise = models.CharField(max_length=80, default="", blank=True)
    state = models.CharField(max_length=10, choices=PanelistState, default=PanelistState.INVITED)
    language = models.CharField(
        max_length=2, choices=Language, default=Language.THAI, db_default=Language.THAI
    )
    consented_at = models.DateTimeField(null=True)
    consent_way = models.CharField(  # empty: on their own page
        max_length=10, choices=EntryWay, default="", db_default="", blank=True
    )
    letter_at = models.DateTimeField(null=True)  # when the last official letter was made
    opened_at = models.DateTimeField(null=True)  # when someone first came in: actions.links
    # Answers up to this round were given before the address was changed: no link shows them.
    unseen_to = models.SmallIntegerField(default=0, db_default=0)
    conflict_of_interest = models.CharField(max_length=1_000, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "study", Lower("email"), condition=~Q(email=""), name="panelist_once_per_study"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(consented_at__isnull=False),
                name="panelist_consented",
            ),
        ]


class _Answer(models.Model):
    """What a seat answered in a round. A random id and no time, so that no order shows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+", db_index=False)
    seat = models.ForeignKey(PanelSeat, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class Rating(_Answer):
    """A score, or "no opinion"; neither is no answer yet, perhaps with a comment.

    `first_score` is kept in real time alone, 0 for "no opinion": nobody sees the group before the
    own first answer.
    """

    item = models.ForeignKey(StudyItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    score = models.SmallIntegerField(null=True)
    first_score = models.SmallIntegerField(null=True)
    no_opinion = models.BooleanField(default=False)
    comment = models.CharField(max_length=2_000, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "item", "seat"], name="rating_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, no_opinion=False),
                name="rating_score_or_no_opinion",
            ),
        ]


class WithheldComment(models.Model):
    """That the panel may not see a comment, or pieces of it, because it gives somebody away.

    The rating keeps the words as they were written.
    """

    rating = models.OneToOneField(
        Rating, primary_key=True, on_delete=models.CASCADE, related_name="withheld"
    )
    text = models.CharField(max_length=2_000)  # the words that were judged
    pieces = models.JSONField()  # [[start, end)] in their order; none: all of it

    def __str__(self) -> str:
        return str(self.pk)


class FeedbackSnapshot(models.Model):
    """What the panel sees of one item of a real-time round until the next one is taken.

    `answers` ({seat: score}) is what the next one is held against, so that it never tells what
    fewer than five changed (decision 37); it leaves no more than the ratings do. No time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+", db_index=False)
    item = models.ForeignKey(StudyItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.SmallIntegerField()
    changed = models.SmallIntegerField()  # panelists who answered differently than before
    answers = models.JSONField()
    summary = models.JSONField()
    comments = models.JSONField()  # [[rating id, words]]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "item", "number"], name="snapshot_number")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class TextAnswer(_Answer):
    """Free text to one prompt of an open-ended round."""

    prompt = models.CharField(max_length=40)
    text = models.CharField(max_length=10_000)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "seat", "prompt"], name="text_answer_once")
        ]


class Fragment(models.Model):
    """The verbatim piece [start, end) of an answer, with its theme and the item it became part of.

    A coder gives pieces a theme, themes are merged into items; a piece that an item was made from
    at once has no theme.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(
        StudyItem, null=True, on_delete=models.CASCADE, related_name="fragments"
    )
    text_answer = models.ForeignKey(
        TextAnswer, on_delete=models.PROTECT, related_name="fragments", db_index=False
    )
    theme = models.CharField(max_length=120, default="", blank=True)
    start = models.IntegerField()
    end = models.IntegerField()
    coder = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["text_answer", "start", "end", "theme", "coder", "item"],
                nulls_distinct=False,
                name="fragment_once",
            ),
            models.CheckConstraint(
                condition=Q(start__gte=0, end__gt=F("start")), name="fragment_span"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CertificationAnswer(_Answer):
    """A certifier's answer on one criterion, of the whole (`part` empty) or of one section."""

    part = models.CharField(max_length=SECTION_LENGTH, default="")
    criterion = models.CharField(max_length=40)
    value = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "seat", "part", "criterion"], name="certification_answer_once"
            )
        ]
