"""The agreement on paper: both languages side by side, and the record of the signatures."""

from pathlib import Path
from typing import Any

import segno
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from traboule.apps.duos.clauses import said_date
from traboule.core.languages import HOUSE, interface
from traboule.core.pdf import render
from traboule.web.duo.agreement_words import said_party, said_way

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "duo" / "agreement.typ"


def paper(agreement: Any, address: str) -> HttpResponse:
    """Return the PDF of a version; ``address`` is what the square code in its corner opens."""
    answer = HttpResponse(paper_bytes(agreement, address), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="accord-{agreement.duo_id}.pdf"'
    return answer


def paper_bytes(agreement: Any, address: str) -> bytes:
    """Return the bytes of the PDF."""
    own = interface(agreement.language)
    codes = [code for code in dict.fromkeys((HOUSE, own)) if code in agreement.texts]
    values = {
        "organisation": agreement.branch.organisation.name,
        "branch": agreement.branch.name,
        "columns": [_column(agreement, code) for code in codes],
        "matrix": [[bool(dot) for dot in row] for row in segno.make(address, error="m").matrix],
        "digest": agreement.digest,
    }
    return render(TEMPLATE, values, language=HOUSE)


def _column(agreement: Any, code: str) -> dict[str, Any]:
    """One language: its clauses and its record of the signatures."""
    with override(code):
        return {
            "lang": code.split("-")[0],
            "rtl": code in ("ar", "fa-af"),
            "title": _("Our agreement"),
            "version": _("Version %(number)s") % {"number": agreement.version},
            "clauses": [{"heading": heading, "text": text} for heading, text in agreement.texts[code]],
            "signatures": _("Signatures"),
            "rows": [_signed(row, code) for row in agreement.signatures.all()],
            "copy": _("Scan to open your copy"),
            "mark": _("Fingerprint of the text"),
        }


def _signed(row: Any, code: str) -> dict[str, str]:
    if row.signed_at is None:
        return {"who": row.label or said_party(row.party), "name": "", "how": _("Not signed yet")}
    at = timezone.localtime(row.signed_at)
    how = f"{said_date(at.date(), code)}, {at:%H:%M}, {said_way(row.channel)}"
    return {"who": row.label or said_party(row.party), "name": row.name, "how": how}
