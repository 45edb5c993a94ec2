"""A file that is only read: three forms ask for one, all with the same words when it is too large."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from traboule.apps.evaluations.forms.data import ComparisonFileForm
from traboule.apps.people.forms.imports import ImportFileForm
from traboule.apps.reports.forms.reports import ReportFileForm
from traboule.core.file_fields import ReadFileField

MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def file_of(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("people.csv", b"x" * size)


def test_a_file_at_the_limit_passes_and_one_byte_more_does_not() -> None:
    field = ReadFileField(most_mib=1)
    assert field.clean(file_of(MIB)).size == MIB
    with pytest.raises(ValidationError, match=r"This file is larger than 1 MiB\.") as refused:
        field.clean(file_of(MIB + 1))
    assert refused.value.code == "too_large"


def test_an_empty_file_is_left_to_whoever_reads_it_and_a_missing_one_is_asked_for() -> None:
    field = ReadFileField(most_mib=1)
    assert field.clean(file_of(0)).size == 0
    with pytest.raises(ValidationError):
        field.clean(None)
    assert ReadFileField(most_mib=1, required=False).clean(None) is None


@pytest.mark.parametrize(
    ("form", "most"), [(ComparisonFileForm, 10), (ReportFileForm, 10), (ImportFileForm, 20)]
)
def test_each_form_keeps_its_own_limit(form: type, most: int) -> None:
    asked = form({"side": "mentee"}, {"file": file_of(most * MIB + 1)})
    assert asked.errors == {"file": [f"This file is larger than {most} MiB."]}
