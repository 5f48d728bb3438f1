"""Tables of the command on a console of 80 columns: nothing is cut, whatever the figures and names."""

import datetime as dt
import io

import polars as pl
import pytest
from rich.console import Console
from rich.text import Text

from flows import console, indicator_output
from flows.commands import (
    audit,
    department,
    evaluate,
    explain,
    find,
    link,
    quality,
    quarantine,
    release_show,
    status,
    ticket,
)
from flows.commands.run import program
from flows.console_table import ConsoleTable, figure, label, show, whole, words
from flows.evaluation import console as evaluation
from matching.evaluation.curve import Bin, Calibration, Point
from matching.evaluation.estimate import Estimate, Interval, StratumResult
from matching.evaluation.groups import Group
from matching.evaluation.links import Evaluation
from matching.evaluation.measures import Rates
from matching.explain import Clue, Explanation
from matching.explain.words import Words
from warehouse.access import Department, Use
from warehouse.audit import Entry

UNIT = "UBND phường Bình Chuẩn, thành phố Thuận An, tỉnh Bình Dương"
MANY = 12_345_678
AT = dt.datetime(2026, 11, 28, 20, 17, 29, tzinfo=dt.UTC)
RUN = "2026-11-28T201657-d94d10"


def printed(*tables, width=80):
    to = Console(file=io.StringIO(), width=width, highlight=False)
    show(to, *tables)
    return to.file.getvalue()


def books():
    role = {"role": "deceased", "linked": MANY, "review": MANY, "not_found": MANY, "unlinkable": MANY}
    role["by_reason"] = {
        "linked": {"former_identifier_and_name": MANY},
        "review": {},
        "not_found": {},
        "unlinkable": {},
    }
    counts = dict.fromkeys(("received", "unchanged", "quarantined", "accepted"), MANY)
    return [{"dataset": "population", "roles": [role], "quarantined_by_rule": {"owner_number_understood": 1}, **counts}]


def efforts():
    counts = ("profiles_anew", "profiles", "entries_anew", "entries", "pairs_compared", "pairs")
    return [{"reference": "population", **dict.fromkeys(counts, MANY)}]


def indicators():
    row = {"indicator": "reused", "dataset": "marriage", "role": "husband", "unit": UNIT, "period": "2026"}
    row |= {"begins_on": AT.date(), "ends_on": AT.date(), "rate": 100.0, "points": 2.66}
    row |= {"numerator": MANY, "denominator": MANY, "unknown": MANY}
    title = {"title_vi": "Tỷ lệ hồ sơ đủ trường để đồng bộ", "title_en": "Dossiers complete enough", "max_points": 4.0}
    variants = ("official", "reuse_flag")
    definitions = [{"indicator": "reused", "variant": each, **title} for each in variants]
    rows = [row | {"variant": each} for each in variants]
    return indicator_output.tables(indicator_output.Told(2, pl.DataFrame(rows), pl.DataFrame(definitions)))


def entries():
    return [Entry(MANY, AT, "nguyen.thi.lan", "department_password_set", RUN, {})]


def departments():
    return [Department("nong_nghiep_moi_truong", UNIT, "dept_x", AT, None, 3, AT)]


def clues():
    meaning = Words("birth_date: đảo ngày và tháng, năm giống nhau", "birth_date: day and month swapped, year the same")
    clue = Clue("birth_date", Words("ngày sinh", "birth date"), "swapped", meaning, 12.3, 1 / MANY)
    return explain.clues_table(Explanation((clue,), -14.2, 0.97), ["birth_date", "phone"])


def outcomes():
    return link.outcomes_table(pl.DataFrame({"status": ["linked"], "reason": ["weight_above_threshold"]}))


def scored():
    common = {"score": 99.4, "level": "green", "records": MANY, "to_fix": MANY}
    by_criterion = dict.fromkeys(("đúng", "đủ", "sạch", "sống", "thống nhất"), 100.0)
    return [{"dataset": name, "by_criterion": by_criterion, **common} for name in ("", "population")]


