"""Writing a file for the person: whole or not at all, for their eyes only, never over another."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from backpain_cli.errors import BackpainError

KEPT = "it was left as it is; name another file, or add --force to replace it"


def check_writable(path: Path, *, force: bool) -> None:
    """Raise BackpainError where a file could not be written later, before anything is asked."""
    if not path.parent.is_dir():
        raise BackpainError(f"there is no folder {path.parent}", "make it first, or name another file")
    if path.is_dir():
        raise BackpainError(f"{path} is a folder", "name a file")
    if not force and os.path.lexists(path):
        raise BackpainError(f"{path} is there already", KEPT)
    if not os.access(path.parent, os.W_OK):
        raise BackpainError(f"nothing can be written in {path.parent}", "name a file in another folder")


def write_file(path: Path, text: str, *, force: bool) -> None:
    """Write a text to a file of mode 0600, or raise BackpainError and leave everything as it was.

    The text goes to a temporary file beside it first, so that a full disk or a kill leaves either
    the old file or the new one. A link is replaced, not followed.
    """
    check_writable(path, force=force)
    try:
        temporary = _write_beside(path, text)
        try:
            _put_in_place(temporary, path, force=force)
        finally:
            with suppress(FileNotFoundError):
                temporary.unlink()
    except FileExistsError:
        raise BackpainError(f"{path} is there already", KEPT) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise BackpainError(f"{path} was not written: {reason}", "name a file elsewhere") from None


def _write_beside(path: Path, text: str) -> Path:
    # mkstemp gives mode 0600 from the first byte
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


def _put_in_place(temporary: Path, path: Path, *, force: bool) -> None:
    if force:
        temporary.replace(path)
        return
    try:
        # a hard link fails where a file appeared meanwhile; a rename would replace it
        os.link(temporary, path)
    except (PermissionError, NotImplementedError):
        # some file systems know no hard links
        if os.path.lexists(path):
            raise FileExistsError(str(path)) from None
        temporary.replace(path)
