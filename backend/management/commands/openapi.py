"""`manage.py openapi`: write the two OpenAPI documents; with --check see that they are fresh and
break no front end that is out in the world."""

import subprocess
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from drf_spectacular.drainage import GENERATOR_STATS

from backend.compatibility import breaking_changes
from backend.documentation import as_yaml

FOLDER = "docs/openapi"
FILES = {"area.yaml": "backend.urls_area", "platform.yaml": "backend.urls_platform"}
ACCEPTED = "accepted-breaks.txt"

# Whose documents front ends were made from: the last release, or before the first one, main.
_RELEASES = (
    ["describe", "--tags", "--abbrev=0", "--match=v*"],
    ["merge-base", "HEAD", "main"],
    ["merge-base", "HEAD", "origin/main"],
)


class Command(BaseCommand):
    help = "Write docs/openapi/{area,platform}.yaml"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="fail if a file is out of date or breaks clients"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / FOLDER
        for name, urlconf in FILES.items():
            made = as_yaml(urlconf)
            if GENERATOR_STATS:
                raise CommandError(f"{name}: the generator has something to say, see above.")
            if not options["check"]:
                (folder / name).write_bytes(made)
            elif (folder / name).read_bytes() != made:
                raise CommandError(f"{FOLDER}/{name} is out of date: run `make docs`.")
        breaks = self._new_breaks(folder)
        if breaks and options["check"]:
            raise CommandError(breaks)
        if breaks:
            self.stdout.write(breaks)

    def _new_breaks(self, folder: Path) -> str:
        """What to say about breaks that nobody has accepted; empty if there are none."""
        release = next(filter(None, map(_git, _RELEASES)), None)
        if release is None:
            return "No release and no main branch here: compared with nothing."
        accepted = set((folder / ACCEPTED).read_text("utf-8").splitlines())
        breaks = [each for each in _breaks_since(release, folder) if each not in accepted]
        if not breaks:
            return ""
        told = "\n".join(breaks)
        return (
            f"Front ends made from {release[:12]} would break:\n{told}\n"
            f"Keep what they use; or, if it must be, add these lines to {FOLDER}/{ACCEPTED}."
        )


def _breaks_since(release: str, folder: Path) -> list[str]:
    breaks = []
    for name in FILES:
        released = _git(["show", f"{release}:{FOLDER}/{name}"])
        if released is not None:
            before, after = _read(released), _read((folder / name).read_text("utf-8"))
            breaks += [f"{name}: {each}" for each in breaking_changes(before, after)]
    return breaks


def _read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _git(arguments: list[str]) -> str | None:
    """What git says; None where it has nothing to say, or is not here."""
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            cwd=settings.BASE_DIR,
            capture_output=True,
            check=False,
            text=True,
        )
    except FileNotFoundError:
        return None
    return done.stdout.strip() or None if done.returncode == 0 else None
