"""What a link would rest on, and what speaks against it: reasons of the closed list for every weighed pair."""

import polars as pl

from matching.linkages.enterprise import BRANCH, COMPANY_NAME, TAX_CODE
from matching.linkages.home import ADDRESS
from matching.linkages.person import BIRTH, MOTHER, NAME, NUMBER, SEX
from matching.linkages.thresholds import FIRM_ODDS, LINK_ODDS
from matching.reasons import Reason

_RELATIVES = ("mother", "father", "spouse")


def person_kind() -> pl.Expr:
    """The reason that a link would have: the first that holds, from the firmest down."""
    number, name, birth = _levels("number", "name", "birth_date")
    has_name = name >= NAME.code("subset")
    is_named_and_born = (name >= NAME.code("reordered")) & (birth == BIRTH.code("exact"))
    is_alone = is_named_and_born & (is_named_and_born.cast(pl.UInt32).sum().over("profile") == 1)
    relatives, home = _bits(*_RELATIVES, "child"), _bits("address", "commune", "contact")
    return _first(
        ((number == NUMBER.code("own")) & has_name, Reason.IDENTIFIER_AND_NAME),
        ((number == NUMBER.code("own")) & (birth >= BIRTH.code("swapped")), Reason.IDENTIFIER_AND_BIRTH_DATE),
        ((number == NUMBER.code("former")) & has_name, Reason.FORMER_IDENTIFIER_AND_NAME),
        (
            number.is_in([NUMBER.code("repaired"), NUMBER.code("one_edit")]) & has_name,
            Reason.REPAIRED_IDENTIFIER_AND_NAME,
        ),
        (_is_of_family() & has_name, Reason.PROXY_IDENTIFIER),
        (is_alone, Reason.NAME_AND_BIRTH_DATE_UNIQUE),
        (has_name & (relatives > 0) & (is_named_and_born | _needs(relatives)), Reason.RELATIVES_AND_NAME),
        (has_name & (home > 0) & (is_named_and_born | _needs(home)), Reason.HOUSEHOLD_AND_NAME),
        otherwise=Reason.WEIGHT_ABOVE_THRESHOLD,
    )


def person_doubt() -> pl.Expr:
    """Why a steward is asked however much agrees: a family shares addresses, parents, look-alike names and numbers."""
    birth, mother, father = _levels("birth_date", "mother", "father")
    has_parents = pl.max_horizontal(mother, father) >= MOTHER.code("near")
    is_doubtful = _is_doubtful()
    return _first(
        (is_doubtful & _is_of_family(), Reason.PROXY_AS_LIKELY),
        (is_doubtful & _is_at_home(ADDRESS.code("group")) & ~has_parents, Reason.HOUSEHOLD_AS_LIKELY),
        (is_doubtful, Reason.RELATIVE_AS_LIKELY),
        (_has_other_parents() & (birth > 0), Reason.PARENTS_DIFFER),
    )


def is_settled_person() -> pl.Expr:
    """Whether the person's own or former number is confirmed by name or birth date and nothing speaks against it."""
    number, name, birth = (pl.col(each) for each in ("number", "name", "birth_date"))
    confirms = (name >= NAME.code("reordered")) | (birth >= BIRTH.code("swapped"))
    contradicts = pl.any_horizontal(
        name <= NAME.code("given"),
        birth <= BIRTH.code("day_month"),
        pl.col("sex") == SEX.code("different"),
        pl.col("doubt").is_not_null(),
    )
    return _is_settled(number >= NUMBER.code("former"), confirms, contradicts)


def _is_settled(holds: pl.Expr, confirms: pl.Expr, contradicts: pl.Expr) -> pl.Expr:
    told = holds.fill_null(False) & confirms.fill_null(False) & (pl.col("odds") >= FIRM_ODDS)
    return told & ~contradicts.fill_null(False)


def enterprise_kind() -> pl.Expr:
    """The reason that a link would have."""
    number, name = _levels("number", "name")
    is_representative = name == COMPANY_NAME.code("representative")
    has_name = (name >= COMPANY_NAME.code("subset")) & ~is_representative
    return _first(
        ((number == TAX_CODE.code("own")) & has_name, Reason.IDENTIFIER_AND_NAME),
        ((number == TAX_CODE.code("own")) & is_representative, Reason.IDENTIFIER_AND_REPRESENTATIVE),
        ((number == TAX_CODE.code("one_edit")) & has_name, Reason.REPAIRED_IDENTIFIER_AND_NAME),
        (is_representative | (number == TAX_CODE.code("representative")), Reason.REPRESENTATIVE_AGREES),
        otherwise=Reason.WEIGHT_ABOVE_THRESHOLD,
    )


