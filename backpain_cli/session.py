"""One run of the guide: ask, assess, show; and let a person who leaves midway go with care."""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from types import FrameType

from msgspec import Struct
from msgspec.structs import replace

from backpain_cli.answers import write_answers
from backpain_cli.assess import assess
from backpain_cli.errors import BackpainError, ExitCode, InterruptedGuideError
from backpain_cli.evidence import Answers
from backpain_cli.files import check_writable, write_file
from backpain_cli.interview import Asker, Interview, Move, Screen, about_left
from backpain_cli.model import Knowledge, Level, Option, Question, QuestionKind, Region, Section
from backpain_cli.report.blocks import Block
from backpain_cli.report.card import card
from backpain_cli.report.console import complain, notices, show, write
from backpain_cli.report.details import details
from backpain_cli.report.form import Format
from backpain_cli.report.result import result_blocks
from backpain_cli.report.session import intro, leaving
from backpain_cli.report.summary import first_screen
from backpain_cli.result import Assessment

NOT_FINISHED = "Not finished, so nothing was concluded."
NOT_SAVED = "Nothing was saved."
WHAT_NEXT = Screen(
    Question(
        id="what-next",
        section=Section.TREATMENT,
        kind=QuestionKind.ONE_OF,
        label="Next",
        text="What would you like to do next?",
        why="",
        options=(
            Option(id="details", text="Read the details here"),
            Option(id="html", text="Write a document to print, or to show at a visit (.html)"),
            Option(id="txt", text="Write it as plain text (.txt)"),
            Option(id="finish", text="Finish"),
        ),
    ),
    why="The details say why each cause fits, how to do each treatment, and where it comes from.",
)


class Session(Struct, frozen=True):
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
    no_input: bool

    @property
    def offers_more(self) -> bool:
        """Say whether the screen that says it all comes first, and the rest on request."""
        return not self.no_input and self.form is Format.TABLE and not self.quick

    def assess(self, answers: Answers) -> Assessment:
        """Return the result of some answers."""
        return assess(self.knowledge, answers, self.today, self.region)


def run(session: Session) -> None:
    """Hold the conversation, or only assess what was given; show the result and write what was asked for."""
    _check_files(session)
    if session.no_input:
        _finish(session, session.given)
    else:
        _hold(session)


def _hold(session: Session) -> None:
    """Hold the whole conversation, from the intro to the offer of a document."""
    asker = _choose_asker(session)
    about = about_left(session.knowledge, session.given, quick=session.quick)
    _say(intro(session.region, about, quick=session.quick, plain=session.plain), session)
    interview = Interview(session.knowledge, asker, session.given, quick=session.quick)
    with _leaving_on_signals() as signals:
        try:
            answers = interview.run()
            signals.leave_if_asked()
        except (InterruptedGuideError, KeyboardInterrupt, OSError):
            # neither a danger sign nor the answers may be lost by a second Ctrl-C
            signals.are_heeded = False
            # a terminal that is gone cannot be asked at
            raise _leave(session, interview.answers, signals.exit_code) from None
    _leave_a_line(session)
    result = _finish(session, answers)
    if session.offers_more and result.triage.level is not Level.EMERGENCY:
        with _leaving_on_signals() as signals:
            _go_on(session, asker, result)
        if signals.exit_code != ExitCode.INTERRUPTED:
            raise InterruptedGuideError("You left after the result.", exit_code=signals.exit_code)


def _choose_asker(session: Session) -> Asker:
    # only a conversation needs a way to ask
    from backpain_cli.prompts import choose_asker  # noqa: PLC0415

    return choose_asker(plain=session.plain, environment=os.environ, stdin=sys.stdin, stdout=sys.stderr)


def _finish(session: Session, answers: Answers) -> Assessment:
    """Show the result, then write the files that were asked for, also where nobody can see the result."""
    result = session.assess(answers)
    try:
        _show(session, result)
    finally:
        _write_files(session, answers, result)
    return result


def _write_files(session: Session, answers: Answers, result: Assessment) -> None:
    if session.save is not None:
        _save(session, answers)
    if session.report is not None:
        _write_document(session, result, session.report)


def _show(session: Session, result: Assessment) -> None:
    if session.form is Format.JSON:
        # only this form needs it
        from backpain_cli.report.json import as_json  # noqa: PLC0415

        write(as_json(result))
    elif session.form is Format.MARKDOWN:
        # only this form needs it
        from backpain_cli.report.markdown import as_markdown  # noqa: PLC0415

        write(as_markdown(_shown(session, result)))
    else:
        _print(_shown(session, result), session)


