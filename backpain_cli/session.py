"""One run of the guide: ask, assess, show; and let a person who leaves midway go with care."""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import FrameType

from backpain_cli.answers import write_answers
from backpain_cli.assess import assess
from backpain_cli.commands.shared import Format
from backpain_cli.errors import BackpainError, InterruptedGuideError
from backpain_cli.evidence import Answers
from backpain_cli.files import check_writable, write_file
from backpain_cli.interview import Asker, Interview, Screen, about_left
from backpain_cli.model import Knowledge, Level, Option, Question, QuestionKind, Region, Section
from backpain_cli.report.blocks import Block
from backpain_cli.report.console import complain, notices, show, write
from backpain_cli.report.result import result_blocks
from backpain_cli.report.session import intro, leaving
from backpain_cli.result import Assessment

NOT_FINISHED = "Not finished, so nothing was concluded. Nothing was saved."
SAVED_UNFINISHED = "Not finished, so nothing was concluded."
OFFER = Question(
    id="take-away",
    section=Section.TREATMENT,
    kind=QuestionKind.ONE_OF,
    text="Do you want this as a document, to keep or to show at your visit?",
    why="A document holds the whole result on two or three pages. It is written only if you say so.",
    options=(
        Option(id="no", text="No, thank you"),
        Option(id="html", text="Yes, as a page to read in a browser or print"),
        Option(id="txt", text="Yes, as plain text"),
    ),
)


@dataclass(frozen=True)
class Session:
    """What one run of the guide is given."""

    knowledge: Knowledge
    region: Region
    today: date
    given: Answers
    save: Path | None
    report: Path | None
    form: Format
    plain: bool
    quick: bool
    force: bool

    def assess(self, answers: Answers) -> Assessment:
        """Return the result of some answers."""
        return assess(self.knowledge, answers, self.today, self.region)


def run(session: Session, *, no_input: bool) -> None:
    """Hold the conversation, or only assess what was given; show the result and write what was asked for."""
    _check_files(session)
    if no_input:
        _finish(session, session.given)
    else:
        _hold(session)


def _hold(session: Session) -> None:
    """Hold the whole conversation, from the intro to the offer of a document."""
    asker = _choose_asker(session)
    about = about_left(session.knowledge, session.given, quick=session.quick)
    _say(intro(session.region, about, quick=session.quick, plain=session.plain), session)
    interview = Interview(session.knowledge, asker, session.given, quick=session.quick)
    try:
        with _leaving_on_signals():
            answers = interview.run()
    except (InterruptedGuideError, KeyboardInterrupt) as error:
        raise _leave(session, interview.answers, error) from None
    result = _finish(session, answers)
    if session.form is Format.TABLE and session.report is None and not session.quick:
        _offer_document(session, asker, result)


def _choose_asker(session: Session) -> Asker:
    # only a conversation needs a way to ask
    from backpain_cli.prompts import choose_asker  # noqa: PLC0415

    return choose_asker(plain=session.plain, environment=os.environ, stdin=sys.stdin, stdout=sys.stderr)


def _finish(session: Session, answers: Answers) -> Assessment:
    """Show the result, then write the files that were asked for."""
    result = session.assess(answers)
    _show(session, result)
    if session.save is not None:
        _save(session, answers)
    if session.report is not None:
        _write_document(session, result, session.report)
    return result


def _show(session: Session, result: Assessment) -> None:
    if session.form is Format.JSON:
        # only this form needs it
        from backpain_cli.report.json import as_json  # noqa: PLC0415

        write(as_json(result))
    elif session.form is Format.MARKDOWN:
        # only this form needs it
        from backpain_cli.report.markdown import as_markdown  # noqa: PLC0415

        write(as_markdown(result_blocks(result, session.knowledge)))
    else:
        # Rich costs 40 ms; JSON and Markdown need none
        from backpain_cli.report.tables import render  # noqa: PLC0415

        show(render(result_blocks(result, session.knowledge), plain=session.plain))


def _save(session: Session, answers: Answers) -> None:
    """Write the answers; where that fails they are shown, so that nothing is lost."""
    if session.save is None:
        return
    text = write_answers(answers)
    try:
        write_file(session.save, text, force=session.force)
    except BackpainError:
        complain(f"These are your answers, to copy:\n\n{text}")
        raise
    complain(f"Your answers are in {session.save}. Go on with: backpain guide --answers {session.save}")


def _write_document(session: Session, result: Assessment, path: Path) -> None:
    # Jinja2 costs 30 ms; only a document needs it
    from backpain_cli.report.documents import form_of, render_document  # noqa: PLC0415

    text = render_document(result, session.knowledge, session.region, form_of(path))
    write_file(path, text, force=session.force)
    complain(f"Your document is in {path}.")


def _offer_document(session: Session, asker: Asker, result: Assessment) -> None:
    """Offer a document after a result; leaving here loses nothing."""
    if result.triage.level is Level.EMERGENCY:
        return
    with suppress(InterruptedGuideError, KeyboardInterrupt):
        wanted = asker.ask(Screen(OFFER, number=0, about=0, why=OFFER.why))
        if wanted in ("html", "txt"):
            _write_document(session, result, Path(f"back-pain-{session.today}.{wanted}"))


def _check_files(session: Session) -> None:
    """Raise at once where a file could not be written at the end."""
    if session.report is not None:
        # only a document needs it
        from backpain_cli.report.documents import form_of  # noqa: PLC0415

        form_of(session.report)
    for path in (session.save, session.report):
        if path is not None:
            check_writable(path, force=session.force)


def _leave(
    session: Session, answers: Answers, error: InterruptedGuideError | KeyboardInterrupt
) -> InterruptedGuideError:
    """Return the error to end with, once a danger sign is told and the answers are kept."""
    # a closed terminal cannot be written to, and that must not keep the answers from being saved
    with suppress(OSError):
        _say(leaving(session.assess(answers), session.knowledge), session)
    if session.save is not None:
        _save(session, answers)
    words = NOT_FINISHED if session.save is None else SAVED_UNFINISHED
    code = error.exit_code if isinstance(error, InterruptedGuideError) else None
    return InterruptedGuideError(words, exit_code=code)


def _say(blocks: Iterable[Block], session: Session) -> None:
    # Rich costs 40 ms; a headless run needs none
    from backpain_cli.report.tables import render  # noqa: PLC0415

    told = list(blocks)
    if told:
        notices().print(render(told, plain=session.plain), end="\n\n")


@contextmanager
def _leaving_on_signals() -> Iterator[None]:
    """Turn a closed terminal or a request to stop into leaving, as Ctrl-C is."""

    def leave(number: int, _: FrameType | None) -> None:
        raise InterruptedGuideError("left", exit_code=128 + number)

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    former = {name: signal.signal(getattr(signal, name), leave) for name in names}
    try:
        yield
    finally:
        for name, handler in former.items():
            signal.signal(getattr(signal, name), handler)
