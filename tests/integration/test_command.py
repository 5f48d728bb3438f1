"""The `doisoat` command as a person uses it: help, messages, exit codes, and nothing left running."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import warehouse
from flows.exits import Exit
from tests.flows.pull.legacy import in_vni
from tests.integration.deliveries import BIRTH, DOSSIER, SAMPLES, read, small_drop

COMMAND = [sys.executable, "-c", "from flows.cli import main; main()"]


def doisoat(*arguments, cwd, **environment):
    clean = {key: value for key, value in os.environ.items() if not key.startswith("DOISOAT_")}
    command = [*COMMAND, *map(str, arguments)]
    clean |= {"PYTHONPATH": str(SAMPLES.parent), "COLUMNS": "160"} | environment
    return subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)


def running_in(folder):
    """Processes that work in the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if str(folder) in (entry / "cmdline").read_text() or str(folder) in str((entry / "cwd").readlink()):
                    found.append(entry.name)
            except OSError:
                continue
    return found


@pytest.fixture(scope="module")
def installed(tmp_path_factory, prefect):
    """A folder in which `doisoat run` has run once with the embedded PostgreSQL."""
    folder = tmp_path_factory.mktemp("installed")
    small_drop(folder / "drop")
    return folder, doisoat("run", cwd=folder)


def test_a_run_needs_no_option_and_ends_with_the_books_and_what_to_do_next(installed):
    _, done = installed
    assert done.returncode == Exit.DONE, done.stderr
    assert "the books: what was received" in done.stdout
    assert "dossier" in done.stdout
    assert "psql" in done.stdout
    assert "report.html" in done.stdout
    assert "gate one" in done.stderr


def test_nothing_is_left_running_and_nothing_outside_the_workspace(installed):
    folder, _ = installed
    assert running_in(folder) == []
    assert {each.name for each in folder.iterdir()} == {"drop", "workspace"}


def test_status_shows_the_last_run_and_its_books(installed):
    folder, _ = installed
    done = doisoat("status", cwd=folder)
    assert done.returncode == Exit.DONE
    assert "published" in done.stdout
    assert "dossier" in done.stdout


def test_status_before_any_run_says_what_to_try(tmp_path):
    done = doisoat("status", cwd=tmp_path)
    assert done.returncode == Exit.DONE
    assert "doisoat run" in done.stdout


def test_psql_opens_the_warehouse_and_passes_its_exit_code_on(installed):
    folder, _ = installed
    good = doisoat("psql", "--", "-Atc", "select count(*) from published.dossier", cwd=folder)
    assert int(good.stdout) > 0
    assert doisoat("psql", "--", "-c", "select nonsense", cwd=folder).returncode == 1


def test_evaluate_prints_json_with_counts_and_rates_by_dataset_and_role(installed):
    folder, _ = installed
    done = doisoat("evaluate", "--truth", SAMPLES / "truth", "--json", cwd=folder)
    owner = json.loads(done.stdout)["dossier"]["owner"]
    wanted = {"records", "in_register", "linked", "correct", "precision", "recall", "f1"}
    assert set(owner) >= wanted | {"review", "not_found", "unlinkable"}
    assert "evaluation" in doisoat("evaluate", "--truth", SAMPLES / "truth", cwd=folder).stdout


def test_evaluate_tells_groups_and_a_curve_and_writes_a_report(installed, tmp_path):
    folder, _ = installed
    report = tmp_path / "evaluation.html"
    words = ("--by", "reference", "--report", report, "--json")
    done = doisoat("evaluate", "--truth", SAMPLES / "truth", *words, cwd=folder)
    owner = json.loads(done.stdout)["dossier"]["owner"]
    assert sum(each["records"] for each in owner["by"]) == owner["records"]
    assert owner["curve"][0]["rates"]["recall"] >= owner["curve"][-1]["rates"]["recall"]
    assert "dossier.owner" in report.read_text(encoding="utf-8")


def test_evaluate_tells_what_is_published_by_sex_age_name_and_unit_of_the_records(installed):
    folder, _ = installed
    words = ("--by", "sex,age_group,name_group,unit", "--json")
    done = doisoat("evaluate", "--truth", SAMPLES / "truth", *words, cwd=folder)
    owner = json.loads(done.stdout)["dossier"]["owner"]
    for column in ("sex", "age_group", "name_group", "unit"):
        found = {each["value"]: each["records"] for each in owner["by"] if each["column"] == column}
        assert sum(found.values()) == owner["records"]
        assert set(found) - {"(blank)"}
    assert {"nam / male", "nữ / female"} <= {each["value"] for each in owner["by"] if each["column"] == "sex"}


