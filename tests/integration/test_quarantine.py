"""The way out of quarantine from end to end: export, answer, import, run; the books balance in every run."""

import openpyxl
import polars as pl

import warehouse
from flows.quarantine.export import export
from flows.quarantine.take_in import take_in
from flows.settings import QuarantineTerms
from tests.integration.deliveries import DAY, read

FULL = "one-stop"
BAD = {0: ("NgayTiepNhan", "32/13/2024"), 1: ("TrangThaiHoSo", "xong rồi"), 2: ("NgayTiepNhan", "hôm qua")}
BAD |= {3: ("TrangThaiHoSo", "77"), 4: ("MaHoSo", "không rõ")}


def drop(sample, target, day, *, changed=(), without=()):
    """A full delivery of the sample's dossiers, the first five rows bad."""
    rows = read(sample / FULL / DAY / "dossier.csv").to_dicts()
    for at, (column, value) in BAD.items():
        rows[at][column] = value
    for at, column, value in changed:
        rows[at][column] = value
    rows[-1]["TrichYeuHoSo"] = f"lần giao {day}"
    path = target / day / FULL / day / "dossier.csv"
    path.parent.mkdir(parents=True)
    pl.DataFrame([row for at, row in enumerate(rows) if at not in without], infer_schema_length=None).write_csv(path)
    return target / day


def book(summary):
    return next(each for each in summary["books"] if each["dataset"] == "dossier")


def waiting(installation):
    rows = installation.ask(warehouse.quarantine.open_rows)
    return rows.filter(pl.col("dataset") == "dossier")


def answer(installation, folder, answers):
    """Exports, answers by what the originals hold (value: answer, correction), and imports."""
    terms = QuarantineTerms()
    sheets = installation.ask(
        lambda connection: export(connection, warehouse.quarantine.open_rows(connection), folder, terms, "Lan")
    )
    for each in sheets:
        fill_in(each.path, answers)
    return installation.ask(lambda connection: take_in(connection, [each.path for each in sheets], "Lan"))


def fill_in(path, answers):
    book_ = openpyxl.load_workbook(path)
    for sheet in book_.worksheets[1:-1]:
        keys = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=3):
            values = {key: cell.value for key, cell in zip(keys, row, strict=True)}
            for value, (said, correction) in answers.items():
                column = next((key for key in keys if key.startswith("is:") and values[key] == value), None)
                if column:
                    row[keys.index("answer")].value = said
                    if correction:
                        row[keys.index(column.replace("is:", "correct:"))].value = correction
    book_.save(path)


ANSWERS = {
    "32/13/2024": ("Sửa như ghi bên", "31/12/2024"),
    "xong rồi": ("Giữ nguyên (đúng)", None),
    "hôm qua": ("Không phải hồ sơ này", None),
    "77": ("Sửa như ghi bên", "78"),
    "không rõ": ("Sửa như ghi bên", "H09.26-240103-9998"),
}


PUBLISHED = """
    select dossier_code, received_at::date::text, array_to_string(failed_rules, ','),
           split_part(delivery_id, '/', 1)
    from published.dossier
"""


def published(installation):
    rows = installation.ask(lambda connection: connection.execute(PUBLISHED).fetchall())
    return {code: told for code, *told in rows}


def test_answers_go_through_the_gate_stand_against_the_same_originals_and_yield_to_changed_ones(
    installed, sample, tmp_path
):
    codes = read(sample / FULL / DAY / "dossier.csv")["MaHoSo"].head(5).to_list()
    first = installed.run(drop(sample, tmp_path, "2026-11-21"))
    others = installed.summary["quarantine"]["waiting"]
    assert (book(first)["quarantined"], first["quarantine"]["waiting"]) == (len(BAD), len(BAD) + others)
    taken = answer(installed, tmp_path / "sheets", ANSWERS)
    assert taken.by_event == {"accepted_as_is": 1, "corrected": 3, "withdrawn": 1}

    # The night takes the answers in, and the source sends the same wrong rows again.
    second = installed.run(drop(sample, tmp_path, "2026-11-22"))
    counts = {name: book(second)[name] for name in ("received", "accepted", "quarantined", "answered")}
    assert counts == {"received": 4 + 160, "accepted": 3 + 1, "quarantined": 1, "answered": 4}
    now = published(installed)
    corrections = "one-stop.corrections"
    assert now[codes[0]][::2] == ["2024-12-31", corrections]
    assert "status_understood" in now[codes[1]][1]
    assert now[codes[1]][2] == corrections
    assert now["H09.26-240103-9998"][2] == corrections
    left = waiting(installed)
    assert left["rules"].list.first().to_list() == ["status_understood"]
    assert left["delivery_id"].str.starts_with(f"{corrections}/").all()
    why = "select distinct resolution from ledger.quarantine where resolution is not null order by 1"
    assert installed.column(why) == ["accepted_as_is", "corrected", "replaced", "withdrawn"]
    assert installed.column(
        "select count(distinct first_seen_at) from ledger.quarantine where dataset = 'dossier'"
    ) == [1]

    # The source corrects its rows itself, and one is there no more.
    changed = [(0, "NgayTiepNhan", "05/01/2024"), (4, "MaHoSo", "H09.26-240103-9997"), (3, "TrangThaiHoSo", "10")]
    third = installed.run(drop(sample, tmp_path, "2026-11-23", changed=changed, without=[1]))
    assert (book(third)["quarantined"], third["quarantine"]["waiting"]) == (0, others)
    now = published(installed)
    assert now[codes[0]][::2] == ["2024-01-05", FULL]
    assert now["H09.26-240103-9997"][2] == FULL
    assert not set(now) & {"H09.26-240103-9998", codes[1]}
    assert waiting(installed).is_empty()
