"""That a recorder enters an answer, or that the panelist gives it: what each write notes of it.

It stands beside participation and never at an answer. Called while round and person are held.
"""

from consensus.credentials import Entry
from consensus.errors import RecorderNotNamedError, RoundNotOpenError
from consensus.models import Panelist, Round, Study
from consensus.participation import Recording
from consensus.queries.recordings import is_recorder
from consensus.queries.rounds import has_answers


def hold_right(panelist: Panelist, entry: Entry) -> None:
    """Keep the recorder a recorder until this transaction ends. Raises RecorderNotNamedError.

    Whoever is being made the facilitator waits, and is then found to have entered answers.
    """
    held = "SELECT * FROM consensus_study WHERE id = %s FOR SHARE"
    (study,) = Study.objects.raw(held, [panelist.study_id])
    if not is_recorder(study, entry.recorder):
        raise RecorderNotNamedError


def note_entry(panelist: Panelist, round_: Round, entry: Entry | None) -> None:
    """Note through whom an answer comes, of those of this person in this round.

    A recorder came in for one round; another does not take it. Raises RoundNotOpenError.
    """
    noted = Recording.objects.filter(panelist=panelist.pk, round=round_.pk)
    if entry is None:
        noted.filter(is_mixed=False).update(is_mixed=True)
        return
    if entry.round != round_.pk:
        raise RoundNotOpenError
    before = noted.first()
    if before is None:
        is_mixed = has_answers(round_, panelist.seat_id)
    else:
        is_mixed = before.is_mixed or before.recorder_id != entry.recorder
    Recording.objects.update_or_create(
        panelist=panelist,
        round=round_,
        defaults={"recorder_id": entry.recorder, "way": entry.way, "is_mixed": is_mixed},
    )
