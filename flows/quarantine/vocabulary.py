"""The words of a sheet: what may be answered, what the answers do, and the sentence of each rule."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from contracts import Contract
from expectations.suites import suite


@dataclass(frozen=True, slots=True)
class Answer:
    """One choice of the drop-down."""

    word: str
    """What the answer does: the event it becomes."""
    vi: str
    en: str
    meaning_vi: str
    meaning_en: str


PROPOSED, CORRECTED, KEPT, WITHDRAWN, UNCLEAR = "proposed", "corrected", "accepted_as_is", "withdrawn", "unclear"

ANSWERS = (
    Answer(
        PROPOSED, "Sửa như đề nghị", "Correct as proposed",
        "lấy giá trị ở cột “đề nghị”; ô “sửa thành” nào có ghi thì lấy ô ấy",
        "takes the proposed values; a correction cell that is filled goes before",
    ),
    Answer(
        CORRECTED, "Sửa như ghi bên", "Correct as written",
        "lấy giá trị ghi ở cột “sửa thành”; ghi (trống) để xóa giá trị",
        "takes the correction cells; (trống) blanks a value",
    ),
    Answer(
        KEPT, "Giữ nguyên (đúng)", "Keep, it is right",
        "giấy tờ gốc đúng như vậy; dòng được nhận, quy tắc vướng vẫn ghi ở failed_rules",
        "the paper says so; the row is accepted and failed_rules names the rule",
    ),
    Answer(
        WITHDRAWN, "Không phải hồ sơ này", "Not such a record",
        "dòng thừa, dòng thử hoặc không thuộc đơn vị; không bao giờ được công bố",
        "superfluous, a test, or another office's; never published",
    ),
    Answer(
        UNCLEAR, "Chưa rõ", "Not clear yet",
        "chưa trả lời được; dòng vẫn chờ, ghi chú được giữ lại",
        "no answer yet; the row waits on, the note is kept",
    ),
)  # fmt: skip
ANSWERS_TO_LINES = tuple(each for each in ANSWERS if each.word in (WITHDRAWN, UNCLEAR))
"""A row that could not be read, or that asks for a deletion, has no values to correct."""
BLANK = "(trống)"
"""What a correction cell says where the value is to be taken away."""

_UNREAD = {
    "too_many_fields": "Dòng có nhiều ô hơn tiêu đề: thừa dấu phân cách hoặc thiếu dấu ngoặc kép",
    "too_few_fields": "Dòng có ít ô hơn tiêu đề: thiếu giá trị hoặc bị ngắt dòng",
    "broken_json_line": "Dòng không phải một đối tượng JSON hợp lệ",
    "bad_op": "Cột _op chỉ nhận upsert hoặc delete",
}


def sentences(contract: Contract) -> Mapping[str, str]:
    """The Vietnamese sentence of every rule that a row of the dataset may break."""
    return MappingProxyType({**_UNREAD, **{each.rule: each.title_vi for each in suite(contract)}})


def folded(text: str) -> str:
    """Without case, accents, marks and repeated spaces: what is left of an answer that was typed by hand."""
    base = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    letters = "".join(letter if letter.isalnum() else " " for letter in base if not unicodedata.combining(letter))
    return " ".join(letters.split())


BY_FOLDED: Mapping[str, str] = MappingProxyType(
    {folded(text): each.word for each in ANSWERS for text in (each.vi, each.en, each.word)}
    | {"giu nguyen": KEPT, "dung": KEPT}
)
"""The answer by its folded text, in either language."""
