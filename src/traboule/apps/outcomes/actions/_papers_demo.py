"""Small invented papers, like the photos that a phone sends; no name stands on them."""

from functools import cache

TITLES = {"contract": "CONTRAT", "payslip": "BULLETIN", "attestation": "ATTESTATION", "office": "DÉCISION"}


@cache
def drawn_paper(kind: str, number: int) -> bytes:
    """Return a picture of a paper of this kind; another number is another paper."""
    from io import BytesIO

    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (360, 480), "#fdfaf3")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((18, 18, 342, 462), outline="#857c68", width=3)
    pen.text((40, 48), TITLES.get(kind, "COURRIER"), fill="#20242e", font_size=32)
    pen.text((40, 92), f"No {100 + number}", fill="#565c6b", font_size=20)
    for line in range(8):
        pen.line((40, 130 + 36 * line, 318 - 40 * (line % 3), 130 + 36 * line), fill="#857c68", width=4)
    content = BytesIO()
    picture.save(content, format="PNG")
    return content.getvalue()
