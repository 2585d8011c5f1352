"""The `regulars` program."""


def main() -> None:
    raise SystemExit("No commands yet.")
