"""A small definition of our own, in which every kind of rule occurs, and rows that keep all of them."""

from traboule.kernel.exchange.checking import check
from traboule.kernel.exchange.layout import Sheet, read_sheets, wide_columns
from traboule.kernel.exchange.reading import read_specification

KEY = {"type": "string", "primary_key": "true", "validation": {"required": "true"}}
LINK = KEY | {"foreign_keys": [{"record": "member", "field": "member_id"}]}


def told(kind, **validation):
    return {"type": kind, "validation": validation}


CATEGORIES = {
    "country": ["NO", "FR", "Prefer not to say"],
    "yes_no": ["yes", "no"],
    "stage": ["Start", "3 month"],
    "help": [{"value": "CV"}, {"value": "Talks, long"}, {"value": "Maths"}, {"value": "Visits"}],
}
RECORDS = {
    "member": {
        "fields": {
            "member_id": KEY,
            "name": told("string", required="true", character_limit="10"),
            "ni": told("string", unique="true", national_insurance_number="true"),
            "country": told("categorical", required="true", dimension="country"),
            "born": told("year", required="true"),
            "arrived": told("monthyear", required="true", date_after="born"),
            "joined": told("date", required="true", date_after="arrived"),
            "has_children": told("categorical", required="true", dimension="yes_no"),
            "children": {
                "type": "integer",
                "validation": {
                    "conditional": [
                        {"expression": "one_of(has_children, ['yes'])", "validation": {"required": "true"}}
                    ]
                },
            },
        }
    },
    "progress": {
        "fields": {
            "member_id": LINK | {"validation": {"required": "true", "unique": "true"}},
            "stage": told("categorical", required="true", dimension="stage") | {"primary_key": "true"},
            "seen_on": told("date", required="true", date_after="joined"),
        }
    },
    "work": {
        "fields": {
            "member_id": LINK,
            "began": told("date", required="true", date_after="joined"),
            "helped_by": told("list", required="true", dimension="help", count_min="2"),
            "pay": told("integer"),
        }
    },
}
WORKFLOW = [{"name": "In", "steps": [{"records": [{"id": "work"}, {"id": "member"}, {"id": "progress"}]}]}]
GOOD = {
    "member_id": "M1", "name": "Amina", "ni": "AB123456C", "country": "NO", "born": "1998",
    "arrived": "2021-03", "joined": "2021-03-20", "has_children": "yes", "children": "0",
    "stage_start": "Start", "seen_on_start": "2021-04-01", "stage_3month": "3 month",
    "seen_on_3month": "2021-07-01", "began": "2021-05-01", "helped_by": 'CV, "Talks, long"', "pay": "12",
}  # fmt: skip


def specification(records=RECORDS, categories=CATEGORIES, workflow=WORKFLOW):
    return read_specification(records, categories, workflow)


def sheet(rows, name="wide.csv", header=None):
    """A sheet of rows given as mappings; the header of the wide file unless another is given."""
    header = header or list(wide_columns(specification()))
    return Sheet(name, header, [(n, [row.get(c, "") for c in header]) for n, row in enumerate(rows, 2)])


def checked(*sheets):
    ours = specification()
    return check(ours, read_sheets(ours, sheets))


def said(found):
    return [(one.sheet, one.line, one.record, one.field, one.rule, one.value) for one in found.violations]


def good(number=1, **changes):
    return GOOD | {"member_id": f"M{number}", "ni": f"AB{number:06d}C"} | changes
