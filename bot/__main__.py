"""`python -m bot` is `passalong`."""

from bot.cli import main

if __name__ == "__main__":
    main()
