"""`python -m helder` is the program `helder`."""

from helder.cli import main

if __name__ == "__main__":
    main()
