"""Tells Django where the tables are."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "regulars.records"
    label = "records"
    verbose_name = "Records"
