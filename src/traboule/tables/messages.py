"""Every sentence about a bad file: code → English msgid with named placeholders, translated at the edge."""

from typing import Final


def gettext_noop(text: str) -> str:
    """Marks a msgid for extraction."""
    return text


MESSAGES: Final[dict[str, str]] = {
    # the file as a whole
    "unreadable": gettext_noop("a file that can be read (%(reason)s)"),
    "empty_file": gettext_noop("a table with a header line; the file is empty"),
    "no_header": gettext_noop("a header line with the names of the columns"),
    "is_pdf": gettext_noop("a CSV or XLSX table; this is a PDF document"),
    "is_old_excel": gettext_noop(
        "a CSV or XLSX table; this is an old or locked Excel file, save it as XLSX without password"
    ),
    "is_opendocument": gettext_noop("a CSV or XLSX table; save this OpenDocument file as XLSX or CSV"),
    "is_other_zip": gettext_noop("a CSV or XLSX table; this is another kind of ZIP archive"),
    "is_utf16": gettext_noop("text in UTF-8 or Windows-1252; this is UTF-16, save it again as “CSV UTF-8”"),
    "is_binary": gettext_noop("text; this line holds binary data"),
    "bad_encoding": gettext_noop("text in UTF-8 or Windows-1252"),
    "too_large": gettext_noop("at most %(limit)s MiB"),
    "xlsx_too_large": gettext_noop("an XLSX file that unpacks to at most %(limit)s MiB"),
    "xlsx_too_dense": gettext_noop(
        "an XLSX file without parts that unpack to more than %(limit)s times their size"
    ),
    "xlsx_too_many_parts": gettext_noop("an XLSX file of at most %(limit)s parts"),
    "xlsx_broken": gettext_noop("an XLSX file that opens; this one is damaged or incomplete"),
    "xlsx_too_slow": gettext_noop("an XLSX file that opens within %(limit)s seconds and a limited memory"),
    "xlsx_no_sheet": gettext_noop("an XLSX file with at least one sheet of cells"),
    # lines and columns
    "bad_quotes": gettext_noop("quotation marks that open and close around a whole cell"),
    "too_many_cells": gettext_noop("%(columns)s cells, as many as there are columns; found %(cells)s"),
    "too_few_cells": gettext_noop("%(columns)s cells, as many as there are columns; found %(cells)s"),
    "duplicate_column": gettext_noop("each column once"),
    "missing_column": gettext_noop("a column with this name"),
    "missing_place_column": gettext_noop("a column “postcode” or “commune”"),
    "unknown_columns": gettext_noop("only columns of this table; these are ignored"),
    # cells
    "required": gettext_noop("a value; this column may not be empty"),
    "empty_availability": gettext_noop("at least one weekly slot, such as mon-am or wed-eve"),
    "duplicate_id": gettext_noop("an id of its own; line %(line)s has it already"),
    "in_both_files": gettext_noop("an id that only one file uses; %(file)s line %(line)s has it too"),
    "duplicate_pair": gettext_noop("each pair once; line %(line)s has it already"),
    "duplicate_mentor": gettext_noop("each mentor once; line %(line)s has it already"),
    "whole_number": gettext_noop("a whole number"),
    "not_negative": gettext_noop("a whole number from 0 on"),
    "at_most": gettext_noop("a number of at most %(limit)s"),
    "number": gettext_noop("a number, such as 12 or 12,5"),
    "number_from_zero": gettext_noop("a number from 0 on"),
    "finite_number": gettext_noop("a finite number, such as 12 or -3,25"),
    "six_decimals": gettext_noop("a number with at most 6 decimals"),
    "scale": gettext_noop("a whole number from 1 to 5"),
    "yes_no": gettext_noop("yes or no"),
    "one_of": gettext_noop("one of: %(words)s"),
    "date": gettext_noop("a date that exists, as 2026-03-31 or 31/03/2026"),
    "date_past": gettext_noop("a date of birth in the past, after 1900"),
    "date_order": gettext_noop("a date on or after %(other)s"),
    "country": gettext_noop("FR or BE"),
    "place_missing": gettext_noop("a postcode, or the code of a commune"),
    "unknown_postcode": gettext_noop("a postcode that exists in %(country)s"),
    "unknown_commune": gettext_noop("the INSEE code or name of a commune in %(country)s"),
    "language_item": gettext_noop("languages with their levels, such as fr:C2 ar:B1"),
    "unknown_language": gettext_noop("a language code of ISO 639, such as fr, ar, ti or prs"),
    "unknown_level": gettext_noop("a level from A1 to C2, such as fr:B1"),
    "availability_item": gettext_noop("weekly slots mon to sun with am, pm or eve, such as tue-pm"),
    "unknown_occupation": gettext_noop("an occupation code of ROME 4.0, such as M1805"),
    "occupation_or_generalist": gettext_noop("an occupation code, or “yes” under “generalist”"),
    "email": gettext_noop("an e-mail address"),
    "decision": gettext_noop("lock or forbid"),
    "unknown_mentee": gettext_noop("the id of a mentee in the input"),
    "unknown_mentor": gettext_noop("the id of a mentor in the input"),
    # decisions that contradict each other or the rest of the input
    "lock_forbidden": gettext_noop("a pair that is not forbidden too (line %(line)s)"),
    "locked_twice": gettext_noop("one mentor per mentee; line %(line)s locks %(mentor)s"),
    "places_full": gettext_noop("a mentor with a place left; all %(places)s are taken"),
    "lock_infeasible": gettext_noop("a pair that is possible; it is not: %(limits)s"),
    # groups that are compared
    "zero_or_one": gettext_noop("0 or 1 (1 = took part)"),
    "zero_or_one_more": gettext_noop("0 or 1 (1 = took part); %(more)s such cells from here on"),
    "finite_number_more": gettext_noop("a finite number; %(more)s such cells from here on"),
    "too_few_treated": gettext_noop(
        "at least %(fewest)s complete rows of people who took part; found %(found)s"
    ),
    "too_few_comparison": gettext_noop(
        "at least %(fewest)s complete rows of people to compare with; found %(found)s"
    ),
    "too_few_rows": gettext_noop("at least %(needed)s complete rows for so many covariates; found %(found)s"),
    "same_as_treatment": gettext_noop(
        "a covariate that both groups share; this one says who took part: no overlap, nobody to compare with"
    ),
    "no_overlap_at_all": gettext_noop(
        "groups that overlap; the covariates together say exactly who took part: nobody to compare with"
    ),
    "all_constant": gettext_noop(
        "at least one covariate with more than one value: nothing tells whether the groups are alike"
    ),
    "too_large_numbers": gettext_noop("numbers that can be added up; these are too large"),
    # a fund's own definition, and records that follow it
    "spec_folder": gettext_noop("a folder with the definition: records/*.yml and categories/*.yml"),
    "spec_yaml": gettext_noop("a file in YAML (%(reason)s)"),
    "spec_library": gettext_noop("a definition in YAML; reading it needs the Python package PyYAML"),
    "spec_list": gettext_noop("a list of at least one value"),
    "spec_text": gettext_noop("text; YAML reads words such as NO as no text unless they are quoted"),
    "spec_twice": gettext_noop("each name once"),
    "spec_fields": gettext_noop("records with their fields"),
    "spec_kind": gettext_noop("a type of field, one of: %(words)s"),
    "spec_category": gettext_noop("a category that the definition has"),
    "spec_rule": gettext_noop("a kind of rule that is known here"),
    "spec_switch": gettext_noop("true or false"),
    "spec_number": gettext_noop("a whole number from 0 on"),
    "spec_condition": gettext_noop("a condition such as one_of(field, ['Yes'])"),
    "spec_reference": gettext_noop("a name that the definition has"),
    "spec_top": gettext_noop("one record, and one only, that refers to no other"),
    "spec_key": gettext_noop("a record with a key"),
    "rtof_nothing": gettext_noop("columns of the definition; this file has none of them"),
    "rtof_required": gettext_noop("a value; this field may not be empty"),
    "rtof_no_column": gettext_noop("a value; the file has no column for this field, which may not be empty"),
    "rtof_required_when": gettext_noop("a value, because %(other)s is “%(value)s”"),
    "rtof_integer": gettext_noop("a whole number, such as 12"),
    "rtof_date": gettext_noop("a date that exists, as 2021-07-20"),
    "rtof_monthyear": gettext_noop("a month, as 2021-07"),
    "rtof_year": gettext_noop("a year, as 1998"),
    "rtof_list": gettext_noop("a list with commas between, items that hold a comma in quotation marks"),
    "rtof_choice": gettext_noop("one of: %(words)s (not “%(item)s”)"),
    "rtof_choice_near": gettext_noop("“%(choice)s”, letter by letter (not “%(item)s”)"),
    "rtof_category": gettext_noop(
        "one of the %(number)s values of the category %(category)s (not “%(item)s”)"
    ),
    "rtof_turn": gettext_noop("“%(turn)s”, as the name of the column says"),
    "rtof_date_after": gettext_noop("a date after %(other)s, which is %(date)s"),
    "rtof_nothing_before": gettext_noop("a date after %(other)s; this person has none"),
    "rtof_character_limit": gettext_noop("at most %(limit)s characters; found %(found)s"),
    "rtof_count_min": gettext_noop("at least %(least)s different items; found %(found)s"),
    "rtof_insurance_number": gettext_noop(
        "a National Insurance number in capitals without blanks, such as AB123456C"
    ),
    "rtof_twice": gettext_noop("each id once"),
    "rtof_unique": gettext_noop("a value of its own; %(file)s line %(line)s has it already"),
    "rtof_foreign_key": gettext_noop("an identifier that a record “%(record)s” has"),
    "rtof_more": gettext_noop("no such cells; %(more)s more of this rule and field stand in the report"),
    "rtof_gap": gettext_noop(
        "a rule that can be asked (%(rule)s); no record of the definition has %(needs)s"
    ),
    "rtof_not_given": gettext_noop("the record “%(needs)s” too; without it %(rule)s is not asked"),
    "rtof_cannot_join": gettext_noop("one row for each person and turn (%(reason)s)"),
    # rules.toml
    "toml": gettext_noop("a file in TOML (%(reason)s)"),
    "rules_unknown_key": gettext_noop("a setting that exists"),
    "rules_table_expected": gettext_noop("a table of settings"),
    "rules_text_expected": gettext_noop("a short text"),
    "rules_missing": gettext_noop("a weight; all ten are given, or none"),
    "rules_number_expected": gettext_noop("a number"),
    "rules_not_negative": gettext_noop("a number from 0 on"),
    "rules_three_decimals": gettext_noop("a number with at most three decimals"),
    "rules_whole_number": gettext_noop("a whole number"),
    "rules_at_least_one": gettext_noop("a whole number from 1 on"),
    "rules_share_expected": gettext_noop("a number from 0 to 1"),
    "rules_level_expected": gettext_noop("a level from A1 to C2"),
    "rules_sum_is_not_100": gettext_noop("weights that sum to 100"),
    "rules_closer_is_never_worth_less": gettext_noop("a closer occupation that is never worth less"),
    # warnings
    "no_rows": gettext_noop("at least one person; nobody can be matched"),
    "no_feasible_pair": gettext_noop("at least one possible pair; nobody can be matched"),
    "zero_restored": gettext_noop("five digits; read as %(postcode)s"),
    "excel_number_date": gettext_noop("a date; read as %(date)s"),
    "young_mentor": gettext_noop("a mentor of 50 or more (this one is %(age)s); the branch decides"),
    "mentee_age": gettext_noop("a mentee of 18 to 33 (this one is %(age)s); the branch decides"),
    "rows_left_out": gettext_noop("a value in each of these columns; rows left out: %(dropped)s"),
    "constant_covariate": gettext_noop("a covariate with more than one value; this one changes nothing"),
    "no_overlap": gettext_noop(
        "a range that both groups share; no overlap: the groups have no value in common here"
    ),
    "no_overlap_of_scores": gettext_noop(
        "groups that overlap; everybody who took part is told apart from everybody who did not"
    ),
    "no_balance": gettext_noop(
        "weights that make the groups alike; there are none, a standardised difference of %(left)s remains"
    ),
    "in_future": gettext_noop("a date that is not in the future"),
}
