"""Reading each kind of file that may be handed in: what it is, and how it is made harmless."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MOST_PARTS = 500
MOST_UNPACKED = 50 * 1024**2
MOST_RATIO = 100
SMALL_PART = 64 * 1024  # below this a high ratio is harmless
MOST_PIXELS = 40_000_000
MOST_PDF_OBJECTS = 100_000
MOST_PDF_PAGES = 500
CHUNK = 256 * 1024

_PK, _END = b"PK\x03\x04", b"PK\x05\x06"
_ODT = b"application/vnd.oasis.opendocument.text"
_FORBIDDEN_PARTS = (
    *("vbaproject", "vbadata", "activex", "oleobject", "embeddings/", "basic/", "scripts/", "object "),
    *("objectreplacements/", "afchunk", "customui", "configurations2/"),
)
_HARMLESS_RELATIONS = ("/hyperlink",)
_PDF_KEYS = (
    *(
        "/AA",
        "/OpenAction",
        "/JS",
        "/JavaScript",
        "/EmbeddedFiles",
        "/EF",
        "/AF",
        "/XFA",
        "/RichMediaContent",
    ),
    *("/RichMediaSettings", "/Collection", "/Metadata", "/PieceInfo"),
)
_PDF_PLAYERS = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")
_PDF_ACTIONS = frozenset(
    {
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie"),
        *("/Sound", "/RichMediaExecute", "/ResetForm", "/Hide", "/SetOCGState", "/Trans", "/GoTo3DView"),
    }
)


class UploadRefused(ValueError):
    """A file that is not taken; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_of(content: bytes) -> str:
    """Return what the content is by its first bytes: pdf, docx, odt, jpg, png, or nothing."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(_PK):
        return "odt" if content[30:38] == b"mimetype" and content[38 : 38 + len(_ODT)] == _ODT else "docx"
    return ""


def guarded(read: Callable[[bytes], bytes], content: bytes) -> bytes:
    """Run a reader; whatever a damaged or hostile file makes its library say becomes a refusal."""
    try:
        return read(content)
    except UploadRefused:
        raise
    except MemoryError as error:
        raise UploadRefused("unpacks_too_large") from error
    except Exception as error:
        raise UploadRefused("broken") from error


# --- pictures ---------------------------------------------------------------------------------------------


def redraw_jpg(content: bytes) -> bytes:
    """Return the picture drawn anew, the right way up, without a word about where and when."""
    return _redrawn(content, "JPEG", ("RGB", "L"), {"quality": 88, "optimize": True})


def redraw_png(content: bytes) -> bytes:
    """Return the first picture drawn anew, with its transparent parts."""
    return _redrawn(content, "PNG", ("RGB", "RGBA", "L", "LA"), {"optimize": True})


def _redrawn(content: bytes, form: str, modes: tuple[str, ...], how: dict[str, Any]) -> bytes:
    # Imported where it is used: most pages handle no picture.
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content), formats=[form]) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS or not width * height:
            raise UploadRefused("picture_too_large")
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        drawn = upright if upright.mode in modes else upright.convert(modes[1] if form == "PNG" else "RGB")
        fresh = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    buffer = io.BytesIO()
    fresh.save(buffer, form, **how)
    return buffer.getvalue()


# --- PDF --------------------------------------------------------------------------------------------------


def clean_pdf(content: bytes) -> bytes:
    """Return the file written anew, without scripts, actions, files inside, and words about its maker."""
    import pikepdf

    try:
        opened = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise UploadRefused("locked") from error
    with opened as pdf:
        if pdf.is_encrypted:
            raise UploadRefused("locked")
        if len(pdf.objects) > MOST_PDF_OBJECTS or not 0 < len(pdf.pages) <= MOST_PDF_PAGES:
            raise UploadRefused("unpacks_too_large")
        for found in [pdf.trailer, *pdf.objects]:
            _disarm(found, 0)
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        buffer = io.BytesIO()
        pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return buffer.getvalue()


def _disarm(found: Any, depth: int) -> None:
    """Take dangerous keys out of an object and of what stands directly in it.

    What it only refers to has its own turn.
    """
    import pikepdf

    if depth > 50:
        raise UploadRefused("broken")
    if isinstance(found, pikepdf.Array):
        parts = list(found)
    elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        _disarm_keys(found)
        parts = [found[key] for key in list(found.keys())]
    else:
        return
    for part in parts:
        if not getattr(part, "is_indirect", False):
            _disarm(part, depth + 1)


def _disarm_keys(found: Any) -> None:
    import pikepdf

    doomed = [key for key in _PDF_KEYS if key in found]
    if str(found.get("/S", "")) in _PDF_ACTIONS:
        doomed = [key for key in list(found.keys()) if key not in ("/Length", "/Filter", "/Type")]
    if str(found.get("/Subtype", "")) in _PDF_PLAYERS:
        found["/Subtype"] = pikepdf.Name("/Text")
        doomed += [key for key in ("/FS", "/A", "/Movie", "/Sound", "/3DD") if key in found]
    for key in dict.fromkeys(doomed):
        del found[key]


# --- packed text files ------------------------------------------------------------------------------------


def check_docx(content: bytes) -> bytes:
    """Return the content of a Word file that holds text and pictures only."""
    names = dict(_parts(content))
    if "[Content_Types].xml" not in names or "word/document.xml" not in names:
        raise UploadRefused("not_what_it_says")
    if b"macroEnabled" in names["[Content_Types].xml"]:
        raise UploadRefused("runs_something")
    for name, part in names.items():
        if name.endswith(".rels"):
            _refuse_relations(part)
    return content


def check_odt(content: bytes) -> bytes:
    """Return the content of an OpenDocument text that holds text and pictures only."""
    names = dict(_parts(content))
    if names.get("mimetype") != _ODT or "content.xml" not in names:
        raise UploadRefused("not_what_it_says")
    if b"encryption-data" in names.get("META-INF/manifest.xml", b""):
        raise UploadRefused("locked")
    for name in ("content.xml", "styles.xml"):
        part = names.get(name, b"")
        if b"script:event-listener" in part or b"<office:script" in part or b"draw:plugin" in part:
            raise UploadRefused("runs_something")
    return content


def _refuse_relations(part: bytes) -> None:
    for relation in fromstring(part, forbid_dtd=True):
        outside = relation.get("TargetMode") == "External"
        if outside and not str(relation.get("Type", "")).endswith(_HARMLESS_RELATIONS):
            raise UploadRefused("reaches_elsewhere")


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each part, counting what really comes out; the directory may lie."""
    if content.rfind(_END) != len(content) - 22:
        raise UploadRefused("broken")  # something stands behind the archive, or it has a comment
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _guard(parts)
            total = 0
            for info in parts:
                data = _unpacked(archive, info, MOST_UNPACKED - total)
                total += len(data)
                _guard_part(info.filename, data)
                yield info.filename, data
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise UploadRefused("broken") from error


def _guard(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UploadRefused("unpacks_too_large")
    if len({part.filename.casefold() for part in parts}) != len(parts):
        raise UploadRefused("broken")
    for part in parts:
        name = part.filename.casefold().replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name or part.flag_bits & 1:
            raise UploadRefused("broken")
        if any(word in name for word in _FORBIDDEN_PARTS):
            raise UploadRefused("runs_something")
        if part.file_size > SMALL_PART and part.file_size > MOST_RATIO * max(1, part.compress_size):
            raise UploadRefused("unpacks_too_large")


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    found = bytearray()
    with archive.open(info) as stream:
        while chunk := stream.read(CHUNK):
            found += chunk
            if len(found) > left:
                raise UploadRefused("unpacks_too_large")
    return bytes(found)


def _guard_part(name: str, data: bytes) -> None:
    if not name.lower().endswith((".xml", ".rels", ".rdf")):
        return
    try:
        fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise UploadRefused("broken") from error
