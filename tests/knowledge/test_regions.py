"""The emergency numbers are those that the metadata of libphonenumber knows."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from phonenumbers.shortnumberinfo import is_emergency_number

Region = Mapping[str, object]


@cache
def regions(knowledge_folder: Path) -> list[Region]:
    text = (knowledge_folder / "regions.yaml").read_text(encoding="utf-8")
    records: list[Region] = yaml.safe_load(text)
    return records


def emergency_numbers(region: Region) -> list[tuple[str, str]]:
    also = region.get("also", [])
    assert isinstance(also, list)
    return [(str(region["code"]), str(number)) for number in (region["emergency"], *also)]


def test_every_emergency_number_is_one_in_its_country(knowledge_folder: Path) -> None:
    countries = [region for region in regions(knowledge_folder) if region["code"] != "default"]
    numbers = [pair for region in countries for pair in emergency_numbers(region)]
    assert [(code, number) for code, number in numbers if not is_emergency_number(number, code)] == []


def test_the_default_comes_first_and_is_the_number_of_most_mobile_networks(knowledge_folder: Path) -> None:
    default = regions(knowledge_folder)[0]
    assert (default["code"], default["emergency"]) == ("default", "112")


def test_every_code_is_text_and_stands_once(knowledge_folder: Path) -> None:
    codes = [region["code"] for region in regions(knowledge_folder)]
    assert [code for code in codes if not isinstance(code, str)] == []
    assert len(codes) == len(set(codes)) == 44


def test_a_line_for_advice_is_never_the_emergency_number(knowledge_folder: Path) -> None:
    for region in regions(knowledge_folder):
        line = region.get("advice_line")
        if isinstance(line, dict):
            assert str(line["number"]).replace(" ", "") not in {n for _, n in emergency_numbers(region)}


def test_only_americans_and_filipinos_write_the_month_first(knowledge_folder: Path) -> None:
    assert [r["code"] for r in regions(knowledge_folder) if r.get("month_first")] == ["US", "PH"]
