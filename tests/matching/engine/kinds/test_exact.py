"""Equal or not."""


def test_case_counts_only_where_asked(level_of):
    assert level_of("exact", "Ab ", "aB") == "exact"
    assert level_of("exact", "Ab", "aB", case=True) == "different"


def test_accents_count(level_of):
    assert level_of("exact", "Hùng", "Hung") == "different"
