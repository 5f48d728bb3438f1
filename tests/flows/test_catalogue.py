"""The folder of the catalogue: written whole, over our own folder only, and never a database set up for it."""

import pytest

from flows.catalogue import catalogue, write
from flows.errors import ForeignFolderError, PathError, SettingsError
from flows.settings import load_settings
from review.catalogue import MARKER
from tests.review import catalogues


def contents(folder):
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_the_folder_is_written_with_all_its_files_and_nothing_beside_it(tmp_path):
    count = write(catalogues.bare(), tmp_path / "new" / "catalogue")
    assert len(contents(tmp_path)) == count
    assert [each.name for each in (tmp_path / "new").iterdir()] == ["catalogue"]


def test_our_folder_is_replaced_as_a_whole(tmp_path):
    folder = tmp_path / "catalogue"
    folder.mkdir()
    (folder / MARKER).touch()
    (folder / "page-of-a-former-version.html").touch()
    write(catalogues.bare(), folder)
    assert not (folder / "page-of-a-former-version.html").exists()
    assert (folder / "index.html").exists()
    assert [each.name for each in tmp_path.iterdir()] == ["catalogue"]


@pytest.mark.parametrize("name", ["index.html", ".hidden"])
def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path, name):
    (tmp_path / name).write_text("mine")
    with pytest.raises(ForeignFolderError, match="left alone"):
        write(catalogues.bare(), tmp_path)
    assert contents(tmp_path) == {name: b"mine"}


def test_a_file_in_its_place_is_left_alone(tmp_path):
    (tmp_path / "catalogue").write_text("mine")
    with pytest.raises(ForeignFolderError):
        write(catalogues.bare(), tmp_path / "catalogue")


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(PathError, match="cannot be written"):
        write(catalogues.bare(), tmp_path / "file" / "catalogue")


def test_where_there_is_no_database_none_is_set_up(tmp_path):
    made = catalogue(load_settings(workspace=tmp_path / "workspace"), is_without_database=False)
    assert made.snapshot is None
    assert list(tmp_path.iterdir()) == []


def test_a_publisher_told_in_one_language_stands_in_both(tmp_path, monkeypatch):
    monkeypatch.setenv("DOISOAT_CATALOGUE__PUBLISHER_VI", "Sở Khoa học và Công nghệ")
    made = catalogue(load_settings(workspace=tmp_path), is_without_database=True)
    assert set(made.publisher.name) == {"Sở Khoa học và Công nghệ"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("HOME", "https://data.example.vn"),
        ("HOME", "javascript:alert(1)/"),
        ("CONTACT_EMAIL", "nobody"),
        ("TITLE_VI", ""),
    ],
)
def test_a_malformed_setting_is_named(monkeypatch, key, value):
    monkeypatch.setenv(f"DOISOAT_CATALOGUE__{key}", value)
    with pytest.raises(SettingsError, match=key.lower()):
        load_settings()
