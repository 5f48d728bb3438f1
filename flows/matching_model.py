"""The model that the nightly run weighs by: the file of the setting `matching.model`, or the stated figures."""

from pathlib import Path

from flows.errors import SettingsError
from flows.settings import Settings
from matching.errors import SpecError
from matching.learnt import Learnt

_KEY = "matching.model"


def model_of(settings: Settings) -> Learnt:
    """The model; SettingsError where its file is missing, or none that this version can use."""
    path = settings.matching.model
    if path is None:
        return Learnt()
    try:
        return Learnt.from_json(path.read_text(encoding="utf-8-sig"))
    except OSError as exc:
        raise _wrong(path, "the file cannot be read") from exc
    except UnicodeDecodeError as exc:
        raise _wrong(path, "not a model file") from exc
    except SpecError as exc:
        raise _wrong(path, exc.what) from exc


def _wrong(path: Path, problem: str) -> SettingsError:
    return SettingsError(_KEY, f"{problem}; write it with `doisoat learn --out {path.name}`", origin=str(path))
