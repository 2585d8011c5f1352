"""`regulars export --csv FOLDER`: a file for each kind."""

from pathlib import Path

from regulars.faces.cli.running import say


def write_tables(folder: Path, organization: str | None) -> None:
    """Each under another name until it is whole, so that nobody takes half of it for all."""
    from regulars.services import exporting_tables
    from regulars.services.upkeep import at_work

    folder.mkdir(parents=True, exist_ok=True)
    with at_work(organization) as company:
        for name in exporting_tables.TABLES:
            draft = folder / f"{name}.csv.part"
            try:
                n_lines = 0
                with draft.open("wb") as out:
                    for line in exporting_tables.csv_lines(company, name):
                        out.write(line)
                        n_lines += 1
                draft.replace(folder / f"{name}.csv")
            finally:
                draft.unlink(missing_ok=True)
            say(f"{n_lines - 1:,} rows written to {folder / name}.csv.")
