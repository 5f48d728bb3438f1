"""A made-up province with its truth: a population register, records about its people as clerks write them, and who each
record means. `python -m bench.province --help`; what is in it and how dirty it is stands in bench/README.md.
"""
