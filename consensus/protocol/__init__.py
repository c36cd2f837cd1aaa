"""The protocol of a study: what was promised before the first answer came in.

Stored as JSON, complete with its defaults, and sealed; read through `parse_protocol`.
"""

from consensus.protocol.dumping import dump_protocol
from consensus.protocol.model import (
    FIXED,
    RANKABLE,
    SMALLEST_SHOWN,
    CertificationPlan,
    PlannedRound,
    Protocol,
    Wording,
)
from consensus.protocol.parsing import parse_protocol
from consensus.protocol.steps import Step, steps_of

__all__ = [
    "FIXED",
    "RANKABLE",
    "SMALLEST_SHOWN",
    "CertificationPlan",
    "PlannedRound",
    "Protocol",
    "Step",
    "Wording",
    "dump_protocol",
    "parse_protocol",
    "steps_of",
]