def test_evaluate_without_truth_is_a_sentence(installed, tmp_path):
    folder, _ = installed
    done = doisoat("evaluate", "--truth", tmp_path, cwd=folder)
    assert done.returncode == Exit.USAGE
    assert "csv" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_drop_reads_without_loading(installed, tmp_path):
    small_drop(tmp_path / "drop")
    done = doisoat("check-drop", tmp_path / "drop", cwd=tmp_path)
    assert done.returncode == Exit.DONE
    assert "would be accepted" in done.stdout
    assert {each.name for each in tmp_path.iterdir()} == {"drop"}


def test_check_drop_says_which_delivery_would_be_refused(tmp_path):
    drop = small_drop(tmp_path / "drop")
    read(drop / BIRTH).drop("nksHoTen").write_csv(drop / BIRTH)
    done = doisoat("check-drop", drop, cwd=tmp_path)
    assert done.returncode == Exit.REFUSED
    assert "nksHoTen" in done.stdout
    assert "birth.csv" in done.stdout


def test_check_drop_tells_of_a_column_in_other_bytes_than_its_file(tmp_path):
    drop = small_drop(tmp_path / "drop")
    data = (drop / BIRTH).read_bytes()
    for name in read(drop / BIRTH)["nksHoTen"]:
        data = data.replace(f",{name},".encode(), b"," + in_vni(name) + b",")
    (drop / BIRTH).write_bytes(data)
    done = doisoat("check-drop", drop, cwd=tmp_path)
    assert done.returncode == Exit.DONE, done.stdout
    assert "birth.csv, column nksHoTen: some values are not in UTF-8" in done.stdout
    assert "recognised as vni, confidence" in done.stdout


def test_a_refused_delivery_is_told_by_the_exit_code_while_the_rest_is_published(tmp_path, prefect, database_url):
    drop = small_drop(tmp_path / "drop")
    (drop / DOSSIER).write_bytes(b"")
    done = doisoat("run", cwd=tmp_path, DOISOAT_DATABASE=database_url)
    assert done.returncode == Exit.REFUSED, done.stderr
    assert "dossier.csv" in done.stdout
    with warehouse.connect(database_url) as connection:
        assert warehouse.state(connection).release == 1


def test_a_missing_drop_folder_is_a_sentence(tmp_path, prefect, database_url):
    done = doisoat("run", "--drop", "nowhere", cwd=tmp_path, DOISOAT_DATABASE=database_url)
    assert done.returncode == Exit.USAGE
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_run_at_the_same_time_is_refused_with_a_sentence(tmp_path, prefect, database_url):
    small_drop(tmp_path / "drop")
    with warehouse.connect(database_url) as connection, warehouse.run_lock(connection):
        done = doisoat("run", cwd=tmp_path, DOISOAT_DATABASE=database_url)
    assert done.returncode == Exit.BUSY
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_stops_the_start_and_names_the_key(tmp_path):
    done = doisoat("status", cwd=tmp_path, DOISOAT_CHECKS__MAX_ROW_CHANGE="many")
    assert done.returncode == Exit.SETTINGS
    assert "max_row_change" in done.stderr


def test_a_database_that_is_not_there_is_a_sentence_without_the_password(tmp_path):
    url = "postgresql://steward:secret-word@127.0.0.1:1/nothing"
    done = doisoat("status", cwd=tmp_path, DOISOAT_DATABASE=url)
    assert done.returncode == Exit.FAILED
    assert "secret-word" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["", "run", "serve", "status", "evaluate", "psql", "check-drop"])
def test_every_command_teaches_by_its_help(command, tmp_path):
    done = doisoat(*([command] if command else []), "--help", cwd=tmp_path)
    assert done.returncode == Exit.DONE
    assert len(done.stdout.splitlines()) > 5


def test_a_model_learnt_of_what_is_held_is_weighed_by_and_named_in_the_decisions(tmp_path, prefect, database_url):
    small_drop(tmp_path / "drop")
    used = {"cwd": tmp_path, "DOISOAT_DATABASE": database_url}
    assert "nothing is held" in doisoat("learn", "--out", "model.json", **used).stderr
    assert doisoat("run", **used).returncode == Exit.DONE
    learnt = doisoat("learn", "--out", "model.json", **used)
    assert learnt.returncode == Exit.DONE, learnt.stderr
    first = (tmp_path / "model.json").read_text(encoding="utf-8")
    doisoat("learn", "--out", "again.json", **used)
    assert (tmp_path / "again.json").read_text(encoding="utf-8") == first
    told = json.loads(first)
    done = doisoat("run", **used, DOISOAT_MATCHING__MODEL="model.json")
    assert done.returncode == Exit.DONE, done.stderr
    with warehouse.connect(database_url) as connection:
        [model] = warehouse.links(connection)["model"].unique().to_list()
    assert model.endswith(told["fingerprint"][:12])
    wrong = doisoat("run", **used, DOISOAT_MATCHING__MODEL="doisoat.toml")
    assert wrong.returncode == Exit.SETTINGS
    assert "matching.model" in wrong.stderr
