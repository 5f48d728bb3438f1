"""Rules across the fields of a marriage registration."""

from expectations.suites.check import Check, RowRule
from expectations.suites.holders import agrees_with_holder, begins_with_province
from expectations.suites.phrases import after_delivery, under_age

HUSBAND_AGE_YEARS = 20
WIFE_AGE_YEARS = 18
"""Ages at which a man and a woman may marry."""

_LAW = "Luật Hôn nhân và gia đình 52/2014/QH13, Điều 8"

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
        rule="spouses_are_two_people",
        property="wife_name",
        criterion="đúng",
        title_vi="Vợ và chồng không được trùng cả họ tên lẫn ngày sinh",
        title_en="husband and wife do not share both name and birth date",
        fails="lower(husband_name__std) = lower(wife_name__std) AND husband_birth_date__std = wife_birth_date__std",
        reads=("husband_name__std", "wife_name__std", "husband_birth_date__std", "wife_birth_date__std"),
        source="a column copied over the other",
    ),
    RowRule(
        rule="spouses_have_two_numbers",
        property="wife_citizen_id",
        criterion="đúng",
        title_vi="Vợ và chồng không được trùng số định danh hoặc số giấy tờ",
        title_en="husband and wife do not share a citizen ID or paper number",
        fails="husband_citizen_id__std = wife_citizen_id__std OR husband_paper_number__std = wife_paper_number__std",
        reads=(
            "husband_citizen_id__std",
            "wife_citizen_id__std",
            "husband_paper_number__std",
            "wife_paper_number__std",
        ),
        source="a column copied over the other",
    ),
    RowRule(
        rule="husband_of_age",
        property="husband_birth_date",
        criterion="đúng",
        title_vi="Chồng phải đủ 20 tuổi vào ngày đăng ký kết hôn",
        title_en="the husband is at least 20 years old on the day of registration",
        group="outlier",
        fails=under_age("husband_birth_date", at="registered_on", years=HUSBAND_AGE_YEARS),
        reads=("husband_birth_date__std", "registered_on__std", "registered_on__precision"),
        source=_LAW,
    ),
    RowRule(
        rule="wife_of_age",
        property="wife_birth_date",
        criterion="đúng",
        title_vi="Vợ phải đủ 18 tuổi vào ngày đăng ký kết hôn",
        title_en="the wife is at least 18 years old on the day of registration",
        group="outlier",
        fails=under_age("wife_birth_date", at="registered_on", years=WIFE_AGE_YEARS),
        reads=("wife_birth_date__std", "registered_on__std", "registered_on__precision"),
        source=_LAW,
    ),
    agrees_with_holder("husband_number", "husband_citizen_id", "chồng", "husband"),
    begins_with_province("husband_number", "husband_citizen_id", "chồng", "husband"),
    agrees_with_holder("wife_number", "wife_citizen_id", "vợ", "wife"),
    begins_with_province("wife_number", "wife_citizen_id", "vợ", "wife"),
)


def marriage() -> tuple[Check, ...]:
    """The suite of marriage registrations, beside what their contract asks for."""
    return tuple(each.check() for each in _RULES)
