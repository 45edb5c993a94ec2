"""Reading the shipped extracts."""

import csv
import gzip
import io
from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """The rows of ``data/<name>`` without the header."""
    packed = files("traboule.reference").joinpath("data", name).read_bytes()
    reader = csv.reader(io.StringIO(gzip.decompress(packed).decode("utf-8"), newline=""))
    next(reader)
    yield from reader