def broken():
    rule = {"dataset": "dossier", "rule": "enterprise_number_is_tax_code", "error_group": "contradiction"}
    told = {"title_vi": "Chủ hồ sơ là doanh nghiệp thì số giấy tờ phải là mã số thuế", "title_en": "a tax code " * 9}
    return [rule | told | {"failed": MANY}]


def units():
    worst = {"unit": UNIT, "worst_rule": "returned_at_present_when_returned", "worst_rule_count": MANY}
    return [each | worst for each in scored()[1:]]


def waiting():
    row = {"quarantine_id": "1c495085f7e6aa", "file": "marriage.tsv", "row": "313", "unit": UNIT, "dataset": "marriage"}
    row |= {"rules": ["returned_at_present_when_returned"], "state": "answered", "band": "over", "age_days": MANY}
    return pl.DataFrame([row | {"fix_by": AT.date()}])


def changes():
    counts = ("added", "changed", "removed", "linked", "lost", "reidentified", "joined", "split")
    return [{"table": "dossier_discrepancy", "unit": UNIT, **dict.fromkeys(counts, MANY)}]


def releases():
    counts = dict.fromkeys(("added_count", "changed_count", "removed_count"), MANY)
    who = {"release": 12, "published_at": AT, "kind": "rollback", "restored_release": 11, "approved_by": "Trần Thị Lan"}
    return [who | counts, who | counts | {"restored_release": None, "approved_by": None, "added_count": None}]


def tickets():
    row = {
        "ticket_id": "T002396eae758b220c0ee",
        "office": UNIT,
        "state": "closed",
        "outcome": "repaired",
        "role": "owner",
    }
    row |= {"dataset": "dossier", "field": "enterprise_name", "kind": "regional_spelling", "is_overdue": True}
    return pl.DataFrame([row | {"due_on": AT.date(), "verify_by": AT.date()}])


def stats():
    columns = ("office", "open", "overdue", "repaired", "returned", "days")
    return pl.DataFrame([(UNIT, MANY, MANY, MANY, MANY, 12.5)], schema=columns, orient="row")


def runs():
    return [{"run_id": RUN, "started_at": AT.isoformat(), "status": "nothing_new", "release": 12}]


RATES = Rates(MANY, MANY, MANY, 1.0, 1.0, 1.0)


def evaluated():
    counts = ("records", "in_register", "linked", "correct", "review", "not_found", "unlinkable")
    figures = dict.fromkeys(counts, MANY) | {"precision": 0.9876, "recall": 1.0, "f1": 0.9}
    return evaluate.tables_of({"marriage": {"husband": figures}})


def judged():
    groups = (Group("name_group", "không rõ / blank or not told at all", MANY, RATES),)
    bins = Calibration(0.0064, None, (Bin(0.1, 0.2, MANY, 0.15, 0.14),))
    return evaluation.tables(Evaluation(RATES, 1, RATES, (Point(0.999, RATES, None),), bins, groups))


def estimated():
    strata = (StratumResult("not linked, from 0.001", False, MANY, MANY, MANY),)
    return evaluation.estimate_tables(Estimate(Interval(0.9, 0.8, 1.0), None, 3.0, strata, 0, (), None))


def sample():
    drawn = {"stratum": ["not linked, from 0.001"], "stratum_pairs": [MANY], "drawn": [MANY]}
    return evaluation.sample_table(pl.DataFrame(drawn))