def enterprise_doubt() -> pl.Expr:
    """Why a steward is asked: head office and branch share code and name, one person may represent several."""
    number, branch = _levels("number", "branch")
    has_no_name = pl.col("name").fill_null(1) == COMPANY_NAME.code("different")
    is_other_branch = (number == TAX_CODE.code("branch")) & (branch == BRANCH.code("different"))
    return _first(
        (is_other_branch, Reason.OTHER_BRANCH),
        (has_no_name & (number == TAX_CODE.code("representative")), Reason.REPRESENTATIVE_AS_LIKELY),
        (has_no_name, Reason.RELATIVE_AS_LIKELY),
    )


def is_settled_enterprise() -> pl.Expr:
    """Whether the enterprise's own code is confirmed by its name and nothing speaks against it."""
    contradicts = (pl.col("branch") == BRANCH.code("different")) | pl.col("doubt").is_not_null()
    holds, confirms = pl.col("number") == TAX_CODE.code("own"), pl.col("name") >= COMPANY_NAME.code("core")
    return _is_settled(holds, confirms, contradicts)


def _levels(*names: str) -> list[pl.Expr]:
    return [pl.col(name).fill_null(0) for name in names]


def _first(*cases: tuple[pl.Expr, Reason], otherwise: Reason | None = None) -> pl.Expr:
    """The reason of the first case that holds."""
    return pl.coalesce(
        *(pl.when(case).then(pl.lit(reason.value)) for case, reason in cases),
        pl.lit(otherwise.value if otherwise else None, pl.String),
    )


def _is_of_family() -> pl.Expr:
    """Whether the number is that of a parent, the spouse or another of the household."""
    (number,) = _levels("number")
    return number.is_in([NUMBER.code(each) for each in ("parent", "spouse", "household", "relative_name")])


def _is_at_home(address: int) -> pl.Expr:
    """Whether the address agrees at this level at least, or a phone or e-mail does."""
    at_home, contact = _levels("address", "contact")
    return (at_home >= address) | (contact > 0)


def _bits(*fields: str) -> pl.Expr:
    return pl.sum_horizontal(pl.col(f"{each}_bits").fill_null(0.0) for each in fields)


def _needs(bits: pl.Expr) -> pl.Expr:
    """Whether the pair would be no link without these bits."""
    return pl.col("odds") - bits < LINK_ODDS


def own_odds() -> pl.Expr:
    """The odds without what other persons of the record say: what may speak for those persons in turn."""
    return (pl.col("odds") - _bits(*_RELATIVES, "child")).round(6)


def _has_other_parents() -> pl.Expr:
    """Whether every parent whom both sides name is another one, and no number says otherwise."""
    number, mother, father = (pl.col(each) for each in ("number", "mother", "father"))
    differ = (pl.max_horizontal(mother, father) <= MOTHER.code("different")).fill_null(False)
    return differ & (number.fill_null(0) < NUMBER.code("one_edit"))


def _is_doubtful() -> pl.Expr:
    number, name, birth, sex, child = _levels("number", "name", "birth_date", "sex", "child")
    by_number, has_name = number >= NUMBER.code("one_edit"), name >= NAME.code("reordered")
    is_undated = birth <= BIRTH.code("different")
    is_other_birth = birth.is_in([BIRTH.code("different"), BIRTH.code("near_year"), BIRTH.code("same_year")])
    # A parent hands in a child's dossier; between spouses the sex tells whose name and whose number it is, if given.
    is_spouse_told = (number == NUMBER.code("spouse")) & (sex == SEX.code("same")) & (name >= NAME.code("initials"))
    is_shared = number.is_in([NUMBER.code("spouse"), NUMBER.code("relative_name")]) & ~is_spouse_told
    is_of_home = (number == NUMBER.code("household")) & ~(has_name & _is_at_home(ADDRESS.code("house")))
    is_other_number = number.is_in([NUMBER.code("unknown"), NUMBER.code("other")])
    is_other_sex = sex == SEX.code("different")
    return (
        ((birth == BIRTH.code("different")) & ~(by_number & has_name))
        | (is_other_birth & ~by_number & (child == 0))
        | ((name <= NAME.code("given")) & ~_is_same_under_another_name())
        | ((is_shared | is_of_home) & is_undated)
        | (is_other_sex & (is_other_number | (is_undated & ~has_name)))
    )


def _is_same_under_another_name() -> pl.Expr:
    """Number (or child) and birth agree; or birth, home and sex, and no parents are named, whom siblings share."""
    number, birth, address, contact, child = _levels("number", "birth_date", "address", "contact", "child")
    is_other_sex = (pl.col("sex") == SEX.code("different")).fill_null(False)
    by_number = ((number >= NUMBER.code("one_edit")) | (child > 0)) & (birth >= BIRTH.code("slip"))
    at_home, by_contact = address >= ADDRESS.code("group"), contact > 0
    is_born_so = ((birth == BIRTH.code("exact")) & (at_home | by_contact)) | (
        (birth >= BIRTH.code("slip")) & at_home & by_contact
    )
    return ~is_other_sex & (by_number | (is_born_so & pl.col("mother").is_null() & pl.col("father").is_null()))
