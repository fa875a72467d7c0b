"""A small knowledge with one question of each kind, and the screens that show them."""

from backpain_cli.interview import Screen
from backpain_cli.model import Area, Finding, Knowledge, Option, Question, QuestionKind, Section
from backpain_cli.result import AnswerValue

FEVER = Option(
    id="fever",
    text="A fever, or shivering that you cannot stop, since the pain began",
    findings=("fever",),
    how_to_check="Take your temperature in the mouth; 38 degrees or more is a fever.",
)
NUMBNESS = Option(
    id="numb-saddle",
    text="Numbness or tingling between your legs, or around your bottom or genitals",
    findings=("numb-saddle",),
    how_to_check="Touch the inside of both thighs and see whether they feel the same.",
)
LEG = Option(
    id="weak-leg",
    text="Weakness in a leg that is new or getting worse",
    findings=("weak-leg",),
    how_to_check="Try to walk ten steps on your heels.",
)
DANGER = Question(
    id="danger",
    section=Section.SAFETY,
    label="Danger signs",
    text="Since this pain began, have you noticed any of these? Tick every one that is true.",
    why="A few signs need care within hours. Your answer decides how soon to be seen.",
    kind=QuestionKind.MANY_OF,
    options=(FEVER, NUMBNESS, LEG),
)
AGE = Question(
    id="age",
    section=Section.YOU,
    label="Your age",
    text="How old are you?",
    why="Some causes are more common at some ages.",
    kind=QuestionKind.NUMBER,
    minimum=16,
    maximum=110,
    unit="years",
)
ONSET = Question(
    id="onset",
    section=Section.PAIN,
    label="When it began",
    text="When did the pain begin?",
    why="New pain often goes by itself. What helps depends on how long it has lasted.",
    kind=QuestionKind.ONE_OF,
    options=(
        Option(id="now", text="Today or yesterday"),
        Option(id="two-weeks", text="In the last 2 weeks"),
        Option(id="longer", text="Longer ago, or it comes and goes and I cannot say when it first began"),
    ),
)
WORSE = Question(
    id="worse",
    section=Section.MATCHING,
    label="What makes it worse",
    text="What makes the pain worse?",
    why="It tells some causes from others.",
    kind=QuestionKind.MANY_OF,
    options=(Option(id="sitting", text="Sitting"), Option(id="walking", text="Walking")),
)
PLACE = Question(
    id="place",
    section=Section.PAIN,
    label="Where it hurts",
    text="Where does it hurt most?",
    why="The place points to what may be behind the pain.",
    kind=QuestionKind.ONE_OF,
    options=tuple(
        Option(id=area.value, text=f"My {area.value.replace('-', ' ')}", area=area) for area in Area
    ),
)
NASTY = Question(
    id="nasty",
    section=Section.PAIN,
    text="Is it \x1b[31mred, <b>bold</b>, [bold]or[/bold] :pill: a\u202eb\x9bc?",
    why="To \x1b[2Jsee.",
    kind=QuestionKind.ONE_OF,
    options=(Option(id="numb", text="numb [both legs] now\x1b]0;title\x07"),),
)
KNOWLEDGE = Knowledge(
    findings=tuple(
        Finding(id=name, name=name, absent=f"no {name}") for name in ("fever", "numb-saddle", "weak-leg")
    ),
    questions=(DANGER, AGE, ONSET),
)


def screen_of(question: Question, earlier: AnswerValue | None = None, *, checks: bool = False) -> Screen:
    """Return the third of about twelve screens."""
    return Screen(
        question=question, number=3, about=12, earlier=earlier, why=question.why, shows_checks=checks
    )
