"""What is proposed in place of a value that broke a rule, and that nothing is proposed elsewhere."""

import json

import polars as pl

from contracts import received
from expectations.proposals import properties_of, proposals

DEATH = received()["death"]


def rows(rules: list[str], **values: str | None) -> pl.DataFrame:
    texts = dict.fromkeys(DEATH.names) | values
    frame = pl.DataFrame([texts], schema=dict.fromkeys(texts, pl.String))
    return frame.with_columns(record_id=pl.lit("death:1"), rules=pl.lit(rules, pl.List(pl.String)))


def former(**values: str | None) -> pl.DataFrame:
    return rows([], **values).with_columns(pl.lit(None, pl.String).alias(f"{name}__problem") for name in DEATH.names)


def told(*arguments: pl.DataFrame | None) -> object:
    (found,) = proposals(DEATH, *arguments)
    return None if found is None else json.loads(found)


def test_the_former_good_version_of_the_record_is_proposed_for_what_broke_a_rule() -> None:
    broken = rows(["death_date_understood"], death_date="hôm qua", deceased_name="Lê An")
    held = former(death_date="03/06/2024", deceased_name="Lê Anh")
    assert told(broken, held) == {"death_date": {"value": "03/06/2024", "repair": "former_version"}}


def test_a_repaired_number_goes_before_the_former_version_and_tells_its_repair() -> None:
    name = "deceased_paper_number"
    rule = next(rule for rule, of in properties_of(DEATH).items() if of == name)
    broken = rows([rule], **{name: "74081592017"}).with_columns(
        pl.lit("074081592017").alias(f"{name}__proposal"), pl.lit("lost_leading_zero").alias(f"{name}__proposal_repair")
    )
    assert told(broken, former(**{name: "1"})) == {name: {"value": "074081592017", "repair": "lost_leading_zero"}}


def test_a_former_version_that_was_no_better_is_not_proposed() -> None:
    broken = rows(["death_date_understood"], death_date="hôm qua")
    same = former(death_date="hôm qua")
    doubtful = former(death_date="x").with_columns(death_date__problem=pl.lit("not_a_date"))
    assert [told(broken, None), told(broken, same), told(broken, doubtful)] == [None, None, None]


def test_nothing_is_proposed_where_no_rule_was_broken() -> None:
    assert told(rows([], death_date="hôm qua"), former(death_date="03/06/2024")) is None
