"""How good links are: held against a truth, estimated from pairs that clerks looked at, or set beside a challenger."""
