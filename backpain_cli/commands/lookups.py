"""The commands that look something up: causes, treatments, prevention, red-flags, sources, overview, faq."""

import os
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain
from typing import Annotated, NamedTuple, TypeVar

import typer

from backpain_cli.commands.shared import Form, Plain, local_folder
from backpain_cli.errors import BackpainError
from backpain_cli.knowledge import load, load_records
from backpain_cli.model import Cause, Faq, Knowledge, Record, Stage, Treatment, TreatmentType
from backpain_cli.regions import find_region
from backpain_cli.report import lookups, reference_lookups, treatment_lookups
from backpain_cli.report.blocks import Block
from backpain_cli.report.console import clean, show, wants_plain, write
from backpain_cli.report.form import Format
from backpain_cli.report.local import local_among, local_line
from backpain_cli.report.lookup_parts import View

R = TypeVar("R", bound=Record)


class Look(NamedTuple):
    """How the result is to be shown."""

    form: Format
    plain: bool


def complete_causes(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the causes that a half-written word may stand for, each with its name."""
    return _completions(ctx, incomplete, Cause)


def complete_treatments(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the treatments that a half-written word may stand for, each with its name."""
    return _completions(ctx, incomplete, Treatment)


WHICH = "One to see whole; all of them when left out."

Name = Annotated[list[str] | None, typer.Argument(metavar="[NAME]", help=WHICH, show_default=False)]
CauseName = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NAME]", help=WHICH, show_default=False, autocompletion=complete_causes),
]
TreatmentName = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NAME]", help=WHICH, show_default=False, autocompletion=complete_treatments),
]
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORDS]...", help="What you want to know; all questions when left out.", show_default=False
    ),
]
ForCause = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar="CAUSE",
        help="Only what is used for this cause.",
        show_default=False,
        autocompletion=complete_causes,
    ),
]
OfType = Annotated[
    TreatmentType | None, typer.Option("--type", help="Only one type of treatment.", show_default=False)
]
AtStage = Annotated[
    Stage | None, typer.Option("--stage", help="What is best at this stage comes first.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the look-up commands to an app, in the order in which its help lists them."""
    for name, command, help_line in (
        ("causes", causes, "What back pain can come from."),
        ("treatments", treatments, "What can help, and what is known."),
        ("prevention", prevention, "Making the next time less likely."),
        ("red-flags", red_flags, "Signs that may mean danger."),
        ("faq", faq, "Questions people ask, answered."),
        ("overview", overview, "The main points."),
        ("sources", sources, "What this guide rests on."),
    ):
        # the short help is given, for a help that Typer shortens ends in the middle of a sentence
        app.command(name, help=help_line, short_help=help_line)(command)


def causes(
    ctx: typer.Context, name: CauseName = None, form: Form = Format.TABLE, *, plain: Plain = False
) -> None:
    """Show what back pain can come from."""
    knowledge = _knowledge(ctx, name, "causes")
    view = View("cause", lookups.cause_list, lookups.cause_detail)
    _look_up(knowledge, knowledge.causes, name, view, Look(form, plain))


def treatments(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: typer.Context,
    name: TreatmentName = None,
    kind: OfType = None,
    cause: ForCause = None,
    stage: AtStage = None,
    form: Form = Format.TABLE,
    *,
    plain: Plain = False,
) -> None:
    """Show what can help."""
    knowledge = _knowledge(ctx, name, "treatments", "causes")
    found = knowledge.treatments
    if not name:
        found = _of_type(_for_cause(knowledge, cause), kind)
    if stage:
        found = treatment_lookups.in_order(found, stage)
    _look_up(knowledge, found, name, treatment_lookups.treatment_view(stage), Look(form, plain))


def prevention(
    ctx: typer.Context, name: Name = None, form: Form = Format.TABLE, *, plain: Plain = False
) -> None:
    """Show how to make the next time less likely."""
    knowledge = _knowledge(ctx, name, "prevention")
    view = View("way to prevent back pain", lookups.prevention_list, lookups.prevention_detail)
    _look_up(knowledge, knowledge.prevention, name, view, Look(form, plain))


def red_flags(
    ctx: typer.Context, name: Name = None, form: Form = Format.TABLE, *, plain: Plain = False
) -> None:
    """Show the signs that may mean danger."""
    knowledge = _knowledge(ctx, name, "red_flags", "regions")
    region = find_region(knowledge, None, os.environ)
    view = View("danger sign", lookups.red_flag_list, partial(lookups.red_flag_detail, region=region))
    _look_up(knowledge, knowledge.red_flags, name, view, Look(form, plain))


def sources(
    ctx: typer.Context, name: Name = None, form: Form = Format.TABLE, *, plain: Plain = False
) -> None:
    """Show what this guide rests on."""
    knowledge = _knowledge(ctx, name, "sources")
    view = View("source", reference_lookups.source_list, reference_lookups.source_detail)
    _look_up(knowledge, knowledge.sources, name, view, Look(form, plain))


def overview(
    ctx: typer.Context, name: Name = None, form: Form = Format.TABLE, *, plain: Plain = False
) -> None:
    """Show the main points."""
    knowledge = _knowledge(ctx, name, "overview", "sources")
    view = View("part of the overview", reference_lookups.overview_list, reference_lookups.overview_detail)
    _look_up(knowledge, knowledge.overview, name, view, Look(form, plain))


def faq(ctx: typer.Context, words: Words = None, form: Form = Format.TABLE, *, plain: Plain = False) -> None:
    """Answer the question that comes closest to the words."""
    knowledge = _knowledge(ctx, words, "faq")
    look = Look(form, plain)
    if not words:
        _tell(knowledge, knowledge.faq, reference_lookups.faq_list(knowledge, knowledge.faq), look)
        return
    found = _search(knowledge.faq, " ".join(words))
    _tell(knowledge, found, reference_lookups.faq_answers(knowledge, found), look)


def find(records: Sequence[R], words: str, kind: str) -> R:
    """Return the record that is called so, by id or any of its names, or raise with the nearest name."""
    wanted = _plain_name(words)
    for record in records:
        if wanted in map(_plain_name, _names(record)):
            return record
    # the search is wanted only when a name is wrong
    from backpain_cli.search import did_you_mean  # noqa: PLC0415

    named = {_plain_name(name): record.id for record in records for name in _names(record)}
    near = did_you_mean(wanted, named)
    hint = f"Did you mean '{named[near]}'?" if near else "The same command without a name lists them all."
    raise BackpainError(f"There is no {kind} called '{clean(words)}'.", hint)


def _look_up(
    knowledge: Knowledge, records: Sequence[R], name: Sequence[str] | None, view: View[R], look: Look
) -> None:
    """Show one record whole, or all of them side by side."""
    if name:
        record = find(records, " ".join(name), view.kind)
        _tell(knowledge, (record,), view.one(knowledge, record), look)
    else:
        _tell(knowledge, records, view.all_of(knowledge, records), look)


def _tell(knowledge: Knowledge, records: Sequence[Record], blocks: Iterable[Block], look: Look) -> None:
    """Print a result in the form that was asked for; each form loads only what it needs."""
    told = chain(blocks, local_line(local_among(knowledge, records)))
    if look.form is Format.JSON:
        from backpain_cli.report.json import as_json  # noqa: PLC0415

        write(as_json(records))
    elif look.form is Format.MARKDOWN:
        from backpain_cli.report.markdown import as_markdown  # noqa: PLC0415

        write(as_markdown(told))
    else:
        from backpain_cli.report.tables import render  # noqa: PLC0415 - Rich costs 40 ms

        show(render(told, plain=wants_plain(asked=look.plain)))


def _search(faqs: Sequence[Faq], words: str) -> tuple[Faq, ...]:
    """Return the question with this id, or those that fit the words, or raise with the nearest."""
    from backpain_cli.search import nearest_faq, search_faq  # noqa: PLC0415 - wanted by no other look-up

    exact = tuple(faq for faq in faqs if _plain_name(faq.id) == _plain_name(words))
    found = exact or search_faq(faqs, words)
    if found:
        return found
    nearest = nearest_faq(faqs, words)
    hint = f"The nearest is: {nearest.question}\nAsk that with: backpain faq {nearest.id}" if nearest else ""
    raise BackpainError(f"No question here fits '{clean(words)}'.", hint)


def _for_cause(knowledge: Knowledge, words: str | None) -> tuple[Treatment, ...]:
    """Return the treatments for a cause in the order in which it names them; all without a cause."""
    if words is None:
        return knowledge.treatments
    cause = find(knowledge.causes, words, "cause")
    return tuple(knowledge.treatment_by_id[treatment] for treatment in cause.treatments)


def _of_type(found: tuple[Treatment, ...], kind: TreatmentType | None) -> tuple[Treatment, ...]:
    return tuple(treatment for treatment in found if kind in (None, treatment.type))


def _names(record: Record) -> tuple[str, ...]:
    """Return everything a record goes by, its id first."""
    shown = (getattr(record, field, "") for field in ("name", "title", "question"))
    return (record.id, *filter(None, shown), *getattr(record, "also", ()))


def _plain_name(name: str) -> str:
    """Return a name as it is compared: small letters, with a hyphen as good as a space."""
    return " ".join(name.casefold().replace("-", " ").split())


def _knowledge(ctx: typer.Context, name: Sequence[str] | None, *tables: str) -> Knowledge:
    """Return the whole knowledge for one record by name; for a list of all, at least the tables it shows."""
    return load(local_folder(ctx), () if name else tables)


def _completions(
    ctx: typer.Context, incomplete: str, kind: type[Cause] | type[Treatment]
) -> list[tuple[str, str]]:
    try:
        records = load_records(kind, local_folder(ctx))
    except BackpainError:
        return []
    return [(record.id, _names(record)[1]) for record in records if record.id.startswith(incomplete)]
