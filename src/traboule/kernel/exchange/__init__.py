"""What others define and we deliver: a fund's records and their rules, project.json, tables for funders.

Pure like the whole kernel: definitions come in as parsed mappings, rows as plain values; files are read and
written at the edge.
"""
