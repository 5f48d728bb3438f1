"""From compared and weighed pairs to EDGES: what kind of link each would be, and what forbids it."""

import polars as pl

from matching.explain import evidence
from matching.linkages.enterprise import BRANCH, COMPANY_NAME, ENTERPRISE, TAX_CODE
from matching.linkages.home import ADDRESS
from matching.linkages.person import BIRTH, NAME, NUMBER, PERSON, SEX
from matching.reasons import Reason
from matching.schemas import EDGES, check

_KEPT_PER_PROFILE = 5
"""Best edges kept for each profile: the best, its runner-up, and a few for the steward."""
BEST_FIRST = ["profile", "is_holder_only", "odds", "target"]
WORST_LAST = [False, False, True, False]
"""Who shares the number and nothing else is last: a parent or agent gave theirs for the person meant."""


def person_edges(weighed: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """EDGES of persons."""
    twins = _twins(register)
    marked = weighed.join(twins.with_columns(has_twin=True), on="target", how="left", maintain_order="left")
    number, birth = pl.col("number").fill_null(0), pl.col("birth_date").fill_null(0)
    by_number = number >= NUMBER.code("one_edit")
    holds = number >= NUMBER.code("former")
    differs = (pl.col("name").fill_null(1) <= NAME.code("given")) & (birth <= BIRTH.code("different"))
    edges = marked.with_columns(
        kind=_person_kind(),
        is_holder_only=(holds & differs).fill_null(False),
        # Twins differ by their given names alone: anything short of the very name needs a number too.
        is_twin=pl.col("has_twin").fill_null(False)
        & ~by_number
        & (pl.col("name").fill_null(0) < NAME.code("unaccented")),
        is_doubtful=_is_doubtful(),
        evidence=evidence(PERSON),
    )
    return _best(edges)


def enterprise_edges(weighed: pl.DataFrame) -> pl.DataFrame:
    """EDGES of enterprises."""
    owns = pl.col("number").fill_null(0) == TAX_CODE.code("own")
    edges = weighed.with_columns(
        kind=_enterprise_kind(),
        is_holder_only=owns & (pl.col("name") == COMPANY_NAME.code("different")).fill_null(False),
        is_twin=pl.lit(False),
        is_doubtful=(pl.col("name").fill_null(1) == COMPANY_NAME.code("different")) | _is_other_branch(),
        evidence=evidence(ENTERPRISE),
    )
    return _best(edges)


def _person_kind() -> pl.Expr:
    number, name, birth = (pl.col(each).fill_null(0) for each in ("number", "name", "birth_date"))
    has_name = name >= NAME.code("subset")
    return (
        pl.when((number == NUMBER.code("own")) & has_name)
        .then(pl.lit(Reason.IDENTIFIER_AND_NAME.value))
        .when((number == NUMBER.code("own")) & (birth >= BIRTH.code("swapped")))
        .then(pl.lit(Reason.IDENTIFIER_AND_BIRTH_DATE.value))
        .when((number == NUMBER.code("former")) & has_name)
        .then(pl.lit(Reason.FORMER_IDENTIFIER_AND_NAME.value))
        .when(number.is_in([NUMBER.code("repaired"), NUMBER.code("one_edit")]) & has_name)
        .then(pl.lit(Reason.REPAIRED_IDENTIFIER_AND_NAME.value))
        .when((name >= NAME.code("reordered")) & (birth == BIRTH.code("exact")))
        .then(pl.lit(Reason.NAME_AND_BIRTH_DATE_UNIQUE.value))
        .otherwise(pl.lit(Reason.WEIGHT_ABOVE_THRESHOLD.value))
    )


def _is_doubtful() -> pl.Expr:
    """What a family explains as well as identity does: they share addresses, parents, look-alike names and numbers."""
    number, name, birth, sex, child = (
        pl.col(each).fill_null(0) for each in ("number", "name", "birth_date", "sex", "child")
    )
    by_number, has_name = number >= NUMBER.code("one_edit"), name >= NAME.code("reordered")
    is_undated = birth <= BIRTH.code("different")
    is_other_birth = birth.is_in([BIRTH.code("different"), BIRTH.code("near_year"), BIRTH.code("same_year")])
    # A parent hands in a child's dossier; between spouses the sex tells whose name and whose number it is, if given.
    is_spouse_told = (number == NUMBER.code("spouse")) & (sex == SEX.code("same")) & (name >= NAME.code("initials"))
    is_family_number = number.is_in([NUMBER.code("spouse"), NUMBER.code("relative_name")]) & ~is_spouse_told
    is_other_number = number.is_in([NUMBER.code("unknown"), NUMBER.code("other")])
    is_other_sex = sex == SEX.code("different")
    return (
        ((birth == BIRTH.code("different")) & ~(by_number & has_name))
        | (is_other_birth & ~by_number & (child == 0))
        | ((name <= NAME.code("given")) & ~_is_same_under_another_name())
        | (is_family_number & is_undated)
        | (is_other_sex & (is_other_number | (is_undated & ~has_name)))
    )


def _is_same_under_another_name() -> pl.Expr:
    """Number (or child) and birth agree; or birth, home and sex, and no parents are named, whom siblings share."""
    number, birth, address, contact, child = (
        pl.col(each).fill_null(0) for each in ("number", "birth_date", "address", "contact", "child")
    )
    is_other_sex = (pl.col("sex") == SEX.code("different")).fill_null(False)
    by_number = ((number >= NUMBER.code("one_edit")) | (child > 0)) & (birth >= BIRTH.code("slip"))
    at_home, by_contact = address >= ADDRESS.code("group"), contact > 0
    is_born_so = ((birth == BIRTH.code("exact")) & (at_home | by_contact)) | (
        (birth >= BIRTH.code("slip")) & at_home & by_contact
    )
    return ~is_other_sex & (by_number | (is_born_so & pl.col("mother").is_null() & pl.col("father").is_null()))


def _enterprise_kind() -> pl.Expr:
    number, has_name = pl.col("number").fill_null(0), pl.col("name").fill_null(0) >= COMPANY_NAME.code("subset")
    return (
        pl.when((number == TAX_CODE.code("own")) & has_name)
        .then(pl.lit(Reason.IDENTIFIER_AND_NAME.value))
        .when((number == TAX_CODE.code("one_edit")) & has_name)
        .then(pl.lit(Reason.REPAIRED_IDENTIFIER_AND_NAME.value))
        .otherwise(pl.lit(Reason.WEIGHT_ABOVE_THRESHOLD.value))
    )


def _is_other_branch() -> pl.Expr:
    """Head office and branch share code and name: the one is no answer where the other is meant."""
    number, branch = (pl.col(each).fill_null(0) for each in ("number", "branch"))
    return (number == TAX_CODE.code("branch")) & (branch == BRANCH.code("different"))


def _twins(register: pl.DataFrame) -> pl.DataFrame:
    """[target] of persons who share their birth day and both parents' names, or their mother's number, with another."""
    born = register.filter(pl.col("birth_precision") == "day")
    by_names = born.drop_nulls(["mother_words", "father_words"]).filter(
        pl.len().over("birth_date", "mother_words", "father_words") > 1
    )
    by_number = born.drop_nulls("mother_number").filter(pl.len().over("birth_date", "mother_number") > 1)
    return pl.concat([by_names.select("target"), by_number.select("target")]).unique()


def _best(edges: pl.DataFrame) -> pl.DataFrame:
    ordered = edges.sort(BEST_FIRST, descending=WORST_LAST)
    return check(ordered.group_by("profile", maintain_order=True).head(_KEPT_PER_PROFILE), EDGES)
