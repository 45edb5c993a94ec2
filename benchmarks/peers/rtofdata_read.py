"""Reads wide files with PyPI rtofdata, in an environment of its own; prints its records as JSON lines.

Words: the folder that holds data/, then the files. Nothing of rtofdata is changed.
"""

import json
import os
import sys
from pathlib import Path

os.environ["DATA_ROOT"] = sys.argv[1]

from rtofdata.parser import Parser
from rtofdata.specification.parser import parse_specification

specification = parse_specification()
parser = Parser(specification)
complaints: list[str] = []
for name in sys.argv[2:]:
    # It says "no value" of a record that a row does not have: only what holds something is a record.
    for event in parser.parse_file(Path(name), error_handler=lambda said: complaints.append(str(said))):
        if event.value not in (None, ""):
            key = list(event.primary_key[1:]) if event.primary_key else []
            print(json.dumps([event.record, key, event.field, str(event.value)[:10], event.suffix]))
for one in complaints:
    print(json.dumps(["complaint", [], one, "", ""]))
