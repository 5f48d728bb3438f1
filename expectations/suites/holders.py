"""Rules that hold a citizen ID against the person whom the row names as its holder."""

from expectations.suites.check import RowRule

NUMBER = "structure of the personal identification number (NĐ 137/2015 Điều 13)"
_GRAVE = ("century", "sex", "birth_year")


def agrees_with_holder(rule: str, number: str, vi: str, en: str) -> RowRule:
    """The number says the century, sex and birth year that its row says, as far as the row says them."""
    title_vi = f"Số định danh của {vi} phải khớp giới tính, thế kỷ và năm sinh"
    title_en = f"the citizen ID of the {en} agrees with sex, century and year of birth"
    return _contradicts_nothing(f"{rule}_agrees_with_holder", number, (title_vi, title_en), _GRAVE)


def begins_with_province(rule: str, number: str, vi: str, en: str) -> RowRule:
    """The number begins with a province or country of birth; the list of countries is not public."""
    title_vi = f"Số định danh của {vi} nên bắt đầu bằng mã tỉnh hoặc mã nước có thật"
    title_en = f"the citizen ID of the {en} begins with the number of a province or country"
    return _contradicts_nothing(f"{rule}_begins_with_province", number, (title_vi, title_en), ("province",))


def _contradicts_nothing(rule: str, number: str, titles: tuple[str, str], kinds: tuple[str, ...]) -> RowRule:
    told = f"{number}__contradiction"
    return RowRule(
        rule=rule,
        property=number,
        criterion="đúng",
        title_vi=titles[0],
        title_en=titles[1],
        fails=f"{told} IN ({', '.join(map(repr, kinds))})",
        reads=(told,),
        group="format" if kinds == ("province",) else "contradiction",
        source=NUMBER,
    )
