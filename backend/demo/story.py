"""The demonstration: KruNet's main job, done over the public HTTP API alone, on real input.

Run it again and it goes on where it stopped: what exists is found, not made twice.
"""

import json
from pathlib import Path

import httpx

from backend.demo.area import furnish
from backend.demo.delphi import check_verdict, judge_plan
from backend.demo.network import adopt_plan, sign_agreement, submit_plan
from backend.demo.onboarding import BURIRAM, RANONG, onboard
from backend.demo.recount import compare
from backend.demo.trial import open_trial
from backend.demo.visitor import Visitor, say, together
from backend.demo.year import certify, log, meet, supervise, train

MODEL_FILE = Path(__file__).parent / "data" / "buriram4_model.json"
OPERATOR = "operator@krunet.example"
TEACHERS = 2_000


def tell(address: str, host: str, operator_password: str, *, teachers: int = TEACHERS) -> None:
    """All five parts, with progress on the screen. `address` is where the server listens."""
    model = json.loads(MODEL_FILE.read_text("utf-8"))
    with httpx.Client(base_url=address, timeout=60) as http:
        platform = Visitor(http, host)
        operator = platform.signed_in(OPERATOR, operator_password)

        say("1  Two offices apply, prove their address, are approved and become areas")
        admin, _ = together(lambda each: onboard(platform, operator, each), (BURIRAM, RANONG))

        say("2  The office enters its schools (real), clusters and staff (synthetic) from sheets")
        cast = furnish(platform, admin, teachers=teachers)

        say("3  A cluster's year: agreement, plan, training, supervision, committee, log")
        sign_agreement(cast)
        version = submit_plan(cast, model)
        train(cast)
        supervise(cast)
        meet(cast)
        log(cast)
        certify(cast, platform)

        say("4  Experts judge the plan (synthetic ratings)")
        judge_plan(platform, cast, version, model)
        check_verdict(cast.officer, version, model)
        adopt_plan(cast, version)
        open_trial(platform, cast, model)

        say("5  The area's dashboard, against a recount of the API's lists")
        compare(cast.officer)
