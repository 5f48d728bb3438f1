"""Which register the owner of a dossier belongs to: name, number and birth date know better than the mistyped type."""

import polars as pl


def owner_reference() -> pl.Expr:
    """`population` or `enterprise` for each dossier row.

    A name that is an organisation's settles it. Otherwise a birth date, a sex or a citizen's number speaks for a
    person, a tax code or the type for an enterprise.
    """
    is_organisation = pl.col("owner_name__is_organisation").fill_null(False)
    kind = pl.col("owner_number__kind").fill_null("")
    is_dated = pl.col("owner_birth_date__std").is_not_null() | pl.col("owner_sex__std").is_not_null()
    typed_person, typed_enterprise = (pl.col("owner_type__std").eq_missing(code) for code in (1, 2))
    has_citizen_number = kind.is_in(["citizen_id", "cmnd"])
    is_person = typed_person | is_dated | (has_citizen_number & ~typed_enterprise)
    is_enterprise = typed_enterprise | (kind == "tax_code")
    return (
        pl.when(is_organisation)
        .then(pl.lit("enterprise"))
        .when(is_person | ~is_enterprise)
        .then(pl.lit("population"))
        .otherwise(pl.lit("enterprise"))
    )
