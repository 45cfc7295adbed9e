"""`python -m bartizan`, the same as the console script."""

from bartizan.cli.main import main

if __name__ == "__main__":
    main()
