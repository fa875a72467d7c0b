"""A small program that holds the interview over the sample knowledge and prints the answers."""

import os
import sys

from backpain_cli.errors import BackpainError
from backpain_cli.interview import Interview
from backpain_cli.prompts import choose_asker
from tests.prompts.sample import KNOWLEDGE


def main() -> int:
    """Ask what is to be asked; print the answers, or how it ended."""
    plain = "--plain" in sys.argv
    try:
        asker = choose_asker(plain=plain, environment=os.environ, stdin=sys.stdin, stdout=sys.stdout)
        print("answers", Interview(KNOWLEDGE, asker, {}).run())  # noqa: T201 - the test reads it
    except BackpainError as error:
        print("ended", error.message)  # noqa: T201 - the test reads it
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
