"""Settings: defaults, file, environment and command line, in this order; a malformed value names its key."""

from pathlib import Path

import pytest

from flows.errors import SettingsError
from flows.exits import Exit
from flows.settings import load_settings


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write(text):
    path = Path("some.toml")
    path.write_text(text, encoding="utf-8")
    return path


def test_without_any_file_the_defaults_hold():
    settings = load_settings()
    assert settings.workspace == Path("workspace")
    assert settings.database is None
    assert (settings.schedule.cron, settings.schedule.timezone) == ("0 1 * * *", "Asia/Ho_Chi_Minh")


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(monkeypatch):
    path = write('workspace = "from-file"\ndrops = ["a", "b"]\n[schedule]\ncron = "5 2 * * *"\n')
    monkeypatch.setenv("DOISOAT_WORKSPACE", "from-environment")
    monkeypatch.setenv("DOISOAT_CHECKS__MAX_ROW_CHANGE", "0.2")
    assert load_settings(path).workspace == Path("from-environment")
    settings = load_settings(path, workspace=Path("from-command-line"))
    assert settings.workspace == Path("from-command-line")
    assert settings.drops == (Path("a"), Path("b"))
    assert (settings.schedule.cron, settings.checks.max_row_change) == ("5 2 * * *", 0.2)


def test_a_file_named_doisoat_toml_in_the_working_directory_is_read():
    Path("doisoat.toml").write_text('workspace = "here"\n', encoding="utf-8")
    assert load_settings().workspace == Path("here")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("worksapce = 'x'", "worksapce"),
        ("[checks]\nmax_row_change = 'half'", "checks.max_row_change"),
        ("[checks]\nmax_row_change = 0", "checks.max_row_change"),
        ("[schedule]\ntimezone = 'Asia/Saigonn'", "schedule.timezone"),
        ("[schedule]\ncron = 'every night'", "schedule.cron"),
        ("database = 'mysql://x'", "database"),
        ("[[query_sources]]\nname = 'Bad Name'\nurl_variable = 'X'\nqueries = {}", "query_sources.0.name"),
    ],
)
def test_an_unknown_or_malformed_value_in_the_file_names_its_key(text, key):
    with pytest.raises(SettingsError) as failure:
        load_settings(write(text))
    assert failure.value.key == key
    assert failure.value.exit is Exit.SETTINGS


def test_a_mistyped_environment_variable_is_not_ignored(monkeypatch):
    monkeypatch.setenv("DOISOAT_WORKSPAEC", "x")
    with pytest.raises(SettingsError, match="DOISOAT_WORKSPAEC"):
        load_settings()


def test_a_malformed_environment_variable_names_its_key(monkeypatch):
    monkeypatch.setenv("DOISOAT_CHECKS__MAX_ROW_CHANGE", "lots")
    with pytest.raises(SettingsError, match="max_row_change"):
        load_settings()


def test_broken_toml_and_a_missing_file_are_sentences():
    with pytest.raises(SettingsError, match="not valid TOML"):
        load_settings(write("workspace = "))
    with pytest.raises(SettingsError, match="does not exist"):
        load_settings(Path("nowhere.toml"))


def test_the_database_url_with_its_password_is_never_printed():
    settings = load_settings(database="postgresql://steward:secret-word@host/db")
    assert "secret-word" not in repr(settings)
    assert "secret-word" not in settings.model_dump_json()
