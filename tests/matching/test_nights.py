"""A night that remembers the one before decides as a full run would, whatever changed on either side."""

import random
import shutil
from dataclasses import replace

import polars as pl
import pytest

import matching
from matching import pairs as blocking
from matching.kept import Memory, Shelf
from matching.learnt import STATED

SURNAMES = ("NGUYỄN", "TRẦN", "LÊ")
MIDDLES = ("VĂN", "THỊ", "THANH", "MINH")
GIVENS = ("HÙNG", "HƯNG", "NGỌC", "LAN", "LOAN", "MINH", "ĐẠO")
RARE = ("KHUÊ", "DOANH", "QUYỀN", "THƯ", "UYÊN", "VIỆT", "XUÂN", "YẾN", "KIÊN", "TRỨ", "ẨN", "SÁU")
"""Given names that hardly anybody has: a second bearer makes one a syllable that damaged names are put right by."""
DAYS = ("19800202", "19800302", "19901105", "19901205", "20150607", "20150706", "1970")
COMMUNES = ("25750", "25966", None)
ADDRESSES = ("Số 12/3, đường Lê Hồng Phong, khu phố 2", "Số 7, đường số 6, ấp 1", None)
PHONES = ("0912345678", "0987654321", None)
WORDS = ("GỖ", "THÉP", "MAY", "THIÊN", "HƯNG", "VẠN")


