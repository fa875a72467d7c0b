import pytest

from backpain_cli.model import Knowledge, Region
from backpain_cli.regions import find_region
from tests.small import GB, SMALL, US

NOWHERE = Region(code="default", name="your region", emergency="112")
KNOWLEDGE = Knowledge(regions=(NOWHERE, GB, US))


@pytest.mark.parametrize(
    ("code", "environment", "expected"),
    [
        ("us", {"BACKPAIN_REGION": "GB"}, US),
        (None, {"BACKPAIN_REGION": "GB", "LANG": "en_US.UTF-8"}, GB),
        (None, {"LANG": "en_US.UTF-8"}, US),
        (None, {"LC_ALL": "en_GB.UTF-8", "LANG": "en_US.UTF-8"}, GB),
        (None, {"LC_ALL": "", "LANG": "en_GB"}, GB),
        (None, {"LANG": "C.UTF-8"}, NOWHERE),
        (None, {}, NOWHERE),
        ("ZZ", {"LANG": "en_GB.UTF-8"}, NOWHERE),
    ],
)
def test_the_region_is_the_one_asked_for_or_else_set_or_else_the_locales(
    code: str | None, environment: dict[str, str], expected: Region
) -> None:
    assert find_region(KNOWLEDGE, code, environment) == expected


def test_a_knowledge_without_a_default_still_names_112() -> None:
    assert find_region(SMALL, "ZZ", {}).emergency == "112"
