"""What a made file is, and the types of which there are."""

from dataclasses import dataclass

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "json": "application/json",
}


@dataclass(frozen=True)
class MadeFile:
    """A file's name, its content, and of which type (the name's ending) it is."""

    name: str
    content: bytes

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.name.rsplit(".", 1)[-1]]
