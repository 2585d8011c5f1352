"""Tells Django where the tables are."""

import importlib

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "regulars.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        """Importing the checks registers them."""
        importlib.import_module("regulars.records.placement")
