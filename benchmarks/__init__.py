"""How fast it is, beside a floor and beside others; `python -m benchmarks.run` shows it."""
