"""`doisoat check-drop`: would these deliveries be accepted? Reads everything, loads nothing."""

from pathlib import Path

from rich.console import Console
from rich.markup import escape

import warehouse
from contracts import received
from flows.errors import DropMissingError
from flows.exits import Exit
from flows.numbers import counted, grouped
from flows.pull import Delivery, DeliveryRead, discover, read_delivery
from flows.run import opened
from flows.settings import Settings
from flows.workspace import Workspace


def check_drop(settings: Settings, drop: Path, console: Console) -> Exit:
    """Reads every delivery of the folder and prints what is wrong with it; REFUSED if one would be refused."""
    if not drop.is_dir():
        raise DropMissingError(drop)
    result, full = Exit.DONE, _delivered_in_full(settings)
    for delivery in discover(drop):
        done = read_delivery(delivery, received(), has_full=full.__contains__)
        if done.status == "accepted":
            full |= set(done.frames)
        else:
            result = Exit.REFUSED
        _show(delivery, done, console)
    return result


def _delivered_in_full(settings: Settings) -> set[str]:
    """Datasets that a delta may change, as far as there is a warehouse to ask: an absent one is not made for this."""
    workspace = Workspace(settings.workspace.resolve())
    if settings.database is None and not workspace.postgresql.exists():
        return set()
    with opened(settings, workspace) as url, warehouse.connect(url) as connection:
        warehouse.prepare(connection)
        return set(warehouse.state(connection).holdings)


def _show(delivery: Delivery, done: DeliveryRead, console: Console) -> None:
    words = "sẽ được nhận · would be accepted" if done.status == "accepted" else "sẽ bị từ chối · would be refused"
    colour = "green" if done.status == "accepted" else "red"
    console.print(f"[bold {colour}]{delivery.delivery_id}[/] ({delivery.kind}): {words}", highlight=False)
    for dataset, rows in done.frames.items():
        console.print(f"    {dataset}: {grouped(rows.height)} dòng · {counted(rows.height, 'row')}", highlight=False)
    sentences = [(each.vi, each.en) for each in done.problems] + list(done.rejects.select("vi", "en").iter_rows())
    for vi, en in sentences:
        console.print(f"    {escape(vi)}\n    {escape(en)}", highlight=False, soft_wrap=True)
