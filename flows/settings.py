"""One settings model: defaults, then a TOML file, then the environment (`DOISOAT_…`), then the command line."""

import os
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from flows.errors import SettingsError

FILE_NAME = "doisoat.toml"
PREFIX = "DOISOAT_"


class Section(BaseModel):
    """A table of the settings file; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Schedule(Section):
    """When `doisoat serve` runs the nightly flow."""

    cron: str = "0 1 * * *"
    timezone: str = "Asia/Ho_Chi_Minh"

    @field_validator("timezone")
    @classmethod
    def _timezone_is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as exc:
            raise ValueError(f"{name!r} is not a time zone of the IANA list") from exc
        return name

    @field_validator("cron")
    @classmethod
    def _cron_line_is_valid(cls, line: str) -> str:
        try:
            CronSim(line, datetime(2026, 1, 1))
        except CronSimError as exc:
            raise ValueError(f"{line!r} is not a cron line of five fields") from exc
        return line


class Checks(Section):
    """Limits of the gates."""

    max_row_change: float = Field(default=0.5, gt=0)
    """Share by which a full delivery's rows may differ from those held before it is refused whole, while the source has
    too short a history; and by which a published table may shrink before gate two holds it."""
    volume_warning: float = Field(default=3.5, gt=0)
    """How many spreads from the median of the last deliveries a delivery's rows may be off before that is told."""
    volume_refusal: float = Field(default=10.0, gt=0)
    """How many before it is refused whole. Both defaults are those of `expectations.volume`, which says why."""
    max_failed_rows: float = Field(default=0.5, gt=0, le=1)
    """Share of a delivery's new rows that may break error rules before it is refused whole."""
    procedures: Path | None = None
    """Catalogue of procedures: a code a line, or a CSV whose first column it is; without it, the dossiers held tell."""
    units: Path | None = None
    """Catalogue of office codes, likewise."""


class Matching(Section):
    """How records are matched."""

    model: Path | None = None
    """Model of `doisoat learn`; without it the stated figures stand."""


class CatalogueSection(Section):
    """Who answers for the catalogue that `doisoat docs build` makes."""

    title_vi: str = Field(default="Danh mục dữ liệu đã đối soát", min_length=1)
    title_en: str = Field(default="Catalogue of reconciled data", min_length=1)
    publisher_vi: str | None = None
    publisher_en: str | None = None
    contact_name: str | None = None
    contact_email: str | None = Field(default=None, pattern=r"^[^@\s<>]+@[^@\s<>]+$")
    contact_phone: str | None = Field(default=None, pattern=r"^\+?[0-9 ]+$")
    home: str | None = Field(default=None, pattern=r"^https?://[^\s<>\"]+/$")
    """Address at which the folder is served, with a slash at its end."""


class Release(Section):
    """When a release waits for a person's approval, and how long releases are kept."""

    max_reidentified_share: float = Field(default=0.01, ge=0, le=1)
    """Share of a table's or unit's links that may lead to somebody else than before."""
    max_lost_share: float = Field(default=0.05, ge=0, le=1)
    """Share of links that may be lost."""
    max_removed_share: float = Field(default=0.1, ge=0, le=1)
    """Share of rows that may be removed."""
    min_count: int = Field(default=20, ge=1)
    """Fewer than that never hold a release, whatever their share: a unit of thirty rows is no sample."""
    hold_always: bool = False
    """Whether every release waits for an approval."""
    keep: int = Field(default=30, ge=1)
    """How many releases can be shown, restored and read as Parquet: a month of nights. Pinned ones stay longer."""


class QuarantineTerms(Section):
    """Until when a row in quarantine must be verified and corrected."""

    verify_days: int = Field(default=5, ge=0)
    """Days to verify, from the day on which the row was first held back."""
    fix_days: int = Field(default=5, ge=0)
    """Further days to correct it."""
    complex_days: int = Field(default=15, ge=0)
    """Days for a case that was returned as a complex one."""
    day_count: Literal["calendar", "working"] = "calendar"
    """What a day is; working days leave out Saturdays, Sundays and `holidays`."""
    holidays: tuple[date, ...] = ()


class Tickets(Section):
    """What is asked of the offices that own a wrong value."""

    verify_days: int = Field(default=5, gt=0)
    """Calendar days to verify and answer; CV 4856/BCA-TTDLQG as read, which does not say which days count."""
    repair_days: int = Field(default=5, gt=0)
    """Further days to repair."""
    least_gravity: int = Field(default=2, ge=1, le=4)
    """Gravity from which a difference becomes a ticket (docs/discrepancies.md)."""


class QuerySource(Section):
    """A PostgreSQL source read by query, for example a replica of the one-stop system."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    url_variable: str
    """Name of the environment variable that holds the source's URL: secrets come from nowhere else."""
    queries: dict[str, Path]
    """SQL file by dataset; its columns carry the source names of FORMATS."""
    batch_size: int = Field(default=50_000, gt=0)


class Settings(BaseSettings):
    """Everything that can be configured; frozen, built once at the edge and passed in."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    workspace: Path = Path("workspace")
    drops: tuple[Path, ...] = (Path("drop"),)
    database: SecretStr | None = None
    """URL of a PostgreSQL ≥ 15; the embedded one inside the workspace when absent."""
    schedule: Schedule = Schedule()
    checks: Checks = Checks()
    matching: Matching = Matching()
    release: Release = Release()
    quarantine: QuarantineTerms = QuarantineTerms()
    tickets: Tickets = Tickets()
    query_sources: tuple[QuerySource, ...] = ()
    catalogue: CatalogueSection = CatalogueSection()

    @field_validator("database")
    @classmethod
    def _is_a_postgresql_url(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not url.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("it must begin with postgresql://")
        return url


def load_settings(file: Path | None = None, **overrides: Any) -> Settings:  # noqa: ANN401 - any setting's value
    """Settings from file, environment and overrides; SettingsError names the key that is wrong.

    Without `file`, `doisoat.toml` in the working directory is read where it exists.
    """
    path = file or (Path(FILE_NAME) if Path(FILE_NAME).exists() else None)
    chosen = {key: value for key, value in overrides.items() if value is not None}
    _refuse_unknown_variables(os.environ)
    try:
        return _with_file(path)(**chosen)
    except ValidationError as exc:
        raise _named(exc, path) from exc
    except tomllib.TOMLDecodeError as exc:
        raise SettingsError(str(path), f"not valid TOML: {exc}", origin="file") from exc
    except FileNotFoundError as exc:
        raise SettingsError("--settings", "the file does not exist", origin=str(path)) from exc


def _with_file(path: Path | None) -> type[Settings]:
    if path is None:
        return Settings
    if not path.exists():
        raise FileNotFoundError(path)

    class FromFile(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            # The command line wins over the environment, the environment over the file.
            return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path)

    return FromFile


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    # pydantic-settings ignores variables it does not know: a mistyped one would silently do nothing.
    for name in environment:
        key = name.removeprefix(PREFIX).lower().split("__")[0]
        if name.startswith(PREFIX) and key not in Settings.model_fields:
            known = ", ".join(PREFIX + field.upper() for field in Settings.model_fields)
            raise SettingsError(name, f"unknown; known are {known}", origin="environment")


def _named(exc: ValidationError, path: Path | None) -> SettingsError:
    first = exc.errors(include_input=False, include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"]) or "settings"
    origin = PREFIX + key.upper().replace(".", "__")
    return SettingsError(key, first["msg"], origin=f"{path or FILE_NAME} / {origin}")
