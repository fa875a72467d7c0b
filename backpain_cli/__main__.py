"""Run the program as `python -m backpain_cli`."""

from backpain_cli.cli import main

if __name__ == "__main__":
    main()
