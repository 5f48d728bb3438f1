"""The sample deliveries: every truth key is found, whatever the encoding of the file."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest

import contracts
from matching.standardise import standardise
from matching.standardise.encodings import decode

EXTRACTS = Path(__file__).parents[3] / "../shared/extracts"
CASES = [
    ("hostile-small", "birth"),
    ("hostile-small", "marriage"),
    ("field-small", "birth"),
    ("field-small", "marriage"),
]

pytestmark = pytest.mark.skipif(not EXTRACTS.exists(), reason="the sample deliveries are not here")


def delivered(extract, contract):
    paths = sorted((EXTRACTS / extract / "drop").glob(f"*/*/{contract.dataset}*.[ct]sv"))
    names = {source: each.name for each in contract.properties for source in each.source_names}
    rows = []
    for path in paths:
        text = decode(path.read_bytes()).text
        head = text.partition("\n")[0]
        reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t|", key=head.count))
        rows += [{names[key]: value or None for key, value in row.items() if key in names} for row in reader]
    return pl.DataFrame(rows, schema=dict.fromkeys(contract.names, pl.String))


@pytest.mark.parametrize(("extract", "dataset"), CASES)
def test_the_record_ids_are_the_keys_of_the_truth(extract, dataset):
    contract = contracts.received()[dataset]
    ids = set(standardise(delivered(extract, contract).lazy(), contract).collect()["record_id"])
    with (EXTRACTS / extract / "truth" / f"{dataset}.csv").open(encoding="utf-8") as file:
        keys = {f"{dataset}:{row['key']}" for row in csv.DictReader(file)}
    assert len(keys - ids) <= len(keys) // 1000


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("civil-registry/2026-11-20/birth.part1.csv", "tcvn3"),
        ("civil-registry/2026-11-20/death.part1.csv", "vni"),
        ("civil-registry/2026-11-20/marriage.csv", "windows-1258"),
        ("one-stop/2026-11-20/dossier.part3.tsv", "utf-16"),
        ("one-stop/2026-11-20/dossier.part6.csv", "utf-8"),
    ],
)
def test_the_encoding_of_a_hostile_file_is_detected(name, encoding):
    decoded = decode((EXTRACTS / "hostile-small/drop" / name).read_bytes())
    assert decoded.encoding == encoding
    assert decoded.confidence > 0.95
