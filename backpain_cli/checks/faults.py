"""What a check finds: a value that the reader of a folder turns into a problem with its place."""

from dataclasses import dataclass

from backpain_cli.document import ValuePath


@dataclass(frozen=True)
class Fault:
    """Something wrong with a record: which file and record, where in it, what, and how to mend it."""

    file: str
    """The file's name without its ending: `causes`."""
    id: str
    path: ValuePath
    message: str
    hint: str = ""
    is_warning: bool = False
    refers_to: str = ""
    """The file in which something is missing, for a reference that leads nowhere."""
