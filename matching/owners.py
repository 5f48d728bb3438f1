"""Which register the owner of a dossier belongs to: name, number and birth date know better than the mistyped type."""

import polars as pl

from matching import keys

_LEGAL_FORMS = (
    r"\b(cong ty|c ?ty|tnhh|t n h h|dntn|doanh nghiep|co phan|htx|hop tac xa|chi nhanh|van phong dai dien|ho kinh doanh"
    r"|hkd|uy ban|ubnd|ban quan ly|benh vien|tram y te|truong (mam non|tieu hoc|thcs|thpt|trung hoc|dai hoc))\b"
)
"""Words that no personal name holds together; "Văn Phong", "Trung Tâm" and "Trương" are personal names, so not here."""


def owner_reference() -> pl.Expr:
    """`population` or `enterprise` for each dossier row.

    A legal form in the name settles it. Otherwise a birth date, a sex or a citizen's number speaks for a person, a tax
    code or the type for an enterprise.
    """
    name = keys.words(pl.col("owner_name__key"))
    has_legal_form = name.str.contains(_LEGAL_FORMS).fill_null(False)
    is_organisation = pl.col("owner_name__is_organisation").fill_null(False)
    kind = pl.col("owner_number__kind").fill_null("")
    is_dated = pl.col("owner_birth_date__std").is_not_null() | pl.col("owner_sex__std").is_not_null()
    typed_person, typed_enterprise = (pl.col("owner_type__std").eq_missing(code) for code in (1, 2))
    has_citizen_number = kind.is_in(["citizen_id", "cmnd"])
    is_person = typed_person | is_dated | (has_citizen_number & ~typed_enterprise & ~is_organisation)
    is_enterprise = typed_enterprise | is_organisation | (kind == "tax_code")
    return (
        pl.when(has_legal_form)
        .then(pl.lit("enterprise"))
        .when(is_person | ~is_enterprise)
        .then(pl.lit("population"))
        .otherwise(pl.lit("enterprise"))
    )
