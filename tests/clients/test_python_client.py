"""The committed client is the one that the present document gives."""

from clients import document


def test_the_client_was_generated_from_the_present_document():
    present = document.digest(document.canonical())
    assert document.HASH.read_text().strip() == present, "The document changed: ./run client"


def test_its_files_are_there():
    package = document.PYTHON / "regulars_client"
    assert (package / "py.typed").is_file()
    assert (package / "api" / "acts" / "redeem_points.py").is_file()
