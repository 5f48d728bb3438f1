"""What the subcommands of `doisoat` do, a module each; `flows.cli` only reads the command line.

A group of commands (`doisoat release …`) is a module with a typer application of its own, which `flows.cli` adds.
"""
