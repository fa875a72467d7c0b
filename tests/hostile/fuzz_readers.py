"""A longer run than hypothesis makes, guided by coverage: atheris on all that reads a stranger's file.

Give it options of libFuzzer, such as -max_total_time=600, and last a folder for what it finds.
"""

import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]  # not among the packages for tests

with atheris.instrument_imports(include=["backpain_cli"]):
    from backpain_cli.answers import read_answers
    from backpain_cli.assess import assess
    from backpain_cli.batch import Line, Setting, assess_line
    from backpain_cli.errors import BackpainError, ProblemsError
    from backpain_cli.folder import lay_over, read_folder
    from backpain_cli.model import RECORD_TYPES
    from backpain_cli.report.problems import as_text

from tests.safety.real import DAY, GB, KNOWLEDGE

FOLDER = Path(__file__).parents[1] / "tiny_knowledge"
TINY = read_folder(FOLDER)
KINDS = sorted(RECORD_TYPES)
SETTING = Setting(KNOWLEDGE, DAY, GB)


def read(data: bytes) -> None:
    """Read the data as what its first byte says; only an error that is told in words may come of it."""
    kind, text = data[:1] or b"\0", data[1:]
    place = ord(kind) % (len(KINDS) + 2)
    with TemporaryDirectory() as folder, suppress(BackpainError):
        if place == len(KINDS):
            assess_line(SETTING, Line(1, text))
        elif place > len(KINDS):
            path = Path(folder, "answers.yaml")
            path.write_bytes(text)
            assess(KNOWLEDGE, read_answers(path, KNOWLEDGE), DAY, GB)
        else:
            Path(folder, f"{KINDS[place]}.yaml").write_bytes(text)
            _lay_over(Path(folder))


def _lay_over(folder: Path) -> None:
    try:
        lay_over(TINY, folder)
    except ProblemsError as error:
        as_text(error)


def seed(folder: Path) -> None:
    """Write what can be read into the folder for findings, to begin from."""
    folder.mkdir(exist_ok=True)
    answers = b'{"nerves": ["leg-weakness", "leg-numbness?"], "age": 35, "when": "over-3-months"}'
    texts = [(FOLDER / f"{kind}.yaml").read_bytes()[:2000] for kind in KINDS] + [answers, answers]
    for place, text in enumerate(texts):
        (folder / f"seed-{place}").write_bytes(bytes([place]) + text)


if __name__ == "__main__":
    seed(Path(sys.argv[-1]))
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
