"""Which side is likely wrong, and which office owns the value: by a stated rule, never by a score.

The local office owns what it wrote, the register's keeper what the register says. A difference goes to the keeper only
where something outside the two values speaks against the register: what it lacks, the birth year and sex that a citizen
ID carries, or two offices that say the same independently. All else goes to the local office, which has the papers.
"""

import polars as pl

from matching.discrepancies.words import BECAUSE
from matching.standardise.units import tables

_OF_NUMBERS = ("number", "second_number", "mother_number", "father_number", "spouse_number", "enterprise_code")
_WITNESSED = ("birth_date", "sex", "name", "ethnicity", "enterprise_name", "commune", "office_commune")
"""Fields of which offices can be witnesses: what several wrote down of the same person."""
_LEAST_OFFICES = 2
_CENTURIES = 19
_C06 = "Cục Cảnh sát quản lý hành chính về trật tự xã hội (C06), Bộ Công an"
_REGISTRAR = "Cơ quan đăng ký kinh doanh"
_OFFICE_WORDS = r"(?i)^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\b"


def blamed(differing: pl.DataFrame, compared: pl.DataFrame) -> pl.DataFrame:
    """`differing` with likely_wrong and likely_wrong_reason.

    Both hold COMPARED with reference, reference_id and office; `compared` also what agrees, to hear the witnesses.
    """
    heard = differing.join(_witnesses(differing, compared), on=["link", "field"], how="left")
    digits = _speaks_for_number()
    reasons = [
        pl.when(pl.col("lacks") == "local").then(pl.lit("local_incomplete")),
        pl.when(pl.col("lacks") == "register").then(pl.lit("register_incomplete")),
        pl.when(pl.col("field").is_in(_OF_NUMBERS)).then(pl.lit("register_gives_numbers")),
        pl.when(digits == "register").then(pl.lit("number_agrees_with_register")),
        pl.when(digits == "local").then(pl.lit("number_agrees_with_local")),
        pl.when((pl.col("same") >= _LEAST_OFFICES) & (pl.col("agreeing") == 0)).then(
            pl.lit("several_against_register")
        ),
        pl.when(pl.col("agreeing") > 0).then(pl.lit("others_agree_with_register")),
        pl.lit("no_evidence"),
    ]
    sides = {name: each.side for name, each in BECAUSE.items()}
    told = heard.with_columns(likely_wrong_reason=pl.coalesce(reasons)).drop("same", "agreeing")
    return told.with_columns(likely_wrong=pl.col("likely_wrong_reason").replace_strict(sides, return_dtype=pl.String))


def _witnesses(differing: pl.DataFrame, compared: pl.DataFrame) -> pl.DataFrame:
    """[link, field, same, agreeing]: offices that say the same as the record, and other offices that agree."""
    about = ["reference", "reference_id", "field"]
    asked = differing.filter(pl.col("field").is_in(_WITNESSED)).select("link", *about, "said", "office")
    said = compared.join(asked.select(about).unique(), on=about, how="semi")
    agreeing = said.filter(pl.col("kind").is_null()).select(*about, other="office").unique()
    others = asked.join(agreeing, on=about).filter(pl.col("other").ne_missing(pl.col("office")))
    same = said.filter(pl.col("kind").is_not_null()).group_by(*about, "said").agg(same=pl.col("office").n_unique())
    counted = others.group_by("link", "field").agg(agreeing=pl.len())
    told = asked.join(same, on=[*about, "said"], how="left").join(counted, on=["link", "field"], how="left")
    return told.select("link", "field", pl.col("same").fill_null(0), pl.col("agreeing").fill_null(0))


def _speaks_for_number() -> pl.Expr:
    """The side whose birth year or sex the entry's citizen ID carries, where the two sides differ in it."""
    number = pl.col("reference_id")
    fourth = number.str.slice(3, 1).cast(pl.Int32, strict=False)
    year = (_CENTURIES + fourth.floordiv(2)) * 100 + number.str.slice(4, 2).cast(pl.Int32, strict=False)
    years = [pl.col(f"{side}_value").str.slice(0, 4).cast(pl.Int32, strict=False) for side in ("local", "register")]
    sexes = [pl.col(f"{side}_value").cast(pl.Int32, strict=False) for side in ("local", "register")]
    sex = fourth.mod(2) + 1
    is_citizen = pl.col("reference") == "population"
    of_field = [("birth_date", year, years), ("sex", sex, sexes)]
    told = [
        pl.when((pl.col("field") == field) & is_citizen & (mine != theirs)).then(
            pl.when(theirs == carried).then(pl.lit("register")).when(mine == carried).then(pl.lit("local"))
        )
        for field, carried, (mine, theirs) in of_field
    ]
    return pl.coalesce(told)


def local_office(unit: pl.Expr, candidates: pl.Expr | None) -> pl.Expr:
    """The office a row came through; the one of today where its commune was renamed whole.

    An office of a commune that was split keeps the name it had: which of its heirs has the book is not known here.
    """
    if candidates is None:
        return unit
    heir = candidates.list.first().replace_strict(_commune_names(), default=None, return_dtype=pl.String)
    has_one_heir = (candidates.list.len() == 1) & unit.str.contains(_OFFICE_WORDS)
    return pl.coalesce(pl.when(has_one_heir).then(pl.concat_str(pl.lit("UBND "), heir)), unit)


def keepers(reference: str, register: pl.LazyFrame) -> pl.LazyFrame:
    """[reference_id, keeper]: who keeps the entry: the police of the commune, or the business registration office."""
    if reference == "population":
        communes = pl.col("permanent_commune__unit_candidates")
        commune = communes.list.first().replace_strict(_police(), default=None, return_dtype=pl.String)
        known = pl.when(communes.list.len() == 1).then(commune)
        return register.select(reference_id="citizen_id__std", keeper=pl.coalesce(known, pl.lit(_C06)))
    named = pl.col("office_province__std").replace_strict(_province_names(), default=None, return_dtype=pl.String)
    keeper = pl.coalesce(pl.concat_str(pl.lit(f"{_REGISTRAR}, "), named), pl.lit(_REGISTRAR))
    return register.select(reference_id="enterprise_code__std", keeper=keeper)


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


def _commune_names() -> dict[str, str]:
    return {code: _lowered(name) for code, name in tables.new_communes().select("code", "name").iter_rows()}


def _police() -> dict[str, str]:
    """By commune of today; the province is told, for many communes share a name."""
    provinces = dict(tables.new_provinces().iter_rows())
    listed = tables.new_communes().select("code", "name", "province_code").iter_rows()
    return {code: f"Công an {_lowered(name)}, {_lowered(provinces[province])}" for code, name, province in listed}


def _province_names() -> dict[str, str]:
    """By code before and since the reform: the province of today."""
    today = {code: _lowered(name) for code, name in tables.new_provinces().iter_rows()}
    former = tables.provinces().select("code", "new_code").iter_rows()
    return {code: today[new] for code, new in former if new in today} | today
