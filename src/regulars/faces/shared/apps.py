"""What Django has to know of the ground that all pages stand on."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "regulars.faces.shared"
    label = "regulars_shared"

    def ready(self) -> None:
        from regulars.faces.shared import sign_in_notes  # noqa: PLC0415 - needs the models

        sign_in_notes.listen()
