"""The document that an invoice's row is written with says what the invoice says."""

from regulars.records import codec
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.facts import document_in
from regulars.services.formats.parsing import Reader

TRICKY = '","lines":[{"id":"l0"}],"'
INVOICE = {
    "type": "invoice",
    "id": f"i1{TRICKY}",
    "guest": "ada",
    "center": "soho",
    "status": "closed",
    "opened_at": "2026-02-10T12:00:00Z",
    "closed_at": "2026-02-10T13:00:00Z",
    "lines": [
        {"id": f"l1{TRICKY}", "kind": "service", "price": "80.00", "tax": "6.40"},
        {"id": "l2", "kind": "product", "price": "20.00", "discount": "5.00", "staff": "kim"},
    ],
    "payments": [
        {"id": "p1", "tender": "card", "amount": "101.40", "at": "2026-02-10T13:00:00Z"}
    ],
    "refunds": [
        {
            "id": "r1",
            "payment": "p1",
            "line": "l2",
            "amount": "15.00",
            "at": "2026-02-11T09:00:00Z",
        }
    ],
    "at": "2026-02-11T09:00:00Z",
}


def test_the_document_is_read_back_as_it_was_said():
    context = ReadingContext()
    context.set_organization("USD", "Europe/Berlin")
    context.set_center("soho", None)
    record = Reader(context).parse(INVOICE)
    said = record.body
    kept = codec.document_of(document_in(record.canonical))
    assert [
        (one.id, one.kind, one.price_cents, one.discount_cents, one.tax_cents, one.staff)
        for one in kept.lines
    ] == [
        (f"l1{TRICKY}", "service", 8000, 0, 640, None),
        ("l2", "product", 2000, 500, 0, "kim"),
    ]
    for ours, theirs in ((kept.lines, said.lines), (kept.payments, said.payments)):
        for one, other in zip(ours, theirs, strict=True):
            names = [name for name in other.__struct_fields__ if hasattr(one, name)]
            assert names == [*other.__struct_fields__]
            assert [getattr(one, name) for name in names] == [
                getattr(other, name) for name in names
            ]
    (refund,) = kept.refunds
    assert (refund.id, refund.payment, refund.line) == ("r1", "p1", "l2")
    assert (refund.amount_cents, refund.at) == (1500, said.refunds[0].at)