MAKERS = {
    "received": lambda: [console.received_table(books())],
    "decided": lambda: [console.decided_table(books())],
    "reasons": lambda: [console.reasons_table(books())],
    "matching": lambda: [console.matching_table(efforts())],
    "indicators": indicators,
    "audit entries": lambda: [audit.entries_table(entries())],
    "departments": lambda: [department.departments_table(departments())],
    "uses": lambda: [department.uses_table([Use(MANY, AT, "enterprise_discrepancy", None, "đối chiếu hồ sơ " * 9)])],
    "candidates": lambda: [find.candidates_table([("079185001234", "0.998", "57.2", "khớp họ tên " * 12)])],
    "clues": lambda: [clues()],
    "outcomes": lambda: [outcomes()],
    "scores": lambda: [quality.scores_table(("đúng", "đủ", "sạch", "sống", "thống nhất"), scored())],
    "fixes": lambda: [quality.fixes_table(scored())],
    "rules": lambda: [quality.rules_table(broken())],
    "units": lambda: [quality.units_table(units())],
    "trend": lambda: [quality.trend_table([{"started_at": AT.isoformat(), **each} for each in scored()])],
    "quarantine rows": lambda: [quarantine.rows_table(waiting())],
    "quarantine counts": lambda: quarantine.count_tables(waiting()),
    "releases": lambda: [release_show.releases_table(releases())],
    "changes by table": lambda: [release_show.tables_table(changes())],
    "changes by unit": lambda: [release_show.units_table(changes())],
    "runs": lambda: [status.runs_table(runs())],
    "tickets": lambda: [ticket.tickets_table(tickets())],
    "ticket stats": lambda: [ticket.stats_table(stats())],
    "evaluation": evaluated,
    "linkage evaluation": judged,
    "estimate": estimated,
    "sample": lambda: [sample()],
}


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_every_table_stands_in_80_columns_with_nothing_cut(maker):
    tables = list(maker())
    told = printed(*tables)
    assert "…" not in told
    assert max(map(len, told.splitlines())) <= 80
    for column in (column for table in tables for column in table.columns):
        assert column.vi in told
        assert column.en in told


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_every_figure_and_every_word_is_whole(maker):
    for table in maker():
        told = printed(table)
        for cell in (cell for row in table.rows for cell in row):
            plain = f"{cell:,}".replace(",", ".") if isinstance(cell, int) else "–" if cell is None else str(cell)
            assert all(word in told for word in plain.split())


NARROW = (label("đơn vị", "unit"), whole("tập", "dataset"), figure("nhận", "received"), figure("sửa", "corrected"))


def test_a_label_stands_beside_its_figures_where_there_is_room():
    told = printed(ConsoleTable("", NARROW, [("UBND phường Dĩ An", "birth", 1, 2)]))
    assert "UBND phường Dĩ An  birth" in told


def test_a_label_without_room_stands_above_its_figures_under_its_own_head():
    lines = printed(ConsoleTable("", NARROW, [("UBND phường Bình Chuẩn", "birth", MANY, 2)]), width=50).splitlines()
    assert lines[0] == " đơn vị · unit"
    assert lines[lines.index(" UBND phường Bình Chuẩn") + 1].split() == ["birth", "12.345.678", "2"]


def test_rows_that_share_a_label_name_it_once():
    rows = [(UNIT, "birth", 1, 2), (UNIT, "death", 3, 4)]
    assert printed(ConsoleTable("", NARROW, rows, is_label_above=True)).count(UNIT) == 1


def test_figures_without_room_go_to_a_second_table_that_names_the_rows_again():
    told = printed(ConsoleTable("", NARROW[1:], [("birth", MANY, MANY)]), width=25)
    assert told.count("birth") == 2
    assert told.count("12.345.678") == 2


def test_a_console_narrower_than_one_figure_still_shows_its_digits():
    assert "12.345.678" in printed(ConsoleTable("", NARROW[2:], [(MANY, 1)]), width=5)


def test_words_fold_between_words_and_keep_a_readable_width():
    columns = (words("mục đích", "purpose"), words("căn cứ", "basis"))
    lines = printed(ConsoleTable("", columns, [("đối chiếu " * 20, "nghị định " * 20)]), width=60).splitlines()
    assert {word for line in lines[3:] for word in line.split()} == {"đối", "chiếu", "nghị", "định"}
    assert min(len(line) for line in lines[3:6]) >= 50


def test_cells_are_no_markup_and_blanks_are_dashes():
    told = printed(ConsoleTable("[b]title", NARROW, [("[red]xã[/red]", None, None, Text("đỏ", "red"))]))
    assert "[b]title" in told
    assert "[red]xã[/red]" in told
    assert told.count("–") == 2


def test_a_table_without_rows_has_its_heads():
    assert "nhận" in printed(ConsoleTable("", NARROW, []))


def test_the_program_is_named_as_called_only_by_its_own_name():
    assert [program(each) for each in ("-c", "/x/cli.py", "doisoat")] == ["doisoat"] * 3
    assert program("/opt/bin/doisoat").endswith("bin/doisoat")
