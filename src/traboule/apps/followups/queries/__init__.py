"""Named reads of this app."""
