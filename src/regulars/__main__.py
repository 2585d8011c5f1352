"""`python -m regulars` is the `regulars` command."""

from regulars.faces.cli.main import main

main()
