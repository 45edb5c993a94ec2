"""Named reads of this app, by file: rates, claims, payments, statements."""
