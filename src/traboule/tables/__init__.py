"""Leaf: reads and writes tables (CSV, XLSX): dialects, guards, the contract of columns. Rows and problems
out; no Django.
"""
