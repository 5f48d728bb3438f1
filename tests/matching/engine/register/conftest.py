"""A small town whose names and dates repeat, so that keys are shared, blocks are large and ties occur."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import polars as pl
import pytest

from matching.engine.keys import parse_key
from matching.engine.link import link
from matching.engine.register.prepare import prepare
from matching.engine.spec import Cardinality, Comparison, Rule, Spec

SURNAMES, MIDDLE = ("Nguyễn", "Trần", "Lê", "Phạm"), ("Văn", "Thị", "Minh")
GIVEN = ("Hùng", "Lan", "Đạo", "Mai", "Long", "Vy", "Trứ", "Ngọc")
COMMUNES = ("25750", "25966", "25741")


def rule(*keys, largest_block=None):
    return Rule(tuple(parse_key(each) for each in keys), largest_block)


SPEC = Spec(
    "record_id",
    "person_id",
    (
        Comparison("name", "name", "full_name", "name"),
        Comparison("born", "date", "birth_date", "birth_date"),
        Comparison("number", "identifier", "number", "person_id"),
        Comparison("commune", "exact", "commune", "commune"),
    ),
    (
        rule("number = person_id"),
        rule("full_name = name:sorted", "birth_date:year"),
        # So few entries a key that large ones are cut, and some cut ones set aside.
        rule("birth_date", largest_block=3),
        rule("full_name = name:words", largest_block=12),
    ),
)


@dataclass
class Town:
    """People and records drawn by a seed; rows are dictionaries by id."""

    random: Random

    def person(self, number):
        draw = self.random.choice
        born = date(1980, 1, 10) + timedelta(self.random.randrange(40) * 71 % 2000)
        return {
            "person_id": f"0740{number:08d}",
            "name": f"{draw(SURNAMES)} {draw(MIDDLE)} {draw(GIVEN)}",
            "birth_date": born.isoformat(),
            "commune": draw(COMMUNES),
        }

    def record(self, number, people):
        """What a clerk wrote of somebody: some of it missing, some of it wrong, sometimes of a stranger."""
        of = self.random.choice(people) if people and self.random.random() < 0.85 else self.person(9_000_000 + number)
        other, chance = self.person(0), self.random.random
        return {
            "record_id": f"r{number:04d}",
            "full_name": None if chance() < 0.05 else other["name"] if chance() < 0.1 else of["name"].upper(),
            "birth_date": None if chance() < 0.1 else other["birth_date"] if chance() < 0.1 else of["birth_date"],
            "number": None if chance() < 0.5 else of["person_id"],
            "commune": None if chance() < 0.3 else of["commune"],
        }


def people_of(rows):
    return pl.LazyFrame(rows, schema=dict.fromkeys(("person_id", "name", "birth_date", "commune"), pl.String))


def records_of(rows):
    names = ("record_id", "full_name", "birth_date", "number", "commune")
    return pl.LazyFrame(rows, schema=dict.fromkeys(names, pl.String))


@pytest.fixture(scope="session")
def people():
    town = Town(Random(1))
    return [town.person(number) for number in range(300)]


@pytest.fixture(scope="session")
def records(people):
    town = Town(Random(2))
    return [town.record(number, people) for number in range(120)]


@pytest.fixture(scope="session")
def model(people, records):
    return link(records_of(records), people_of(people), SPEC).model


@pytest.fixture
def register(people, model, tmp_path):
    """A prepared register of the people."""
    prepare(people_of(people), SPEC, tmp_path / "register", model=model)
    return tmp_path / "register"


def of_cardinality(word):
    return replace(SPEC, cardinality=Cardinality(word))
