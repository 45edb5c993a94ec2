"""A report as files: PDF, XLSX, CSV, JSON. Made once, when it is issued; kept as they were made."""
