"""Where the parts of this package lie."""

from pathlib import Path

HERE = Path(__file__).parents[1]
