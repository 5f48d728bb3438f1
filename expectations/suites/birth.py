"""Rules across the fields of a birth registration."""

from expectations.suites.check import Check, RowRule
from expectations.suites.holders import NUMBER, agrees_with_holder, begins_with_province
from expectations.suites.phrases import after_delivery, before, sex_digit_differs, year_digits_differ

_RULES = (
    RowRule(
        rule="registered_not_after_delivery",
        property="registered_on",
        criterion="đúng",
        title_vi="Ngày đăng ký không được sau ngày giao dữ liệu",
        title_en="an entry is not registered after the day it was delivered",
        fails=after_delivery("registered_on"),
        reads=("registered_on__std", "_delivery_id"),
        source="order of events; the delivery's folder is named after its day",
        group="outlier",
    ),
    RowRule(
        rule="registered_not_before_birth",
        property="registered_on",
        criterion="đúng",
        title_vi="Ngày đăng ký khai sinh không được trước ngày sinh",
        title_en="a birth is not registered before the child was born",
        fails=before("registered_on", "child_birth_date"),
        reads=("registered_on__std", "registered_on__precision", "child_birth_date__std"),
        source="order of events",
    ),
    RowRule(
        rule="child_number_agrees_with_sex",
        property="child_citizen_id",
        criterion="đúng",
        title_vi="Chữ số thứ 4 của số định danh phải khớp giới tính người được khai sinh",
        title_en="digit 4 of the child's citizen ID agrees with the recorded sex",
        fails=sex_digit_differs("child_citizen_id", "child_sex"),
        reads=("child_citizen_id__std", "child_citizen_id__kind", "child_sex__std"),
        source=NUMBER,
    ),
    RowRule(
        rule="child_number_agrees_with_birth_year",
        property="child_citizen_id",
        criterion="đúng",
        title_vi="Chữ số thứ 4 đến 6 của số định danh phải khớp thế kỷ và năm sinh người được khai sinh",
        title_en="digits 4 to 6 of the child's citizen ID agree with the century and year of birth",
        fails=year_digits_differ("child_citizen_id", "child_birth_date"),
        reads=("child_citizen_id__std", "child_citizen_id__kind", "child_birth_date__std"),
        source=NUMBER,
    ),
    begins_with_province("child_number", "child_citizen_id", "người được khai sinh", "child"),
    agrees_with_holder("mother_number", "mother_id_number", "mẹ", "mother"),
    begins_with_province("mother_number", "mother_id_number", "mẹ", "mother"),
    agrees_with_holder("father_number", "father_id_number", "cha", "father"),
    begins_with_province("father_number", "father_id_number", "cha", "father"),
)


def birth() -> tuple[Check, ...]:
    """The suite of birth registrations, beside what their contract asks for."""
    return tuple(each.check() for each in _RULES)
