"""The conditions of the rules across rows and datasets, in polars over the rows held."""

from datetime import timedelta

import polars as pl

from expectations.across import Fails, Known, RowsHeld

JUDGED_FROM_ROWS, KNOWN_FROM_ROWS = 1000, 3
"""Without a catalogue a code is known when so many records have it; of few records that says nothing. Own judgement."""
PARENT_AGE_YEARS = 12
"""A parent is at least so much older than the child; own judgement, below any age in the registers seen."""
OVERDUE_DAYS = 30
"""A dossier so long overdue without a final status is more likely not updated than unfinished; own judgement."""
FINAL_STATUSES = (3, 7, 8, 9, 10)
"""Code list TrangThaiHoSo: refused, withdrawn, stopped, finished, returned."""


def _numbers(held: RowsHeld) -> pl.LazyFrame | None:
    """All numbers that persons of the register have or had."""
    if "population" not in held:
        return None
    people = held["population"]
    both = [people.select(number=f"{each}__std") for each in ("citizen_id", "former_citizen_id")]
    return pl.concat(both).drop_nulls().unique()


def _citizen_ids(rows: pl.LazyFrame, column: str) -> pl.LazyFrame:
    return rows.filter(pl.col(f"{column}__kind") == "citizen_id").drop_nulls(f"{column}__std")


def not_held(dataset: str, column: str) -> Fails:
    """The citizen ID of that column is in no row of the population register."""

    def fails(held: RowsHeld, _: Known) -> pl.LazyFrame | None:
        numbers = _numbers(held)
        if numbers is None:
            return None
        given = _citizen_ids(held[dataset], column)
        return given.join(numbers, left_on=f"{column}__std", right_on="number", how="anti")

    return fails


def held_twice(dataset: str, column: str) -> Fails:
    """Another row has the same citizen ID in that column."""

    def fails(held: RowsHeld, _: Known) -> pl.LazyFrame:
        given = _citizen_ids(held[dataset], column)
        return given.filter(pl.len().over(f"{column}__std") > 1)

    return fails


def parent_differs(column: str, sex: int) -> Fails:
    """The parent, where the register holds them, has the other sex or is not old enough."""

    def fails(held: RowsHeld, _: Known) -> pl.LazyFrame:
        people = held["population"]
        parents = people.select(
            parent="citizen_id__std", parent_sex="sex__std", parent_born=pl.col("birth_date__std").dt.year()
        ).drop_nulls("parent")
        children = people.select(
            "record_id", born=pl.col("birth_date__std").dt.year(), parent=f"{column}__std"
        ).drop_nulls("parent")
        is_young = pl.col("parent_born") + PARENT_AGE_YEARS > pl.col("born")
        is_other = pl.col("parent_sex").is_in([1, 2]) & (pl.col("parent_sex") != sex)
        return children.join(parents, on="parent").filter(is_young.fill_null(False) | is_other.fill_null(False))

    return fails


def spouse_names_another(held: RowsHeld, _: Known) -> pl.LazyFrame:
    """The spouse, where the register holds them, names somebody else as theirs."""
    people = held["population"].select(
        "record_id", "citizen_id__std", "former_citizen_id__std", spouse="spouse_citizen_id__std"
    )
    others = people.select(spouse="citizen_id__std", names="spouse").drop_nulls()
    is_other = (pl.col("names") != pl.col("citizen_id__std")) & pl.col("names").ne_missing(
        pl.col("former_citizen_id__std")
    )
    return people.drop_nulls("spouse").join(others, on="spouse").filter(is_other)


def former_number_in_use(held: RowsHeld, _: Known) -> pl.LazyFrame:
    """Another row has the former number as its present one."""
    people = held["population"]
    present = people.select(number="citizen_id__std").drop_nulls().unique()
    return people.join(present, left_on="former_citizen_id__std", right_on="number", how="semi")


def head_office_absent(held: RowsHeld, _: Known) -> pl.LazyFrame:
    """The register lacks the ten-digit code of which this is a branch."""
    all_codes = held["enterprise"].select("record_id", code="enterprise_code__std")
    branches = all_codes.filter(pl.col("code").str.contains(r"^\d{10}-?\d{3}$"))
    offices = all_codes.select(office="code").unique()
    return branches.with_columns(office=pl.col("code").str.head(10)).join(offices, on="office", how="anti")


def registered_twice(held: RowsHeld, _: Known) -> pl.LazyFrame:
    """Another entry has the couple and the day."""
    couple = ["husband_citizen_id__std", "wife_citizen_id__std", "registered_on__std"]
    return held["marriage"].drop_nulls(couple).filter(pl.len().over(couple) > 1)


def under_two_codes(held: RowsHeld, _: Known) -> pl.LazyFrame:
    """Another dossier has the owner, procedure, unit and time of receipt."""
    same = ["owner_number__std", "procedure_code__std", "received_at__std", "processing_unit__std"]
    # Many dossiers have only a day; at midnight a coincidence is likely.
    timed = held["dossier"].drop_nulls(same).filter(pl.col("received_at__std").dt.time() != pl.time(0, 0, 0))
    return timed.filter(pl.len().over(same) > 1)


def code_unknown(column: str, catalogue: str | None = None) -> Fails:
    """The code is not of the catalogue; without one, it is rare among many records."""

    def fails(held: RowsHeld, known: Known) -> pl.LazyFrame | None:
        given = held["dossier"].select("record_id", code=column).drop_nulls()
        listed: frozenset[str] | None = getattr(known, catalogue) if catalogue else None
        if listed is not None:
            return given.filter(~pl.col("code").is_in(sorted(listed)))
        if given.select(pl.len()).collect().item() < JUDGED_FROM_ROWS:
            return None
        return given.filter(pl.len().over("code") < KNOWN_FROM_ROWS)

    return fails


def overdue(held: RowsHeld, known: Known) -> pl.LazyFrame | None:
    """Long past its due day, counted to the newest delivery, without a final status."""
    day = known.delivered_on.get("dossier")
    if day is None:
        return None
    is_open = ~pl.col("status__std").is_in(FINAL_STATUSES)
    return held["dossier"].filter(is_open & (pl.col("due_at__std") < day - timedelta(days=OVERDUE_DAYS)))
