"""Codes and short values: sex, ethnicity, nationality, flags, code lists, official codes, phone and e-mail."""

import re

from matching.standardise.ethnicities import codes_by_folded_name, codes_by_name, name_key
from matching.standardise.reading import Reader, Reading, Step, unreadable
from matching.standardise.syllables import fold
from matching.standardise.text import in_capitals

_FLOAT = re.compile(r"(\d+)[.,]0+")
_PROCEDURE = re.compile(r"(\d\.\d{6})(?:\.\d{3})?(?:\.\d{2}\.\d{2})?(?:\.[GH]\d+)*", re.IGNORECASE)
_SEXES = {
    "1": 1,
    "nam": 1,
    "male": 1,
    "m": 1,
    "trai": 1,
    "2": 2,
    "nu": 2,
    "female": 2,
    "f": 2,
    "gai": 2,
    "3": 3,
    "chua xac dinh": 3,
}
_FLAGS = {
    **dict.fromkeys(("1", "true", "co", "yes", "y", "x", "dung"), True),
    **dict.fromkeys(("0", "false", "khong", "no", "n", "sai"), False),
}
_COUNTRIES = {
    "VN": "vn viet nam vnm chxhcn viet nam, vietnam, cong hoa xa hoi chu nghia viet nam",
    "KR": "han quoc, korea, south korea, dai han dan quoc, kor, kr", "CN": "trung quoc, china, chn, cn",
    "TW": "dai loan, trung quoc (dai loan), taiwan, twn, tw", "JP": "nhat ban, nhat, japan, jpn, jp",
    "US": "hoa ky, my, usa, united states, us", "TH": "thai lan, thailand, tha, th", "LA": "lao, laos, la",
    "KH": "campuchia, cam pu chia, cambodia, khm, kh",
    "SG": "singapore, xin-ga-po, sgp, sg", "MY": "malaysia, ma-lai-xi-a, mys",
    "ID": "indonesia, in-do-ne-xi-a, idn", "PH": "philippines, phi-lip-pin, phl, ph", "IN": "an do, india, ind, in",
    "FR": "phap, france, fra, fr", "DE": "duc, germany, deu, de",
    "GB": "anh, vuong quoc anh, united kingdom, gbr, gb, uk",
    "RU": "nga, lien bang nga, russia, rus, ru", "AU": "uc, australia, aus, au", "CA": "canada, ca-na-da, can, ca",
    "HK": "hong kong, hong cong, hkg, hk", "IT": "italia, italy, y, ita", "NL": "ha lan, netherlands, nld, nl",
    "NZ": "new zealand, niu di lan, nzl", "CH": "thuy si, switzerland, che", "SE": "thuy dien, sweden, swe",
    "ES": "tay ban nha, spain, esp",
}  # fmt: skip
_COUNTRY_CODES = {name_key(name): code for code, names in _COUNTRIES.items() for name in (code, *names.split(", "))}

NUMBER_STEPS = (
    Step("stray_marks_removed", lambda value: value.lstrip("'").strip() or value),
    Step("number_as_float", lambda value: match[1] if (match := _FLOAT.fullmatch(value)) else value),
)


def read_sex(value: str) -> Reading:
    """1 male, 2 female, 3 not determined."""
    return _looked_up(_SEXES.get(fold(value)))


def read_flag(value: str) -> Reading:
    """Yes or no."""
    return _looked_up(_FLAGS.get(fold(value)))


def _looked_up(value: int | bool | str | None) -> Reading:
    return unreadable("unknown_code") if value is None else Reading(value)


def read_ethnicity(value: str) -> Reading:
    """The official two-digit code of an ethnic group."""
    if re.fullmatch(r"\d{1,2}", value):
        return _ethnic_code(value)
    for name in (
        value,
        re.sub(r"\s*\(.*", "", value),
        re.sub(r"^(?:dân tộc|dan toc)\s+", "", value, flags=re.IGNORECASE),
    ):
        known = codes_by_name().get(name_key(name)) or codes_by_folded_name().get(fold(name_key(name)))
        if known:
            return Reading(known)
    return unreadable("unknown_code")


def _ethnic_code(value: str) -> Reading:
    code = value.zfill(2)
    if code == "99":
        return Reading("55", repairs=("label_to_code",))
    if code not in codes_by_name().values():
        return unreadable("unknown_code")
    return Reading(code, repairs=("leading_zero_restored",) if code != value else ())


def read_nationality(value: str) -> Reading:
    """The two-letter code of a country."""
    return _looked_up(_COUNTRY_CODES.get(name_key(fold(value))))


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


def read_dossier_code(value: str) -> Reading:
    """A dossier code in capitals, without spaces."""
    code = in_capitals(re.sub(r"\s", "", value))
    return Reading(code, repairs=("code_form",) if code != value else ())


def read_procedure_code(value: str) -> Reading:
    """The national part of a procedure code, without the suffix of the office."""
    match = _PROCEDURE.fullmatch(value)
    return Reading(match[1]) if match else Reading(value)


def read_phone(value: str) -> Reading:
    """Digits of a phone number in its national form."""
    digits = re.sub(r"[\s.\-()/]", "", value)
    national = re.sub(r"^(?:\+|00)?84(?=\d{9,10}$)", "0", digits)
    if re.fullmatch(r"[1-9]\d{8}", national):
        return Reading("0" + national, repairs=("leading_zero_restored",))
    if not re.fullmatch(r"0\d{9,10}", national):
        return unreadable("unreadable_phone")
    return Reading(national, repairs=("phone_form",) if national != value else ())


def read_email(value: str) -> Reading:
    """An address in lower case."""
    address = value.lower()
    return (
        Reading(address)
        if re.fullmatch(r"[^@\s,;<>=|]+@[^@\s,;<>=|]+\.[a-z]{2,}", address)
        else unreadable("unreadable_email")
    )
