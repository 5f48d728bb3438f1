"""The documents name only what exists, and leave nothing out that a reader will meet."""

import ast
import importlib
import inspect
import re
import shlex
import tomllib
import uuid
from pathlib import Path

import psycopg
import pytest
from pydantic import BaseModel
from typer.core import TyperGroup as Group
from typer.main import get_command

from contracts import published, received
from expectations.indicators import DEFINITIONS
from expectations.suites.release import release
from flows.cli import app
from flows.exits import Exit
from flows.settings import PREFIX, Settings, load_settings
from matching.discrepancies.words import BECAUSE, FIELDS, KINDS
from matching.reasons import Contrary, Reason, Status
from warehouse import access
from warehouse.connection import connect

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GUIDE = DOCS / "guide"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md"), *ROOT.glob("samples/*.md")])
TOP = {"contracts", "flows", "matching", "expectations", "warehouse", "review", "tests", "docs", "samples", "bench"}
COMMANDS = get_command(app).commands
PROBLEM_MODULES = ("flows/pull/problems.py", "flows/pull/file_problems.py", "flows/pull/rejects.py")
ERROR_MODULES = sorted(ROOT.glob("*/errors.py")) + sorted(ROOT.glob("*/*/errors.py"))

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def text_of(*parts):
    return DOCS.joinpath(*parts).read_text(encoding="utf-8")


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def prose(page):
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def code_words(page):
    return re.findall(r"`([^`\n]+)`", prose(page))


def table_words(text):
    """Words in backticks of the first cells of all tables."""
    first_cells = re.findall(r"^\|([^|]*)\|", text, re.MULTILINE)
    return {word for cell in first_cells for word in re.findall(r"`([^`]+)`", cell)}


def anchors(page):
    """Anchors of a page, made as GitHub makes them."""
    text = page.read_text(encoding="utf-8")
    titles = [re.sub(r"<[^>]*>", "", title) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)]
    slugs = {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


@pages
def test_links_lead_to_files_and_headings_that_exist(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), f"{target}: no such file"
        assert not anchor or anchor in anchors(found), f"{target}: no such heading"


@pages
def test_files_named_in_the_text_exist(page):
    for word in code_words(page):
        if re.fullmatch(r"[\w./-]+", word) and "/" in word and word.split("/")[0] in TOP and "…" not in word:
            assert (ROOT / word).exists(), f"{word}: no such file"


def commands_of(page):
    """Every doisoat command line that the page shows."""
    fenced = "\n".join(blocks(page, "[a-z]*"))
    lines = [line.split("  #")[0] for line in fenced.splitlines()] + code_words(page)
    for line in lines:
        found = re.search(r"(?:^|[/ =])doisoat ((?:[a-z-]+|--help)\b.*)$", line)
        if found and re.match(r"(?:[\w.]+=\S+ |ExecStart=|[\w./]*)*doisoat ", line.strip()):
            yield shlex.split(found[1])


@pages
def test_commands_and_options_shown_exist(page):
    for words in commands_of(page):
        assert_exists(*words)


def assert_exists(name, *rest):
    """Holds a command line, word by word, against the commands and options that there are."""
    if name == "--help":
        return
    assert name in COMMANDS, f"doisoat {name}: no such command"
    command = COMMANDS[name]
    if isinstance(command, Group) and rest:
        assert rest[0] in command.commands, f"doisoat {name} {rest[0]}: no such command"
        command = command.commands[rest[0]]
    known = {"--help"} | {option for each in command.params for option in each.opts}
    for word in rest[: rest.index("--")] if "--" in rest else rest:
        assert not word.startswith("-") or word in known, f"doisoat {name} {word}: no such option"


def test_commands_on_the_catalogues_page_of_access_exist():
    text = (ROOT / "review" / "catalogue" / "templates" / "access.html").read_text(encoding="utf-8")
    shown = re.search(r"<code>(doisoat .+?)</code>", text, re.DOTALL)[1].replace("\\\n", "")
    lines = [shlex.split(line)[1:] for line in shown.splitlines()]
    assert [words[:2] for words in lines] == [["department", each] for each in ("add", "grant", "show")]
    for words in lines:
        assert_exists(*words)


def test_the_operators_guide_shows_every_command():
    shown = {tuple(words) for words in commands_of(GUIDE / "operator.md")}
    for name, command in COMMANDS.items():
        parts = [(name, each) for each in command.commands] if isinstance(command, Group) else [(name,)]
        for part in parts:
            assert any(words[: len(part)] == part for words in shown), f"doisoat {' '.join(part)} is not shown"


def test_every_action_of_the_audit_log_is_documented_and_no_other():
    calls = r"audit\.append\(\s*\w+,\s*[^,()]+,\s*\"([a-z_]+)\""
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("[cefrw]*/**/*.py")))
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "warehouse" / "sql").rglob("*.sql"))
    written = set(re.findall(calls, code)) | set(re.findall(r"audit\.append\([^,]+, '([a-z_]+)'", scripts))
    assert table_words(text_of("audit.md")) == written


def test_make_targets_named_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        target
        for page in PAGES
        for target in re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named <= targets
    assert {"run", "test", "check"} <= named


def setting_keys(model, prefix=""):
    """Dotted keys of a settings model, and the model that a list holds."""
    for name, field in model.model_fields.items():
        inner = [
            each for each in (field.annotation, *getattr(field.annotation, "__args__", ())) if inspect.isclass(each)
        ]
        section = next((each for each in inner if issubclass(each, BaseModel)), None)
        is_list = section is not None and section is not field.annotation
        if section is None or is_list:
            yield f"{prefix}{name}"
        if section is not None:
            yield from setting_keys(section, f"{prefix}{name}.")


def test_every_setting_is_documented_with_its_variable():
    rows = dict(re.findall(r"^\| `([a-z_.]+)` \| ([^|]+) \|", text_of("guide", "operator.md"), re.MULTILINE))
    keys = list(setting_keys(Settings))
    assert {"drops", "schedule.cron", "query_sources", "query_sources.url_variable"} <= set(keys)
    for key in keys:
        variable = PREFIX + key.upper().replace(".", "__")
        wanted = "within the list" if key.startswith("query_sources.") else f"`{variable}`"
        assert rows.get(key, "").strip() == wanted, f"{key} is not documented"
    assert {row for row in rows if "." in row or row in Settings.model_fields} == set(keys)


@pages
def test_variables_named_are_settings(page):
    known = {PREFIX + key.upper().replace(".", "__") for key in setting_keys(Settings)}
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", page.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize(
    # Under docs/linking TOML describes linkages.
    "page",
    [page for page in PAGES if page.parent.name != "linking"],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_settings_files_shown_are_accepted(page, tmp_path):
    for number, block in enumerate(blocks(page, "toml")):
        file = tmp_path / f"{number}.toml"
        file.write_text(block, encoding="utf-8")
        load_settings(file)


def test_every_exit_code_is_in_the_operators_guide():
    rows = re.findall(r"^\| (\d) \| `(\w+)` \|", text_of("guide", "operator.md"), re.MULTILINE)
    assert [(int(code), name) for code, name in rows] == [(each.value, each.name) for each in Exit]


@pytest.mark.parametrize(
    # A department's queries run as that department, below.
    "page",
    [page for page in PAGES if page != GUIDE / "department.md"],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_queries_shown_run_on_a_new_database(page, request):
    queries = blocks(page, "sql")
    queries += re.findall(r"-c '(select [^']+)'", page.read_text(encoding="utf-8"))
    for query in queries:
        url = request.getfixturevalue("database_url")
        # Roles are the server administrator's to make, everything else is the owner's.
        user = "postgres" if "create role" in query else "doisoat"
        with psycopg.connect(url.replace("doisoat@", f"{user}@")) as connection:
            connection.execute(query)
            connection.rollback()


def test_queries_of_the_departments_guide_run_for_a_department(database_url):
    # Roles belong to the server and outlive the database: a name that no other test has.
    name, password = f"guide_{uuid.uuid4().hex[:8]}", "mật khẩu chỉ để thử"
    with connect(database_url) as owner:
        access.add_department(owner, name, "Sở Thử nghiệm", password, "Lan")
        for table, contract in published().items():
            units = ["all"] if contract.row_scope == "unit" else []
            terms = {"purpose": "thử", "basis": "thử", "until": "2099-12-31", "columns": "personal", "units": units}
            access.grant(owner, name, access.Terms.read(table, **terms), "Lan")
    url = database_url.replace("doisoat@", f"dept_{name}@")
    queries = blocks(GUIDE / "department.md", "sql")
    assert len(queries) >= 2
    with psycopg.connect(url, password=password, options=f"-c search_path=dept_{name}") as department:
        for query in queries:
            department.execute(query)


def test_the_departments_guide_lists_every_published_table():
    listed = re.findall(r"^\| `published\.(\w+)` \|", text_of("guide", "department.md"), re.MULTILINE)
    assert sorted(listed) == sorted(published())


def test_every_indicator_is_documented_as_it_is_published_and_no_other():
    text = text_of("indicators.md")
    headed = re.findall(r"^### `(\w+)` · `(\w+)`$", text, re.MULTILINE)
    assert headed == [each.key for each in DEFINITIONS]
    for each in DEFINITIONS:
        assert f"**{each.title.vi}** · {each.title.en} ({each.source}" in text
        assert f"- Tử số: {each.numerator.vi}. Mẫu số: {each.denominator.vi}. {each.note.vi}\n" in text
        assert f"- Numerator: {each.numerator.en}. Denominator: {each.denominator.en}. {each.note.en}\n" in text


def test_the_points_of_all_items_of_qd_766_add_up_to_a_hundred():
    cells = re.findall(r"^\| [^|]+ \| ([\d +]+) \| (?:–|`\w+`) \|", text_of("indicators.md"), re.MULTILINE)
    assert sum(int(points) for cell in cells for points in cell.split("+")) == 100


def test_every_status_is_in_the_departments_guide():
    assert {each.value for each in Status} <= table_words(text_of("guide", "department.md"))


def test_every_reason_is_in_the_stewards_guide_in_both_languages():
    text = text_of("guide", "steward.md")
    missing = [each.value for each in Reason if f"| `{each.value}` | {each.vi} | {each.en} |" not in text]
    assert not missing


def test_every_kind_of_flag_is_in_the_stewards_guide_in_both_languages():
    text = text_of("guide", "steward.md")
    assert not [each.value for each in Contrary if f"| `{each.value}` | {each.vi} | {each.en} |" not in text]


def test_formats_name_the_source_fields_of_the_contracts():
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \| \[", text_of("formats.md"), re.MULTILINE)
    assert [dataset for dataset, *_ in rows] == list(received())
    for dataset, *cells in rows:
        contract = received()[dataset]
        key, required, optional = (set(re.findall(r"`(\w+)`", cell)) for cell in cells)
        first = {each.source_names[0] for each in contract.properties if each.is_column_required}
        assert key == {contract[each].source_names[0] for each in contract.key}
        assert required == first
        # One way only: a field added to a contract needs no edit here.
        assert optional <= {name for each in contract.properties for name in each.source_names}


def string_constants(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {each.value for each in ast.walk(tree) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def problem_codes():
    """Codes of refusals and of rows set aside, as the sources of the readers write them."""
    modules = [*PROBLEM_MODULES, *(f"flows/stages/{each}.py" for each in ("volume", "refusals", "looks"))]
    codes = {word for path in modules for word in string_constants(path) if re.fullmatch(r"[a-z]+(_[a-z]+)+", word)}
    readers = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("flows/pull/*.py"))
    return codes | {f"broken_{kind}" for kind in re.findall(r"""\bbroken\(part, "(\w+)\"""", readers)}


def test_every_problem_of_a_delivery_is_in_the_runbook():
    codes = problem_codes()
    assert {"checksum_wrong", "row_count_jump", "share_shifted", "broken_xlsx", "too_many_fields"} <= codes
    assert not {code for code in codes if f"`{code}`" not in text_of("runbook.md")}


def error_names():
    for path in ERROR_MODULES:
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name, each in inspect.getmembers(module, inspect.isclass):
            if issubclass(each, Exception) and each.__module__ == module.__name__:
                yield name


def test_every_error_is_in_the_runbook_and_no_other():
    text, names = text_of("runbook.md"), set(error_names())
    assert {"HoldingMissingError", "UnreadableError", "StatementFailedError", "SchemaError"} <= names
    assert set(re.findall(r"`(\w+Error)`", text)) == names


def test_every_check_of_gate_two_is_in_the_runbook():
    endings = ("_present", "_link_status_known", "_linked_has_id", "_exists")
    rules = {
        next((f"…{ending}" for ending in endings if each.rule.endswith(ending)), each.rule)
        for contract in published().values()
        for each in release(contract, rows_before=1, max_row_change=0.5)
    }
    assert rules <= table_words(text_of("runbook.md"))


def test_every_direct_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.match(r"[\w.-]+", each)[0] for each in direct}
    explained = table_words(text_of("decisions", "0008-dependencies.md"))
    assert names <= explained
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {plain(line.split("==")[0]) for line in constraints.splitlines() if "==" in line}
    assert {plain(each) for each in explained} <= pinned


def plain(package):
    return re.sub(r"[-_.]+", "-", package).lower()


def test_decision_records_are_numbered_and_tell_context_decision_and_consequences():
    records = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} ")
        assert all(f"**{word}.**" in text for word in ("Context", "Decision", "Consequences", "Refused"))


@pytest.mark.parametrize("page", sorted(GUIDE.glob("*.md")), ids=lambda page: page.name)
def test_each_guide_is_in_vietnamese_then_english(page):
    halves = re.findall(r"^## (Tiếng Việt|English)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert halves == ["Tiếng Việt", "English"]


def test_every_field_kind_and_reason_of_differences_is_documented_and_no_other():
    text = text_of("discrepancies.md")
    fields = {f"| `{each.name}` | {each.vi} | {each.en} | {each.gravity} |" for each in FIELDS.values()}
    kinds = {f"| `{each.name}` | {each.vi} | {each.en} | {each.most} |" for each in KINDS.values()}
    reasons = {f"| `{each.name}` | {each.side} | {each.vi} | {each.en} |" for each in BECAUSE.values()}
    assert fields | kinds | reasons <= set(text.splitlines())
    states = {"open", "notified", "answered", "closed", "agrees", "withdrawn", "contested", "not_ours", "by_hand"}
    assert table_words(text) == {*FIELDS, *KINDS, *BECAUSE, *states}
