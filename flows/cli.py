"""The `doisoat` command: thin, with help that teaches; its exit codes are those of `flows.exits`."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.commands import audit, department, docs, indicators, quality, quarantine, release, ticket
from flows.commands.options import DatabaseUrl, SettingsFile, WorkspaceFolder, overrides
from flows.errors import FlowError
from flows.exits import Exit
from flows.settings import load_settings

app = typer.Typer(
    name="doisoat",
    help="Đối soát: reconciles local dossiers and civil-registry books with the national population and business "
    "registers, and publishes clean tables that departments reuse.\n\n"
    "Exit codes: 0 done · 1 failed · 2 wrong command line · 3 a delivery was refused, the rest is published · "
    "4 release held · 5 another run is at work · 6 a setting or the description of a linkage is wrong.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.add_typer(audit.app, name="audit")
app.add_typer(docs.app, name="docs")
app.command("indicators")(indicators.indicators)
app.add_typer(release.app, name="release")
app.add_typer(quality.app, name="quality")
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(ticket.app, name="ticket")
app.add_typer(department.app, name="department")


@app.command()
def run(
    drop: Annotated[
        list[Path] | None, typer.Option("--drop", help="Drop folder: DROP/<source>/<delivery>/. May be given again.")
    ] = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Reconcile all new deliveries of the drop folders and publish. Run again, it publishes nothing new."""
    given = overrides(workspace, database, drops=tuple(drop) if drop else None)
    settings = load_settings(settings_file, **given)
    from flows.commands.run import run_once

    raise typer.Exit(run_once(settings, settings_file, given, Console()))


@app.command()
def serve(workspace: WorkspaceFolder = None, database: DatabaseUrl = None, settings_file: SettingsFile = None) -> None:
    """Run the nightly flow on its schedule, 01:00 Asia/Ho_Chi_Minh unless configured. Stop with Ctrl-C."""
    given = overrides(workspace, database)
    settings = load_settings(settings_file, **given)
    from flows.commands.serve import serve_nightly

    serve_nightly(settings, settings_file, given, Console())


@app.command()
def status(
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
    last: Annotated[int, typer.Option("--last", min=1, help="How many runs.")] = 5,
) -> None:
    """Show the last runs and the books of the latest."""
    settings = load_settings(settings_file, **overrides(workspace, database))
    from flows.commands.status import show_status

    show_status(settings, last, Console())


