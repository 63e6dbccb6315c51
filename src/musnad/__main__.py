"""`python -m musnad` is the command `musnad`."""

from musnad.cli import run

if __name__ == "__main__":
    run()
