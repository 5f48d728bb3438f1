"""What stands in a cell around a number: labels, marks, separators, words, a second number, a spreadsheet's form."""

import re

from stdnum.vn import mst

from matching.standardise.reading import Step
from matching.standardise.tidied import Steps

_LABELS = (
    "cccd|cc|cmnd|cmtnd|cmt|cmndd|sđdcn|sddcn|đdcn|ddcn|đdd|hc|hộ chiếu|ho chieu|passport|pp|mst|msdn"
    "|(?:mã số )?bhxh|bhyt"
    "|mã số thuế|ma so thue"
    "|số định danh(?: cá nhân)?|so dinh danh(?: ca nhan)?|định danh|dinh danh|căn cước(?: công dân)?"
    "|can cuoc(?: cong dan)?|chứng minh nhân dân|chung minh nhan dan|số|so|id|no"
)
_CARD_AS_TYPED = r"[A-Z]{2}[\s.\-]*[1-5](?:[\s.\-]*\d){12}$"
"""A health insurance card; HC, CC and NO are groups of insured people, too."""
_LABEL = re.compile(
    rf"^(?!{_CARD_AS_TYPED})(?:(?:số|so)\s+)?(?:{_LABELS})(?:\s*(?:số|so|no))?\s*[.:#\-]*\s*"
    r"(?=[A-Z]{0,3}\d|[A-Z]{1,2} \d)",
    re.IGNORECASE,
)
SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?E\+?(\d{1,2})", re.IGNORECASE)
_FLOAT = re.compile(r"(\d{6,})[.,]0+")
_SEPARATED = re.compile(r"[\dA-Z][\dA-Z\s.\-–_/,;:]*", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s.\-–_/,;:]")
UNIT_CODE = re.compile(r"(?:\d{2,3}\.){1,4}[GH]\d{2}|[GH]\d{2}(?:\.\d{1,3}){1,4}", re.IGNORECASE)
_MARKS = re.compile(r"^[\s'\"=@`’]+|[\s'\"`’;,.:]+$")
BRANCH = re.compile(r"(\d{10})-(\d{3})")
_LONGEST = 15
"""Characters of the longest number there is, a health insurance card: what joins to more is no number."""
_WHOLE_NUMBER = re.compile(
    r"(?<![^\W_])(?:\d{3}(?:[ .]\d{3}){2,3}|\d{10}-\d{3}|\d{9,13}|[A-Z]\d{7})(?![^\W_])", re.IGNORECASE
)
_WORDS_BEFORE = re.compile(rf"(?:{_LABELS})\b|[^\x00-\x7f]", re.IGNORECASE)
_WORDS_BEHIND = re.compile(r"[^\W\d_]{2}|[()\[\]]|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}")


def whole_numbers(value: str) -> tuple[str, ...]:
    """The different numbers that stand in the cell, each long enough to be one of a paper; in their order."""
    return tuple(dict.fromkeys(re.sub(r"[ .]", "", each) for each in _WHOLE_NUMBER.findall(value)))


def _taken(value: str) -> str:
    """The only number among words, or the number that the cell says twice."""
    places = list(_WHOLE_NUMBER.finditer(value))
    if not places or len(whole_numbers(value)) > 1:
        return value
    before, behind = value[: places[0].start()], value[places[0].end() :]
    has_words = _WORDS_BEFORE.match(before) or _WORDS_BEHIND.search(behind)
    return whole_numbers(value)[0] if has_words or len(places) > 1 else value


def _join_digits(value: str) -> str:
    if UNIT_CODE.fullmatch(value) or not _SEPARATED.fullmatch(value) or not any(map(str.isdigit, value)):
        return value
    joined = _SEPARATORS.sub("", value)
    if len(joined) > _LONGEST or len(whole_numbers(value)) > 1:
        return value
    is_branch = re.fullmatch(r"\d{13}", joined) and mst.is_valid(joined[:10])
    return f"{joined[:10]}-{joined[10:]}" if is_branch or BRANCH.fullmatch(value) else joined


def expand(value: str) -> str:
    """A number in scientific notation with all its digits, written out."""
    match = SCIENTIFIC.fullmatch(value)
    if not match or len(match[2] or "") < int(match[3]):
        return value
    return (match[1] + (match[2] or ""))[: int(match[3]) + 1]


COLUMN_STEPS: Steps = (
    ("stray_marks_removed", lambda text: text.str.replace(r"^'([0-9]+)$", "$1")),
    ("label_removed", lambda text: text.str.replace(rf"(?i)^(?:{_LABELS})[.:#\-]* ?([0-9]{{9,12}})$", "$1")),
    ("separators_removed", lambda text: text.str.replace("^([0-9]{3})[.-]([0-9]{6}|[0-9]{9})$", "$1$2")),
)
"""What the steps below do to the numbers that clerks mark most often, for whole columns."""
IDENTIFIER_STEPS = (
    Step("stray_marks_removed", lambda value: _MARKS.sub("", value) or value),
    Step("label_removed", lambda value: _LABEL.sub("", value)),
    Step("scientific_notation", expand),
    Step("number_as_float", lambda value: match[1] if (match := _FLOAT.fullmatch(value)) else value),
    Step("number_among_words", _taken),
    Step("separators_removed", _join_digits),
)
