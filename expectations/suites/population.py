"""Rules across the fields of a person in the population register."""

from expectations.suites.check import Check, RowRule
from expectations.suites.holders import NUMBER, begins_with_province
from expectations.suites.phrases import sex_digit_differs, year_digits_differ

_RULES = (
    RowRule(
        rule="citizen_id_agrees_with_sex",
        property="citizen_id",
        criterion="đúng",
        title_vi="Chữ số thứ 4 của số định danh phải khớp giới tính",
        title_en="digit 4 of the citizen ID agrees with the recorded sex",
        fails=sex_digit_differs("citizen_id", "sex"),
        reads=("citizen_id__std", "citizen_id__kind", "sex__std"),
        source=NUMBER,
    ),
    RowRule(
        rule="citizen_id_agrees_with_birth_year",
        property="citizen_id",
        criterion="đúng",
        title_vi="Chữ số thứ 4 đến 6 của số định danh phải khớp thế kỷ và năm sinh",
        title_en="digits 4 to 6 of the citizen ID agree with the century and year of birth",
        fails=year_digits_differ("citizen_id", "birth_date"),
        reads=("citizen_id__std", "citizen_id__kind", "birth_date__std"),
        source=NUMBER,
    ),
    begins_with_province("citizen_id", "citizen_id", "người dân", "citizen"),
)


def population() -> tuple[Check, ...]:
    """The suite of the population register, beside what its contract asks for."""
    return tuple(each.check() for each in _RULES)