@app.command("check-drop")
def check_drop(
    drop: Annotated[Path, typer.Argument(help="Drop folder, as for `run`.", show_default=False)],
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Would these deliveries be accepted? Reads everything, loads nothing."""
    settings = load_settings(settings_file, **overrides(workspace, database))
    from flows.commands.check_drop import check_drop as check

    raise typer.Exit(check(settings, drop, Console()))


@app.command()
def evaluate(
    truth: Annotated[
        Path,
        typer.Option(
            "--truth",
            help="Folder with <dataset>.csv; with --links a table left_id, right_id; with --clusters id, cluster_id.",
            show_default=False,
        ),
    ],
    *,
    links: Annotated[
        Path | None, typer.Option("--links", help="Judge these links of two tables; no database.", show_default=False)
    ] = None,
    clusters: Annotated[
        Path | None, typer.Option("--clusters", help="Judge these clusters of `dedupe`.", show_default=False)
    ] = None,
    candidates: Annotated[
        Path | None,
        typer.Option("--candidates", help="Pairs that came near: thresholds and calibration.", show_default=False),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            help="Column of the truth, or column:decade, column:first_word …; of what is published also "
            "sex, age_group, name_group, unit. Again, or with commas, for more.",
        ),
    ] = None,
    records: Annotated[
        Path | None, typer.Option("--records", help="Table whose columns --by names instead.", show_default=False)
    ] = None,
    id_column: Annotated[str | None, typer.Option("--id", help="Id column of --records.", show_default=False)] = None,
    partial: Annotated[
        bool, typer.Option("--partial-truth", help="Leave records aside that the truth does not name.")
    ] = False,
    report: Annotated[Path | None, typer.Option("--report", help="Write a report in HTML.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Hold links against a known truth: precision, recall, F1, thresholds, calibration, subgroups.

    Without --links or --clusters the published links are judged, by dataset and role.
    """
    from flows.evaluation.output import Output

    output, groups = Output(as_json, report), [name.strip() for each in by or () for name in each.split(",")]
    if links or clusters:
        from flows.commands.evaluate_links import Asked, show_links

        asked = Asked(truth, links, clusters, candidates, groups, records, id_column, partial)
        show_links(asked, output, Console())
    else:
        from flows.commands.evaluate import show_published

        settings = load_settings(settings_file, **overrides(workspace, database))
        show_published(settings, truth, groups, output, Console())


@app.command()
def learn(
    out: Annotated[Path, typer.Option("--out", help="Where the model is written, as JSON.", show_default=False)],
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Learn how often matches agree, from what is held and decided; the setting matching.model makes runs use it."""
    from flows.commands.learn import run_learn

    settings = load_settings(settings_file, **overrides(workspace, database))
    run_learn(settings, out, Console())


@app.command()
def sample(
    *,
    links: Annotated[Path, typer.Option("--links", help="Links that `link` or `dedupe` wrote.", show_default=False)],
    candidates: Annotated[
        Path, typer.Option("--candidates", help="Pairs that came near, of the same run.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", help="Sheet for the clerks: .csv or .xlsx.", show_default=False)],
    size: Annotated[int, typer.Option("--size", min=20, help="How many pairs.")] = 400,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Another seed draws other pairs.")] = 1,
    table: Annotated[
        list[Path] | None,
        typer.Option("--table", help="The table or both, left first: pairs outside blocking are drawn too."),
    ] = None,
    spec: Annotated[
        Path | None, typer.Option("--spec", help="The linkage's description, with --table.", show_default=False)
    ] = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", help="Key of a blocking rule that was not used, as in [[block]].")
    ] = None,
) -> None:
    """Draw pairs for clerks to judge, each with a known chance; its design is written beside --out."""
    from flows.commands.sample import Asked, show_sample

    show_sample(Asked(links, candidates, out, size, seed, tuple(table or ()), spec, rule or ()), Console())


@app.command()
def estimate(
    filled: Annotated[Path, typer.Option("--sample", help="Sheet that clerks filled in.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Precision and recall with 95 % intervals, from what clerks said of a sample."""
    from flows.commands.sample import show_estimate

    show_estimate(filled, Console(), as_json=as_json)


SpecFile = Annotated[
    Path,
    typer.Option("--spec", help="TOML file that says what is compared: docs/linking/README.md.", show_default=False),
]
OutFile = Annotated[
    Path, typer.Option("--out", help="Where the links are written: .parquet or .csv.", show_default=False)
]
ReportFile = Annotated[Path | None, typer.Option("--report", help="Write a report in HTML.", show_default=False)]
ModelFile = Annotated[
    Path | None, typer.Option("--model", help="Write the model that was learnt, as JSON.", show_default=False)
]
UsedModel = Annotated[
    Path | None, typer.Option("--use-model", help="Weigh by this model; nothing is learnt.", show_default=False)
]
CandidatesFile = Annotated[
    Path | None,
    typer.Option("--candidates", help="Write every pair that came near: .parquet or .csv.", show_default=False),
]

DecisionsFile = Annotated[
    Path | None,
    typer.Option("--decisions", help="Table left_id, right_id, verdict (same, different): learnt from and obeyed."),
]


@app.command()
def link(
    left: Annotated[Path, typer.Argument(help="Table whose records are looked for.", show_default=False)],
    right: Annotated[
        Path | None, typer.Argument(help="Table in which they are looked for.", show_default=False)
    ] = None,
    *,
    out: OutFile,
    spec: Annotated[
        Path | None,
        typer.Option(
            "--spec", help="TOML file that says what is compared: docs/linking/README.md.", show_default=False
        ),
    ] = None,
    register: Annotated[
        Path | None,
        typer.Option("--register", help="Instead of RIGHT: what `prepare` wrote; only what is new since is compared."),
    ] = None,
    report: ReportFile = None,
    model: ModelFile = None,
    use_model: UsedModel = None,
    candidates: CandidatesFile = None,
    decisions: DecisionsFile = None,
) -> None:
    """Link any two tables (CSV, TSV, XLSX, JSON, JSON lines, Parquet) as a TOML file describes. No database needed."""
    if register:
        if right or report or model or use_model or decisions:
            raise typer.BadParameter("goes with LEFT, --out, --spec and --candidates only", param_hint="--register")
        from flows.commands import night

        night.run_night(night.Job(register, left, out, spec, candidates), Console())
        return
    if right is None or spec is None:
        raise typer.BadParameter("RIGHT and --spec are needed, or --register", param_hint="RIGHT")
    from flows.commands.link import Job, run_link

    run_link(Job(spec, (left, right), out, report, model, use_model, candidates, decisions), Console())


@app.command()
def explain(
    left: Annotated[Path, typer.Argument(help="Left table; alone, the one that is deduplicated.", show_default=False)],
    right: Annotated[Path | None, typer.Argument(help="Right table.", show_default=False)] = None,
    *,
    spec: SpecFile,
    left_id: Annotated[str, typer.Option("--left", help="Id of a record of LEFT.", show_default=False)],
    right_id: Annotated[str, typer.Option("--right", help="Id of a record of RIGHT.", show_default=False)],
    model: Annotated[
        Path | None,
        typer.Option("--model", "--use-model", help="Weigh by this model; nothing is learnt.", show_default=False),
    ] = None,
    svg: Annotated[Path | None, typer.Option("--svg", help="Draw the sum as a waterfall.", show_default=False)] = None,
) -> None:
    """Why two records are held for the same, or not: field by field, with the sum. Any pair, also one far apart."""
    from flows.commands.explain import Asked, run_explain

    tables = (left,) if right is None else (left, right)
    run_explain(Asked(spec, tables, left_id, right_id, model, svg), Console())


RegisterFolder = Annotated[
    Path, typer.Option("--register", help="Folder that `prepare` wrote: docs/linking/prepared.md.", show_default=False)
]


@app.command()
def prepare(
    right: Annotated[Path, typer.Argument(help="Table in which records will be looked for.", show_default=False)],
    *,
    spec: SpecFile,
    out: Annotated[Path, typer.Option("--out", help="Folder of the prepared register.", show_default=False)],
    use_model: UsedModel = None,
    local: Annotated[
        Path | None,
        typer.Option("--local", help="Table to learn the model and the rules from, if none are given."),
    ] = None,
) -> None:
    """Make a register ready once, for `find` and for `link --register`, night by night."""
    from flows.commands.prepare import Job, run_prepare

    run_prepare(Job(spec, right, out, use_model, local), Console())


@app.command()
def update(
    register: RegisterFolder,
    changed: Annotated[
        Path | None, typer.Option("--changed", help="Table of new and changed entries.", show_default=False)
    ] = None,
    removed: Annotated[
        Path | None, typer.Option("--removed", help="Table whose ids are taken out.", show_default=False)
    ] = None,
    is_compacted: Annotated[
        bool, typer.Option("--compact", help="Bring all changes together; do so every few weeks.")
    ] = False,
) -> None:
    """Bring the changes of a register into what `prepare` wrote."""
    from flows.commands.prepare import Change, run_update

    run_update(Change(register, changed, removed, is_compacted), Console())


@app.command()
def find(
    register: RegisterFolder,
    given: Annotated[
        list[str], typer.Option("--set", help="column=value of the record; once for each column.", show_default=False)
    ],
    most: Annotated[int, typer.Option("--most", min=1, help="How many candidates.")] = 10,
) -> None:
    """Who of a prepared register a single record means."""
    from flows.commands.find import Asked, run_find

    run_find(Asked(register, given, most), Console())


@app.command()
def dedupe(
    file: Annotated[Path, typer.Argument(help="Table in which records may stand twice.", show_default=False)],
    *,
    spec: SpecFile,
    out: OutFile,
    report: ReportFile = None,
    model: ModelFile = None,
    use_model: UsedModel = None,
    candidates: CandidatesFile = None,
    decisions: DecisionsFile = None,
) -> None:
    """Find the records of one table that mean the same. The clusters are written beside --out."""
    from flows.commands.link import Job, run_link

    run_link(Job(spec, (file,), out, report, model, use_model, candidates, decisions), Console())


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def psql(
    context: typer.Context,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Open psql on the warehouse, for example `doisoat psql -- -c 'select * from published.release'`."""
    settings = load_settings(settings_file, **overrides(workspace, database))
    from flows.commands.psql import open_psql

    raise typer.Exit(open_psql(settings, context.args))


def main() -> None:
    """Entry point: a known error is printed as its sentence, in both languages, and decides the exit code."""
    # A polite kill ends like Ctrl-C: contexts unwind, so the embedded PostgreSQL stops and the run leaves its summary.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _run(app)


def _run(command: Callable[[], object]) -> None:
    try:
        command()
    except FlowError as exc:
        _fail(str(exc), exc.exit)
    except Exception as exc:  # the outermost edge: what is not ours is a fault, and goes on as it came
        told = _told(exc)
        if told is None:
            raise
        _fail(*told)


def _told(exc: Exception) -> tuple[str, Exit] | None:
    """The sentence and the exit code of an error of one of our packages; they are imported only to look it up."""
    from contracts.errors import ContractError
    from expectations.errors import ExpectationsError
    from matching.errors import MatchingError, SpecError
    from warehouse.errors import RunInProgressError, WarehouseError

    match exc:
        case RunInProgressError():
            return f"{exc.vi}\n{exc.en}", Exit.BUSY
        case WarehouseError() | ExpectationsError():
            return f"{exc.vi}\n{exc.en}", Exit.FAILED
        case SpecError():
            return str(exc), Exit.SETTINGS
        case ContractError() | MatchingError():
            return str(exc), Exit.FAILED
    return None


def _fail(sentence: str, code: Exit) -> None:
    Console(stderr=True).print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)
    sys.exit(code)