def _shown(session: Session, result: Assessment) -> Iterator[Block]:
    """Return what to show of a result: how soon alone, the screen that says it all, or everything."""
    if result.triage.level is Level.EMERGENCY:
        return result_blocks(result, session.knowledge)
    if session.quick:
        return card(result, session.knowledge)
    if session.offers_more:
        return first_screen(result, session.knowledge)
    return result_blocks(result, session.knowledge)


def _print(blocks: Iterable[Block], session: Session) -> None:
    # Rich costs 40 ms; JSON and Markdown need none
    from backpain_cli.report.tables import render  # noqa: PLC0415

    show(render(blocks, plain=session.plain))


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
    complain(f"Your answers are in {session.save}\nGo on with: backpain guide --answers {session.save}")


def _write_document(session: Session, result: Assessment, path: Path) -> None:
    # Jinja2 costs 30 ms; only a document needs it
    from backpain_cli.report.documents import form_of, render_document  # noqa: PLC0415

    text = render_document(result, session.knowledge, session.region, form_of(path))
    write_file(path, text, force=session.force)
    complain(f"Your document is in {path}")


def _go_on(session: Session, asker: Asker, result: Assessment) -> None:
    """Offer the details and a document until the person has done; leaving here loses nothing."""
    # the headline again, since a low terminal has moved it out of sight
    offer = replace(WHAT_NEXT, title=f"{result.triage.headline}. Your result is above")
    with suppress(InterruptedGuideError, KeyboardInterrupt, OSError):
        while (wish := asker.ask(offer)) not in {"finish", Move.BACK}:
            if wish == "details":
                _leave_a_line(session)
                _print(details(result, session.knowledge), session)
            else:
                _write_offered(session, result, Path(f"back-pain-{session.today}.{wish}"))


def _write_offered(session: Session, result: Assessment, path: Path) -> None:
    """Write the document that was offered; what keeps it from being written is only told."""
    try:
        _write_document(session, result, path)
    except BackpainError as error:
        complain(f"{error.message}. {error.hint}")


def _check_files(session: Session) -> None:
    """Raise at once where a file could not be written at the end."""
    if session.report is not None:
        # only a document needs it
        from backpain_cli.report.documents import form_of  # noqa: PLC0415

        form_of(session.report)
    for path in (session.save, session.report):
        if path is not None:
            check_writable(path, force=session.force)


def _leave(session: Session, answers: Answers, code: int) -> InterruptedGuideError:
    """Return the error to end with, once a danger sign is told and the answers are kept."""
    # a closed terminal cannot be written to, and that must not keep the answers from being saved
    with suppress(OSError):
        _say(leaving(session.assess(answers), session.knowledge), session)
    if session.save is not None:
        _save(session, answers)
    return InterruptedGuideError(NOT_FINISHED, NOT_SAVED if session.save is None else "", exit_code=code)


def _leave_a_line(session: Session) -> None:
    """Part what comes from the answers above it; plain lines are parted already."""
    if not session.plain:
        complain("")


def _say(blocks: Iterable[Block], session: Session) -> None:
    # Rich costs 40 ms; a headless run needs none
    from backpain_cli.report.tables import render  # noqa: PLC0415

    told = list(blocks)
    if told:
        notices().print(render(told, plain=session.plain), end="\n\n")


class _Signals:
    """Turns Ctrl-C, a closed terminal and a request to stop into leaving, for as long as they are heeded."""

    def __init__(self) -> None:
        self.are_heeded = True
        self._first: int | None = None

    def leave(self, number: int, _: FrameType | None) -> None:
        """Note the first signal, and leave."""
        if self.are_heeded:
            self._first = self._first or number
            # the one thing that an event loop lets through wherever it is
            raise KeyboardInterrupt

    def leave_if_asked(self) -> None:
        """Leave where a way of asking kept a signal to itself."""
        if self._first is not None:
            raise KeyboardInterrupt

    @property
    def exit_code(self) -> int:
        """Return the exit code of a program that leaves because of these signals."""
        return 128 + (self._first or signal.SIGINT)


@contextmanager
def _leaving_on_signals() -> Iterator[_Signals]:
    """Take the signals by which a person or a machine asks to stop; give what becomes of them."""
    signals = _Signals()
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    former = {name: signal.signal(getattr(signal, name), signals.leave) for name in names}
    try:
        yield signals
    finally:
        for name, handler in former.items():
            signal.signal(getattr(signal, name), handler)
