"""Named reads of support."""
