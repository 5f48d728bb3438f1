"""What a province is asked to be: its sizes, its seed, and the rates at which clerks damage what they write."""

from dataclasses import dataclass, fields

LARGEST_REGISTER = 100_000_000
"""The six free digits of a citizen ID hold no more people of one sex, year and province of birth."""


@dataclass(frozen=True, slots=True)
class Dirt:
    """Rates from 0 to 1, of the records that the damage can befall. Each group of `ONE_OF` does one thing at most."""

    number_missing: float = 0.0
    number_lost_zero: float = 0.0
    number_wrong_digit: float = 0.0
    number_transposed: float = 0.0
    number_cmnd: float = 0.0
    number_of_household: float = 0.0
    number_placeholder: float = 0.0
    name_doublet: float = 0.0
    name_hook_tilde: float = 0.0
    name_abbreviated: float = 0.0
    name_reordered: float = 0.0
    name_slip: float = 0.0
    name_unaccented: float = 0.0
    name_capitals: float = 0.0
    birth_missing: float = 0.0
    birth_year_only: float = 0.0
    birth_swapped: float = 0.0
    birth_wrong_digit: float = 0.0
    sex_missing: float = 0.0
    sex_wrong: float = 0.0
    commune_moved: float = 0.0
    commune_missing: float = 0.0
    phone_missing: float = 0.0
    phone_other: float = 0.0
    mother_missing: float = 0.0
    father_missing: float = 0.0
    mother_slip: float = 0.0
    father_slip: float = 0.0
    outside: float = 0.0
    """Of all records: they mean nobody in the register."""
    namesake: float = 0.0
    """Of the people outside: somebody in the register has the same name, sex and year of birth."""
    namesake_same_day: float = 0.0
    """Of those namesakes: the day of birth is the same too."""

    def __post_init__(self) -> None:
        for each in fields(self):
            if not 0 <= getattr(self, each.name) <= 1:
                raise ValueError(f"{each.name} is no rate between 0 and 1: {getattr(self, each.name)}")
        for group in ONE_OF:
            if sum(self.rates(group)) > 1 + 1e-9:
                raise ValueError(f"the rates of {group}_… are more than 1 together: {sum(self.rates(group)):g}")

    def rates(self, group: str) -> list[float]:
        """The rates of a group, in order of their fields."""
        return [getattr(self, name) for name in damages(group)]


ONE_OF = ("number", "birth", "sex", "commune", "phone")


def damages(group: str) -> list[str]:
    """The names of a group's damages, in order of their fields."""
    return [each.name for each in fields(Dirt) if each.name.startswith(f"{group}_")]


PRESETS = {
    "clean": Dirt(
        number_missing=0.02, number_lost_zero=0.005, number_wrong_digit=0.002, number_transposed=0.001,
        number_cmnd=0.01, number_of_household=0.001, number_placeholder=0.001,
        name_doublet=0.001, name_hook_tilde=0.005, name_abbreviated=0.002, name_reordered=0.001, name_slip=0.005,
        name_unaccented=0.01, name_capitals=0.5,
        birth_missing=0.01, birth_year_only=0.01, birth_swapped=0.002, birth_wrong_digit=0.002,
        sex_missing=0.02, sex_wrong=0.001, commune_moved=0.05, commune_missing=0.01, phone_missing=0.3, phone_other=0.1,
        mother_missing=0.2, father_missing=0.25, mother_slip=0.005, father_slip=0.005,
        outside=0.05, namesake=0.1, namesake_same_day=0.02,
    ),
    "field": Dirt(
        number_missing=0.15, number_lost_zero=0.03, number_wrong_digit=0.01, number_transposed=0.005,
        number_cmnd=0.1, number_of_household=0.01, number_placeholder=0.01,
        name_doublet=0.01, name_hook_tilde=0.05, name_abbreviated=0.02, name_reordered=0.005, name_slip=0.03,
        name_unaccented=0.08, name_capitals=0.5,
        birth_missing=0.04, birth_year_only=0.08, birth_swapped=0.01, birth_wrong_digit=0.02,
        sex_missing=0.1, sex_wrong=0.005, commune_moved=0.15, commune_missing=0.05, phone_missing=0.4, phone_other=0.25,
        mother_missing=0.5, father_missing=0.55, mother_slip=0.03, father_slip=0.03,
        outside=0.07, namesake=0.2, namesake_same_day=0.05,
    ),
    "hostile": Dirt(
        number_missing=0.4, number_lost_zero=0.05, number_wrong_digit=0.03, number_transposed=0.015,
        number_cmnd=0.15, number_of_household=0.03, number_placeholder=0.04,
        name_doublet=0.05, name_hook_tilde=0.15, name_abbreviated=0.08, name_reordered=0.03, name_slip=0.1,
        name_unaccented=0.25, name_capitals=0.5,
        birth_missing=0.1, birth_year_only=0.2, birth_swapped=0.04, birth_wrong_digit=0.06,
        sex_missing=0.3, sex_wrong=0.02, commune_moved=0.3, commune_missing=0.15, phone_missing=0.6, phone_other=0.3,
        mother_missing=0.75, father_missing=0.8, mother_slip=0.08, father_slip=0.08,
        outside=0.1, namesake=0.5, namesake_same_day=0.1,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Province:
    """How many people and records, from which seed, how dirty, and how many records a person has."""

    register: int
    local: int
    seed: int = 1
    dirt: Dirt = PRESETS["field"]
    records_per_person: float = 1.3
    """On average, over the people who have a record. Not asked where the records are one to one."""
    is_one_to_one: bool = False
    part_people: int = 500_000
    """People made at a time; memory follows it, not the sizes. Families do not reach over parts."""

    def __post_init__(self) -> None:
        if not 0 <= self.register <= LARGEST_REGISTER:
            raise ValueError(f"a register has 0 to {LARGEST_REGISTER} people: {self.register}")
        if self.local < 0 or self.part_people < 1 or self.seed < 0:
            raise ValueError("local and seed are at least 0, part_people at least 1")
        if self.records_per_person < 1:
            raise ValueError(f"people with records have at least one: {self.records_per_person}")
        if self.is_one_to_one and self.local > self.register:
            raise ValueError(f"{self.local} records cannot mean {self.register} people one to one")

    @property
    def parts(self) -> int:
        """How many parts it is made in."""
        return max(1, -(-max(self.register, self.local) // self.part_people))

    def sizes(self, part: int) -> tuple[int, int]:
        """People in the register and records of one part."""
        bounds = [(part * size // self.parts, (part + 1) * size // self.parts) for size in (self.register, self.local)]
        return bounds[0][1] - bounds[0][0], bounds[1][1] - bounds[1][0]
