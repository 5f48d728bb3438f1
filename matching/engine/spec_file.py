"""Reads a linkage's description from TOML; the format is told in docs/linking/README.md.

Nothing is guessed: an unknown key, a value of another type, a field or rule given twice is an error that says where.
Whether the columns exist is held by `spec_check` once the tables are known.
"""

import dataclasses
import tomllib
from pathlib import Path

from matching.engine import keys, kin
from matching.engine.kinds import KINDS, kind_of
from matching.engine.spec import Cardinality, Comparison, Costs, Key, Limits, Option, Rule, Spec
from matching.engine.spec_section import Section, near, offered
from matching.errors import SpecError

_TABLES = ("cardinality", "seed", "left", "right", "compare", "block", "costs", "limits")
_COMPARE = ("field", "kind", "column", "left", "right")
"""Keys of a comparison; all others are options of its kind."""
_TAKEN = ("left_id", "right_id", "bits", "probability", kin.NAME)
"""Columns of the candidates, and kin, which no field may be called; a field has one of its own that ends in `_bits`."""
_LINKED = tuple(each.value for each in Cardinality if each is not Cardinality.DEDUPE)


def read(path: Path, *, is_dedupe: bool = False) -> Spec:
    """The linkage that a file describes; SpecError where it is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as exc:
        vi, en = "tệp không phải UTF-8; hãy lưu lại bằng UTF-8", "the file is not UTF-8; save it again as UTF-8"
        raise SpecError(path.name, en, (), vi=vi) from exc
    return parse(text, origin=path.name, is_dedupe=is_dedupe)


def parse(text: str, *, origin: str, is_dedupe: bool = False) -> Spec:
    """The linkage that a text describes; `origin` is what errors call it."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise SpecError(origin, f"this is not TOML: {exc}", (), vi=f"không đúng cú pháp TOML: {exc}") from exc
    file = Section(origin, "", given)
    file.only(*_TABLES)
    left_id, right_id = _ids(file)
    cardinality = _cardinality(file, is_dedupe)
    spec = Spec(
        left_id,
        right_id,
        _comparisons(file),
        _rules(file),
        cardinality,
        _costs(file.table("costs")),
        _limits(file.table("limits")),
        file.whole("seed", 1, least=0),
    )
    if is_dedupe:
        _refuse_two_columns(spec, file)
    return spec


def _ids(file: Section) -> tuple[str, str]:
    left, right = file.table("left"), file.table("right")
    for side in (left, right):
        side.only("id")
    left_id = left.text("id")
    return left_id, right.text("id", left_id)


def _cardinality(file: Section, is_dedupe: bool) -> Cardinality:
    default = Cardinality.DEDUPE if is_dedupe else Cardinality.MANY_TO_ONE
    word = file.word("cardinality", list(Cardinality), default)
    if is_dedupe and word != Cardinality.DEDUPE:
        vi = f'lệnh `dedupe` không dùng "{word}"; hãy bỏ khóa này'
        raise file.wrong("cardinality", vi, f'`dedupe` has no use for "{word}"; remove this key')
    if not is_dedupe and word == Cardinality.DEDUPE:
        vi, en = "để tìm bản ghi trùng hãy dùng lệnh `dedupe`", "use the command `dedupe` to find duplicates"
        raise file.wrong("cardinality", vi, en, _LINKED)
    return Cardinality(word)


def _comparisons(file: Section) -> tuple[Comparison, ...]:
    sections = file.tables("compare")
    if not sections:
        vi = "cần ít nhất một bảng [[compare]] nói so sánh trường nào"
        raise file.wrong("compare", vi, "at least one table [[compare]] must say which field is compared")
    found = [_comparison(each) for each in sections]
    for at, each in enumerate(found):
        if each.field in {former.field for former in found[:at]}:
            vi, en = f'đã có trường "{each.field}"', f'there is a field "{each.field}" already'
            raise sections[at].wrong("field", f"{vi}; hãy đặt tên khác", f"{en}; give another name")
    return tuple(found)


def _comparison(section: Section) -> Comparison:
    left, right = _columns(section)
    field = section.text("field", left)
    if field in _TAKEN or field.endswith("_bits"):
        vi, en = f'tên "{field}" đã được dùng cho kết quả', f'"{field}" is the name of a column of the results'
        raise section.wrong("field", f"{vi}; hãy đặt tên khác", f"{en}; give another name")
    options = {key: _option(section, key) for key in section.given if key not in _COMPARE}
    comparison = Comparison(field, section.word("kind", KINDS), left, right, options)
    try:
        kind_of(comparison)
    except SpecError as exc:
        mistyped = [each for key in options for each in near(key, _COMPARE) if each not in section.given]
        raise section.wrong("", exc.what_vi, exc.what, (*exc.known, *mistyped)) from exc
    return comparison


