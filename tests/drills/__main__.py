"""`python -m tests.drills [NAME…] [--share 1.0]`: exit status 1 when an invariant is broken."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.drills.registry import all_drills, run
from tests.drills.site import Site

FOLDER = Path(".krunet/drill")


def main() -> int:
    arguments = _arguments()
    known = {each.name: each for each in all_drills()}
    unknown = set(arguments.name) - set(known)
    if unknown:
        sys.exit(f"There is no drill {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
    wanted = [known[name] for name in arguments.name or known]
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="site-", dir=FOLDER))
    all_hold = True
    with Site(folder, durable=True) as site:
        for each in wanted:
            outcome = run(each, site, share=arguments.share)
            print(outcome, flush=True)  # noqa: T201
            all_hold = all_hold and outcome.is_held
    if all_hold:
        shutil.rmtree(folder)
    else:
        print(f"The logs are in {folder}/log.")  # noqa: T201
    return 0 if all_hold else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.drills")
    parser.add_argument("name", nargs="*", help="which drills; all of them if none is named")
    parser.add_argument("--share", type=float, default=1.0, help="of each drill's full count")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
