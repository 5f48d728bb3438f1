"""The command: `python -m bench.province --register 10000000 --local 1000000 --seed 1 --out DIR`."""

import argparse
import resource
import time
from pathlib import Path

from bench.province.settings import PRESETS, Province
from bench.province.writing import write


def arguments() -> argparse.ArgumentParser:
    """The options of the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.province", description="Writes a made-up province with its truth."
    )
    parser.add_argument("--register", type=int, default=100_000, help="people in the register")
    parser.add_argument("--local", type=int, default=10_000, help="records about them")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same files")
    parser.add_argument("--preset", choices=PRESETS, default="field", help="how dirty the records are")
    parser.add_argument("--one-to-one", action="store_true", help="no person has two records")
    parser.add_argument("--records-per-person", type=float, default=1.3, help="on average, of who has one")
    parser.add_argument("--out", type=Path, required=True, help="folder of register, local and truth .parquet")
    return parser


def main() -> None:
    """Writes the province that the options ask for, and says what it cost."""
    parser = arguments()
    asked = parser.parse_args()
    begun = time.monotonic()
    try:
        province = Province(
            register=asked.register,
            local=asked.local,
            seed=asked.seed,
            dirt=PRESETS[asked.preset],
            records_per_person=asked.records_per_person,
            is_one_to_one=asked.one_to_one,
        )
    except ValueError as error:
        parser.error(str(error))
    write(province, asked.out)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.monotonic() - begun
    print(f"{asked.register} people, {asked.local} records, {seconds:.1f} s, at most {peak:.0f} MiB of memory")


if __name__ == "__main__":
    main()
