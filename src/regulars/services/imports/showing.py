"""An import as it is shown: its files and mappings, how far it is, its control totals."""

from typing import Any

import msgspec

from regulars.records import models
from regulars.services.imports import runs
from regulars.services.imports.keeping import progress_of
from regulars.services.imports.totals import compared
from regulars.services.organizations import Company


def state_of(company: Company, row: models.ImportRun) -> dict[str, Any]:
    """An import as it is shown: its files, how far it is, its control totals."""
    document, progress = runs.document_of(row), progress_of(row.progress)
    totals = compared(
        company,
        progress.read,
        {**progress.stated, **document.stated},
        progress.held if row.state == runs.DONE and not row.is_trial else None,
    )
    return {
        "id": str(row.id),
        "kind": row.kind,
        "state": row.state,
        "dry_run": row.is_trial,
        "by": runs.actor_of(row).name,
        "known_at": row.known_at,
        "made_at": row.made_at,
        "ended_at": row.ended_at,
        "problem": row.problem or None,
        "files": [msgspec.to_builtins(one) for one in document.files],
        "rows": progress.n_rows,
        "records": progress.n_records,
        "done": progress.place,
        "counts": dict(progress.counts),
        "totals": [
            {
                "name": one.name,
                "read": one.read,
                "stated": one.stated,
                "held": one.held,
                "differs": one.differs,
            }
            for one in totals
        ],
    }