class Province:
    """A small province in which people resemble each other, and days that change a little on either side."""

    def __init__(self, seed, people=60, dossiers=40):
        self.chance, self.last = random.Random(seed), 0
        self.people = {each["citizen_id"]: each for each in (self.person() for _ in range(people))}
        self.firms = {each["enterprise_code"]: each for each in (self.firm() for _ in range(12))}
        self.dossiers = dict(self.numbered(self.dossier()) for _ in range(dossiers))
        self.births = dict(self.numbered(self.birth()) for _ in range(dossiers // 3))
        self.marriages = dict(self.numbered(self.marriage()) for _ in range(dossiers // 4))
        self.deaths = dict(self.numbered(self.death()) for _ in range(dossiers // 8))

    def numbered(self, row):
        self.last += 1
        return self.last, {"dossier_code": f"H09.01-261120-{self.last:04}", "number": str(self.last), **row}

    def name(self):
        given = RARE if self.chance.random() < 0.3 else GIVENS
        return " ".join(self.chance.choice(words) for words in (SURNAMES, MIDDLES, given))

    def number(self):
        return f"0740{self.chance.randrange(60, 99)}00{self.chance.randrange(10, 9999):04}"

    def anybody(self):
        """A number of the register, more often than not."""
        known = sorted(getattr(self, "people", {}))
        return self.chance.choice(known) if known and self.chance.random() < 0.8 else self.number()

    def maybe(self, value):
        return value if self.chance.random() < 0.6 else None

    def person(self):
        return {
            "citizen_id": self.number(),
            "cmnd": self.maybe(f"28{self.chance.randrange(1_000_000):07}"),
            "full_name": self.name(),
            "sex": self.chance.choice("12"),
            "birth_date": self.chance.choice(DAYS),
            "permanent_commune": self.chance.choice(COMMUNES),
            "permanent_detail": self.chance.choice(ADDRESSES),
            "mother_name": self.maybe(self.name()),
            "mother_citizen_id": self.maybe(self.anybody()),
            "father_name": self.maybe(self.name()),
            "spouse_name": self.maybe(self.name()),
            "spouse_citizen_id": self.maybe(self.anybody()),
            "head_citizen_id": self.maybe(self.anybody()),
        }

    def firm(self):
        return {
            "enterprise_code": f"37{self.chance.randrange(10**8):08}",
            "enterprise_name": f"CÔNG TY TNHH {' '.join(self.chance.sample(WORDS, 3))}",
            "representative_name": self.name(),
            "representative_id_number": self.maybe(self.anybody()),
            "office_commune": self.chance.choice(COMMUNES),
        }

    def somebody(self):
        """What a clerk writes of one of the register, or of nobody."""
        person = dict(self.chance.choice(list(self.people.values()))) if self.chance.random() < 0.8 else self.person()
        if self.chance.random() < 0.3:
            name = person["full_name"]
            at = self.chance.randrange(len(name))
            person["full_name"] = name[:at] + self.chance.choice(["", "x", "?"]) + name[at + 1 :]
        day = self.chance.choice(DAYS) if self.chance.random() < 0.2 else person["birth_date"]
        person["day"] = f"{day[6:]}/{day[4:6]}/{day[:4]}" if len(day) == 8 else day
        number = person["citizen_id"] if self.chance.random() < 0.6 else self.anybody()
        if self.chance.random() < 0.2:
            number = number[:-1] + self.chance.choice("0123456789")
        return person | {"number": self.maybe(number)}

    def dossier(self):
        if self.chance.random() < 0.2:
            firm = self.chance.choice(list(self.firms.values()))
            name = firm["enterprise_name"].replace("CÔNG TY", "CTY")
            return {"owner_type": "2", "owner_name": name, "owner_number": self.maybe(firm["enterprise_code"])}
        person = self.somebody()
        return {
            "owner_name": person["full_name"],
            "owner_number": person["number"],
            "owner_birth_date": self.maybe(person["day"]),
            "owner_sex": self.maybe(person["sex"]),
            "owner_commune_code": person["permanent_commune"],
            "owner_address": person["permanent_detail"],
            "owner_phone": self.chance.choice(PHONES),
        }

    def birth(self):
        child, mother = self.somebody(), self.somebody()
        return {
            "child_name": child["full_name"],
            "child_birth_date": child["day"],
            "child_citizen_id": self.maybe(child["number"]),
            "mother_name": child["mother_name"] or mother["full_name"],
            "mother_id_number": child["mother_citizen_id"],
            "father_name": child["father_name"],
        }

    def marriage(self):
        husband, wife = self.somebody(), self.somebody()
        return {
            "husband_name": husband["full_name"],
            "husband_birth_date": self.maybe(husband["day"]),
            "husband_citizen_id": self.maybe(husband["number"]),
            "wife_name": husband["spouse_name"] or wife["full_name"],
            "wife_citizen_id": husband["spouse_citizen_id"],
        }

    def death(self):
        gone = self.somebody()
        return {"deceased_name": gone["full_name"], "deceased_birth_date": gone["day"]}

    def turn(self, rows, made, *, share):
        """Some rows removed, some changed, some added."""
        for key in self.chance.sample(sorted(rows), int(len(rows) * share)):
            old = rows.pop(key)
            if self.chance.random() < 0.7:
                changed = {name: value for name, value in made().items() if self.chance.random() < 0.4}
                keys = {name: old[name] for name in ("citizen_id", "enterprise_code", "dossier_code") if name in old}
                rows[key] = old | changed | keys
        return rows

    def next_day(self, *, share=0.15):
        self.people = self.turn(self.people, self.person, share=share)
        self.firms = self.turn(self.firms, self.firm, share=share)
        records = ((self.dossiers, self.dossier), (self.births, self.birth), (self.marriages, self.marriage))
        for rows, made in (*records, (self.deaths, self.death)):
            self.turn(rows, made, share=share)
            rows.update(self.numbered(made()) for _ in range(2))
        for _ in range(2):
            new = self.person()
            self.people[new["citizen_id"]] = new

    def verdicts(self):
        """What stewards said of some dossiers."""
        told = self.chance.sample(sorted(self.dossiers), 4)
        return pl.DataFrame(
            {
                "record_id": [f"dossier:{self.dossiers[each]['dossier_code']}" for each in told],
                "role": "owner",
                "reference": "population",
                "reference_id": [self.anybody() for _ in told],
                "verdict": ["different", "different", "same", "different"],
            }
        )


@pytest.fixture
def frames(standard):
    def of(province):
        records = {name: getattr(province, f"{name}s") for name in ("dossier", "birth", "marriage", "death")}
        registers = {"population": province.people, "enterprise": province.firms}
        return tuple(
            {name: standard(name, list(rows.values())).collect().lazy() for name, rows in each.items()}
            for each in (records, registers)
        )

    return of


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "matched", "one version")


def remembered(shelf):
    """All that the shelf holds, in a fixed order."""
    kept = shelf.read(STATED)
    return {
        (register, name): getattr(told, name).sort(pl.all())
        for register, told in kept.items()
        for name in ("profiles", "entries", "levels", "parts", "oversize", "prepared")
    }


@pytest.mark.parametrize(("seed", "largest_block"), [(1, 3), (2, 3), (3, 8), (0, blocking.LARGEST_BLOCK)])
def test_night_after_night_decisions_and_memory_are_those_of_a_full_run(
    frames, shelf, seed, largest_block, tmp_path, monkeypatch
):
    # Small blocks: a handful of namesakes makes a key oversize, or lets it be none any more.
    monkeypatch.setattr(blocking, "LARGEST_BLOCK", largest_block)
    province = Province(seed)
    for day in range(4):
        records, registers = frames(province)
        verdicts, fresh = province.verdicts(), replace(shelf, folder=tmp_path / f"fresh-{day}")
        night = matching.link_night(records, registers, shelf=shelf, verdicts=verdicts)
        whole = matching.link_night(records, registers, shelf=fresh, verdicts=verdicts)
        assert night.decisions.equals(whole.decisions)
        expected = remembered(fresh)
        for frame, rows in remembered(shelf).items():
            assert rows.equals(expected[frame]), frame
        province.next_day()
    assert {each.memory for each in night.efforts} == {Memory.USED}
    assert all(each.pairs_compared < each.pairs for each in night.efforts)


def test_a_child_newly_listed_under_a_parent_is_found_though_the_parent_says_the_same(standard, shelf):
    mother = {"citizen_id": "074187000004", "full_name": "PHẠM THỊ MAI", "sex": "2", "birth_date": "19870301"}
    child = {"citizen_id": "074315000008", "full_name": "LÊ THẢO VY", "sex": "2", "birth_date": "20150607"}
    listed = child | {"mother_name": "PHẠM THỊ MAI", "mother_citizen_id": "074187000004"}
    born = {"number": "1", "child_name": "Lê Thảo Vy", "child_birth_date": "07/06/2015", "mother_name": "P. T. Mai"}
    records = {"birth": standard("birth", [born])}
    before, after = ({"population": standard("population", [mother, each])} for each in (child, listed))
    matching.link_night(records, before, shelf=shelf)
    night = matching.link_night(records, after, shelf=shelf)
    mothers = night.decisions.filter(pl.col("role") == "mother")
    assert '"child":["same"' in mothers["evidence"].item()
    assert night.decisions.equals(matching.link(records, after))


@pytest.fixture(scope="module")
def province():
    return Province(1, people=30, dossiers=15)


def anew(night):
    """By register what was looked up and compared anew."""
    return {each.reference: (each.profiles_anew, each.entries_anew, each.pairs_compared) for each in night.efforts}


@pytest.fixture
def first(frames, province, shelf):
    """Records and registers of a first night that the shelf remembers, and its decisions."""
    records, registers = frames(province)
    return records, registers, matching.link_night(records, registers, shelf=shelf).decisions


def test_what_has_not_changed_is_not_compared(first, shelf):
    records, registers, decisions = first
    night = matching.link_night(records, registers, shelf=shelf)
    assert anew(night) == {"population": (0, 0, 0), "enterprise": (0, 0, 0)}
    assert night.decisions.equals(decisions)


def test_of_one_new_record_only_its_own_pairs_are_compared(first, standard, shelf):
    records, registers, _ = first
    new = standard("dossier", [{"dossier_code": "H09.01-261120-9999", "owner_name": "NGUYỄN VĂN HÙNG"}]).collect()
    more = records | {"dossier": pl.concat([records["dossier"].collect(), new]).lazy()}
    night = matching.link_night(more, registers, shelf=shelf)
    alone = matching.link_night({"dossier": new.lazy()}, registers, shelf=Shelf(shelf.folder / "other", "x"))
    (asked,) = (each.pairs for each in alone.efforts if each.reference == "population")
    assert anew(night)["population"] == (1, 0, asked)


def test_a_record_that_goes_leaves_nothing_to_compare(first, shelf):
    records, registers, _ = first
    fewer = records | {"dossier": records["dossier"].slice(3)}
    night = matching.link_night(fewer, registers, shelf=shelf)
    assert {compared for _, _, compared in anew(night).values()} == {0}
    assert night.decisions.equals(matching.link(fewer, registers))


@pytest.mark.parametrize(
    "spoilt",
    ["cut short", "one byte", "lost", "the book", "an empty book", "all but the book"],
)
def test_a_damaged_memory_is_none_and_says_so(first, shelf, spoilt):
    records, registers, decisions = first
    (levels,) = shelf.folder.glob("*/population.levels.parquet")
    whole = levels.read_bytes()
    book = shelf.folder / "kept.json"
    match spoilt:
        case "cut short":
            levels.write_bytes(whole[:-9])
        case "one byte":
            levels.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
        case "lost":
            levels.unlink()
        case "the book":
            book.write_text(book.read_text()[:-9])
        case "an empty book":
            book.write_text("{}")
        case _:
            shutil.rmtree(levels.parent)
    night = matching.link_night(records, registers, shelf=shelf)
    assert {each.memory for each in night.efforts} == {Memory.DAMAGED}
    assert all(each.pairs_compared == each.pairs for each in night.efforts)
    assert night.decisions.equals(decisions)
    assert {each.memory for each in matching.link_night(records, registers, shelf=shelf).efforts} == {Memory.USED}


def test_a_memory_of_another_version_is_none_and_says_so(first, shelf):
    records, registers, decisions = first
    night = matching.link_night(records, registers, shelf=replace(shelf, version="another"))
    assert {each.memory for each in night.efforts} == {Memory.OTHER_VERSION}
    assert all(each.pairs_compared == each.pairs for each in night.efforts)
    assert night.decisions.equals(decisions)


def test_a_night_killed_while_it_writes_leaves_the_memory_of_the_one_before(first, shelf):
    records, registers, _ = first
    (folder,) = (each for each in shelf.folder.iterdir() if each.is_dir())
    shutil.copytree(folder, shelf.folder / "unfinished")
    (shelf.folder / "unfinished" / "population.levels.parquet").unlink()
    (shelf.folder / ".kept.json").write_text("{")
    night = matching.link_night(records, registers, shelf=shelf)
    assert {each.memory for each in night.efforts} == {Memory.USED}
    assert not (shelf.folder / "unfinished").exists()