def _columns(section: Section) -> tuple[str, str]:
    """The columns of both tables: `column` for one name in both, or `left` and `right`."""
    if "column" not in section.given:
        return section.text("left"), section.text("right")
    for key in ("left", "right"):
        if key in section.given:
            vi = "hoặc `column`, hoặc `left` và `right`, không cả hai"
            raise section.wrong(key, vi, "either `column`, or `left` and `right`, not both")
    column = section.text("column")
    return column, column


def _option(section: Section, key: str) -> Option:
    value = section.given[key]
    if isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list):
        if all(isinstance(each, str) for each in value):
            return [str(each) for each in value]
        if all(isinstance(each, int | float) and not isinstance(each, bool) for each in value):
            return [float(each) for each in value]
    vi = "phải là văn bản, số, true/false, hoặc danh sách văn bản hay số"
    raise section.wrong(key, vi, "must be a text, a number, true or false, or a list of texts or of numbers")


def _rules(file: Section) -> tuple[Rule, ...]:
    sections = file.tables("block")
    found = [_rule(each) for each in sections]
    for at, each in enumerate(found):
        if each.keys in [former.keys for former in found[:at]]:
            raise sections[at].wrong("on", "quy tắc này đã có; hãy bỏ đi", "this rule is there already; remove it")
    return tuple(found)


def _rule(section: Section) -> Rule:
    section.only("on", "largest_block")
    given = section.given.get("on")
    if not isinstance(given, list) or not given:
        vi, en = 'phải là danh sách khóa, như on = ["ho_ten"]', 'must be a list of keys, such as on = ["full_name"]'
        raise section.wrong("on", vi, en)
    found = tuple(_key(section, each) for each in given)
    several = [key.name for key in found if key.form in keys.SEVERAL]
    if len(several) > 1:
        names = ", ".join(several)
        vi = f"mỗi quy tắc chỉ được một khóa nhiều giá trị ({names}); hãy chia thành hai [[block]]"
        en = f"a rule may have one key of several values only ({names}); make two [[block]] of it"
        raise section.wrong("on", vi, en)
    largest = section.whole("largest_block", 0) if "largest_block" in section.given else None
    return Rule(found, largest)


def _key(section: Section, given: object) -> Key:
    """`column:form` or `left = right:form`; a table where a column's name has a colon or an equals sign in it."""
    if isinstance(given, dict):
        inner = dataclasses.replace(section, name=f"{section.name}, on", given=given)
        inner.only("column", "left", "right", "form")
        return Key(*_columns(inner), inner.word("form", keys.FORMS, "value"))
    if not isinstance(given, str):
        vi, en = 'mỗi khóa là một văn bản như "ho_ten:sorted"', 'each key is a text such as "full_name:sorted"'
        raise section.wrong("on", vi, en)
    key = keys.parse_key(given)
    if not key.left:
        raise section.wrong("on", f'"{given}" không nêu cột nào', f'"{given}" names no column')
    if key.form not in keys.FORMS:
        vi, en = f'"{given}": không có dạng "{key.form}"', f'"{given}": there is no form "{key.form}"'
        raise section.wrong("on", vi, en, offered(key.form, keys.FORMS) or tuple(keys.FORMS))
    return key


def _costs(section: Section) -> Costs:
    section.only("false_link", "miss", "review")
    review = section.positive("review", 1) if "review" in section.given else None
    return Costs(section.positive("false_link", 1), section.positive("miss", 1), review)


def _limits(section: Section) -> Limits:
    known: dict[str, int] = dataclasses.asdict(Limits())
    section.only(*known)
    return Limits(**{name: section.whole(name, default) for name, default in known.items()})


def _refuse_two_columns(spec: Spec, file: Section) -> None:
    """One table has one column for each thing."""
    pairs = [(spec.left_id, spec.right_id, "[right], id")]
    pairs += [(each.left, each.right, f'[[compare]] "{each.field}"') for each in spec.comparisons]
    pairs += [(key.left, key.right, f"[[block]] {key.name}") for rule in spec.rules for key in rule.keys]
    for left, right, where in pairs:
        if left != right:
            vi = f'một bảng chỉ có một cột cho mỗi trường; "{left}" và "{right}" khác nhau'
            en = f'one table has one column for each thing; "{left}" and "{right}" differ'
            raise dataclasses.replace(file, name=where).wrong("", vi, en)
