"""Codes and short values: sex, ethnicity, nationality, flags, code lists and official codes."""

import re

from matching.standardise.ethnicities import codes_by_folded_name, codes_by_name, name_key
from matching.standardise.reading import Reader, Reading, Step, unreadable
from matching.standardise.syllables import fold

_FLOAT = re.compile(r"(\d+)[.,]0+")
_SEXES = {
    "1": 1,
    "01": 1,
    "nam": 1,
    "male": 1,
    "m": 1,
    "trai": 1,
    "2": 2,
    "02": 2,
    "nu": 2,
    "female": 2,
    "f": 2,
    "gai": 2,
    "3": 3,
    "03": 3,
    "chua xac dinh": 3,
}
_FLAGS = {
    **dict.fromkeys(("1", "true", "co", "yes", "y", "x", "dung"), True),
    **dict.fromkeys(("0", "false", "khong", "no", "n", "sai"), False),
}
_COUNTRIES = {
    "VN": "vn, viet nam, vnm, chxhcn viet nam, vietnam, cong hoa xa hoi chu nghia viet nam",
    "KR": "han quoc, korea, south korea, dai han dan quoc, kor", "CN": "trung quoc, china, chn",
    "TW": "dai loan, trung quoc (dai loan), taiwan, twn", "JP": "nhat ban, nhat, japan, jpn",
    "US": "hoa ky, my, usa, united states", "TH": "thai lan, thailand, tha", "LA": "lao, laos",
    "KH": "campuchia, cam pu chia, cambodia, khm",
    "SG": "singapore, xin-ga-po, sgp", "MY": "malaysia, ma-lai-xi-a, mys",
    "ID": "indonesia, in-do-ne-xi-a, idn", "PH": "philippines, phi-lip-pin, phl", "IN": "an do, india, ind",
    "FR": "phap, france, fra", "DE": "duc, germany, deu",
    "GB": "anh, vuong quoc anh, united kingdom, gbr, uk",
    "RU": "nga, lien bang nga, russia, rus", "AU": "uc, australia, aus", "CA": "canada, ca-na-da, can",
    "HK": "hong kong, hong cong, hkg", "IT": "italia, italy, y, ita", "NL": "ha lan, netherlands, nld",
    "NZ": "new zealand, niu di lan, nzl", "CH": "thuy si, switzerland, che", "SE": "thuy dien, sweden, swe",
    "ES": "tay ban nha, spain, esp",
}  # fmt: skip
_COUNTRY_OF_WORD = {name_key(name): code for code, names in _COUNTRIES.items() for name in names.split(", ")}

NUMBER_STEPS = (
    Step("stray_marks_removed", lambda value: value.lstrip("'").strip(" .,;:") or value),
    Step("number_as_float", lambda value: match[1] if (match := _FLOAT.fullmatch(value)) else value),
)


def read_sex(value: str) -> Reading:
    """1 male, 2 female, 3 not determined."""
    return _looked_up(_SEXES.get(fold(value)), is_word=not value.isdecimal())


def read_flag(value: str) -> Reading:
    """Yes or no."""
    return _looked_up(_FLAGS.get(fold(value)), is_word=value not in ("0", "1", "true", "false"))


def _looked_up(value: int | bool | str | None, *, is_word: bool) -> Reading:
    if value is None:
        return unreadable("unknown_code")
    return Reading(value, repairs=("word_to_code",) if is_word else ())


def read_ethnicity(value: str) -> Reading:
    """The official two-digit code of an ethnic group."""
    if re.fullmatch(r"[0-9]{1,2}", value):
        return _ethnic_code(value)
    for name in (
        value,
        re.sub(r"\s*\(.*", "", value),
        re.sub(r"^(?:dân tộc|dan toc|người|nguoi)\s+", "", value, flags=re.IGNORECASE),
    ):
        known = codes_by_name().get(name_key(name)) or codes_by_folded_name().get(fold(name_key(name)))
        if known:
            return Reading(known, repairs=("word_to_code",))
    return unreadable("unknown_code")


def _ethnic_code(value: str) -> Reading:
    code = value.zfill(2)
    if code == "99":
        return Reading("55", repairs=("label_to_code",))
    if code not in codes_by_name().values():
        return unreadable("unknown_code")
    return Reading(code, repairs=("leading_zero_restored",) if code != value else ())


def read_nationality(value: str) -> Reading:
    """The two-letter code of a country: MY is Malaysia, and My, as any other word is read by its letters, Mỹ."""
    if re.fullmatch("[A-Z]{2}", value) and value in _COUNTRIES:
        return Reading(value)
    return _looked_up(_COUNTRY_OF_WORD.get(name_key(fold(value))), is_word=True)


def read_code(valid_values: tuple[str, ...], labels: tuple[tuple[str, str], ...]) -> Reader:
    """A reader of the code list with these values, and of the words that stand for them."""
    code_by_label = {_label_key(word): int(code) for word, code in labels}

    def read(value: str) -> Reading:
        code = value.lstrip("0") or "0"
        if re.fullmatch(r"[0-9]{1,4}", code) and (not valid_values or code in valid_values):
            return Reading(int(code))
        meant = code_by_label.get(_label_key(value))
        return unreadable("unknown_code") if meant is None else Reading(meant, repairs=("label_to_code",))

    return read


def _label_key(word: str) -> str:
    return name_key(fold(word))


def read_unit_code(width: int) -> Reader:
    """A reader of administrative codes of that many digits; spreadsheets lose their leading zeros."""

    def read(value: str) -> Reading:
        if not re.fullmatch(rf"[0-9]{{1,{width}}}", value):
            return unreadable("unreadable_code")
        return Reading(value.zfill(width), repairs=("leading_zero_restored",) if len(value) < width else ())

    return read


def read_industry(value: str) -> Reading:
    """A code of the industry list: four or five digits, where three have lost a zero."""
    if not re.fullmatch(r"[0-9]{3,5}", value):
        return unreadable("unreadable_code")
    return Reading(value.zfill(4), repairs=("leading_zero_restored",) if len(value) < 4 else ())
