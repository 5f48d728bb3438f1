"""The model of the nightly run: the file that the setting names, else the stated figures; a bad one is a sentence."""

import pytest

from flows.errors import SettingsError
from flows.exits import Exit
from flows.matching_model import model_of
from flows.settings import Settings
from matching.learnt import Learnt


def settings(path):
    return Settings(matching={"model": path})


def test_without_a_setting_the_stated_figures_stand():
    assert model_of(Settings()) == Learnt()


def test_the_file_of_the_setting_is_read(tmp_path):
    model = Learnt(m={"population": {"sex": {"same": 0.9, "different": 0.1}}}, fingerprint="a" * 64)
    (tmp_path / "model.json").write_text(model.to_json(), encoding="utf-8")
    assert model_of(settings(tmp_path / "model.json")) == model


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "cannot be read"),
        ("{}x", "not a model"),
        ("{}", "see fingerprint"),
        ('{"stated": "old"}', "learn it anew"),
        ("\xff", "not a model"),
    ],
)
def test_a_file_that_is_no_model_names_the_setting(tmp_path, text, words):
    path = tmp_path / "model.json"
    if text is not None:
        path.write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"matching\.model") as refused:
        model_of(settings(path))
    assert words in refused.value.en
    assert refused.value.exit is Exit.SETTINGS
