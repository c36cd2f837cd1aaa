"""`python -m backend.embedded run`, `… test -- COMMAND`, `… with --folder NAME -- COMMAND`."""

import argparse
import sys

from backend.embedded.command import run_with_servers
from backend.embedded.interrupt import Interrupted, ignore_signals, raise_on_signals
from backend.embedded.process import EmbeddedError, adopt_orphans, sweep
from backend.embedded.supervisor import FOLDER, SETTINGS, run


def main() -> int:
    """Return the exit status; whatever we started has ended by then."""
    own, command = _split(sys.argv[1:])
    arguments = _parser().parse_args(own)
    if (arguments.mode == "run") == bool(command):
        sys.exit("A command follows after --, except for run.")
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    raise_on_signals()
    adopt_orphans()
    try:
        return _act(arguments, command)
    except EmbeddedError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{error.strerror}: {error.filename}" if error.filename else str(error))
    except Interrupted as interruption:
        return 0 if arguments.mode == "run" else 128 + interruption.sign
    finally:
        ignore_signals()
        sweep()


def _act(arguments: argparse.Namespace, command: list[str]) -> int:
    if arguments.mode == "run":
        run()
    if arguments.mode == "test":
        return run_with_servers(
            command, folder=FOLDER / "test", durable=False, settings="backend.settings.test"
        )
    return run_with_servers(
        command, folder=FOLDER / arguments.folder, durable=arguments.durable, settings=SETTINGS
    )


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in words:
        return words, []
    border = words.index("--")
    return words[:border], words[border + 1 :]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m backend.embedded")
    modes = parser.add_subparsers(dest="mode", required=True)
    modes.add_parser("run", help="start KruNet; DATABASE_URL and REDIS_URL replace our servers")
    modes.add_parser("test", help="run a command beside throwaway servers in .krunet/test")
    beside = modes.add_parser("with", help="run a command beside servers in a folder of .krunet")
    beside.add_argument("--folder", default="with", help="the folder's name (%(default)s)")
    beside.add_argument("--durable", action="store_true", help="let the data survive a power cut")
    return parser


def _fail(sentence: str) -> int:
    print(f"KruNet: {sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
