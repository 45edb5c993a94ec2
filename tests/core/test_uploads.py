"""Uploads: what is hostile is refused or disarmed, pictures forget where they were taken."""

import io
import re

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.core import hostile_files as files
from traboule.core.uploads import CheckedFile, UploadRefused, check_upload, plain_name

REFUSED = list(files.refused())
DISARMED = list(files.disarmed())


def check(name: str, content: bytes) -> CheckedFile:
    return check_upload(SimpleUploadedFile(name, content))


def code_of(name: str, content: bytes) -> str:
    try:
        check(name, content)
    except UploadRefused as refused:
        return refused.code
    return "taken"


def test_there_are_enough_hostile_files() -> None:
    assert len(REFUSED) + len(DISARMED) >= 100


@pytest.mark.parametrize(
    ("name", "content", "code"), REFUSED, ids=[f"{n} {case[0]} {case[2]}" for n, case in enumerate(REFUSED)]
)
def test_a_hostile_file_is_refused_by_name(name: str, content: bytes, code: str) -> None:
    found = code_of(name, content)
    assert found != "taken"
    assert code in ("*", found)


@pytest.mark.parametrize(("what", "content"), DISARMED, ids=[what for what, _ in DISARMED])
def test_a_pdf_is_taken_without_what_it_carried(what: str, content: bytes) -> None:
    cleaned = check("a.pdf", content).content
    for word in (
        b"/JavaScript",
        b"/Launch",
        b"/SubmitForm",
        b"/ImportData",
        b"/GoToR",
        b"/GoToE",
        b"/Rendition",
    ):
        assert word not in cleaned, word
    for word in (
        b"/OpenAction",
        b"/EmbeddedFile",
        b"/XFA",
        b"/RichMedia",
        b"evil",
        b"/JS",
        b"/FileAttachment",
    ):
        assert word not in cleaned, word
    with pikepdf.open(io.BytesIO(cleaned)) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("CV Selam.pdf", files.pdf()),
        ("CV.docx", files.docx()),
        ("CV.odt", files.odt()),
        ("photo.JPEG", files.picture("JPEG")),
        ("photo.png", files.picture("PNG")),
    ],
)
def test_an_honest_file_is_taken(name: str, content: bytes) -> None:
    found = check(name, content)
    assert found.name == name
    assert len(found.digest) == 64


def test_a_link_in_a_letter_is_harmless() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    said = f'<Relationship Id="a" TargetMode="External" Type="{kind}" Target="https://example.org"/>'
    parts: dict[str, str | bytes] = {"word/_rels/document.xml.rels": files.RELS.format(said)}
    assert code_of("a.docx", files.docx(parts)) == "taken"


def test_a_picture_forgets_where_and_when_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Kanarienkamera"  # turned, maker
    exif.get_ifd(0x8825)[2] = (45.0, 46.0, 26.0)
    before = files.picture("JPEG", exif=exif.tobytes())
    assert b"Kanarienkamera" in before
    after = check("a.jpg", before).content
    assert b"Kanarienkamera" not in after
    with Image.open(io.BytesIO(after)) as picture:
        assert picture.size == (30, 40)
        assert not picture.getexif()


def test_what_hangs_behind_a_picture_is_cut_off() -> None:
    for form, name in (("PNG", "a.png"), ("JPEG", "a.jpg")):
        assert b"<script>" not in check(name, files.picture(form) + b"<script>alert(1)</script>").content


@given(st.text(max_size=300))
def test_a_name_never_leads_out_of_its_folder(name: str) -> None:
    found = plain_name(name)
    assert not re.search(r'[/\\:\x00-\x1f\x7f‮"]', found)
    assert found not in (".", "..")
    assert len(found) <= 120


def test_a_name_hides_nothing() -> None:
    assert plain_name("../../etc/passwd.pdf") == "passwd.pdf"
    assert plain_name("C:\\x\\cv.pdf") == "cv.pdf"
    assert plain_name("photo‮gpj.exe") == "photogpj.exe"
    assert plain_name("a" * 300 + ".pdf").endswith("a.pdf")
