"""What Django has to know of the ground that all pages stand on."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "regulars.faces.shared"
    label = "regulars_shared"
