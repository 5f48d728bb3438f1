"""The guide to linking runs as it is written, and tells every key, form, option and column there is."""

import dataclasses
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from typer.main import get_command

from flows.cli import app
from matching.engine import spec_file
from matching.engine.keys import FORMS
from matching.engine.link import LINKS
from matching.engine.spec import Cardinality, Costs, Limits
from matching.reasons import Status

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "linking" / "README.md").read_text(encoding="utf-8")


def blocks(language):
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```", TEXT, re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(body) for _, body in found]


def rows():
    return re.findall(r"^\| `([^`]+)` \| ([^|]*) \|", TEXT, re.MULTILINE)


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory):
    """A folder in which all commands of the page ran, one after the other."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "samples").symlink_to(ROOT / "samples")
    program = folder / "bin" / "doisoat"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom flows.cli import main\nmain()\n", encoding="utf-8")
    program.chmod(0o755)
    environment = os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    for command in blocks("sh"):
        subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=folder, env=environment, check=True)
    return folder


def test_the_tutorial_leaves_every_file_it_speaks_of(tutorial):
    names = {
        "links.parquet",
        "report.html",
        "model.json",
        "careful.csv",
        "pairs.csv",
        "twice.csv",
        "twice.clusters.csv",
    }
    assert names <= {path.name for path in tutorial.iterdir()}
    assert names <= set(re.findall(r"[\w.]+\.(?:parquet|html|json|csv)", TEXT))


def test_the_costs_of_the_tutorial_send_pairs_to_review(tutorial):
    assert ",review," in (tutorial / "careful.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("at", range(len(blocks("python"))))
def test_the_python_of_the_page_runs(tutorial, at):
    done = subprocess.run(
        [sys.executable, "-c", blocks("python")[at]],
        cwd=tutorial, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "linked" in done.stdout


def test_the_description_shown_is_read():
    [block] = blocks("toml")
    assert spec_file.parse(block, origin="README.md").costs.review == 0.2


def test_every_key_of_a_description_is_told_with_its_default():
    told = {key: default.strip() for key, default in rows()}
    limits = {f"limits.{name}": f"`{value}`" for name, value in dataclasses.asdict(Limits()).items()}
    costs = {f"costs.{each.name}": f"`{each.default:g}`" for each in dataclasses.fields(Costs) if each.default}
    others = {"cardinality", "seed", "left.id", "right.id", "costs.review", "block.on", "block.largest_block"}
    others |= {f"compare.{key}" for key in ("kind", "column", "left", "right", "field")}
    assert told.items() >= (limits | costs).items()
    assert {key for key in told if "." in key and not key.startswith(".")} | {"cardinality", "seed"} == (
        others | set(limits) | set(costs)
    )


def test_every_form_of_a_key_is_told_in_its_own_words():
    assert dict(rows()).items() >= FORMS.items()


def test_every_cardinality_and_column_and_status_is_told():
    told = {key for key, _ in rows()}
    assert told >= {each.value for each in Cardinality if each is not Cardinality.DEDUPE}
    assert told >= set(LINKS)
    assert all(f"`{each.value}`" in TEXT for each in Status)


def test_every_option_of_both_commands_is_told():
    commands = get_command(app).commands
    options = {
        option
        for name in ("link", "dedupe")
        for each in commands[name].params
        for option in each.opts
        if option.startswith("--")
    }
    assert {key for key, _ in rows() if key.startswith("--")} == options
