"""`python -m musnad.cli` is the command `musnad`."""

from musnad.cli import run

run()
