"""Named reads of pairing."""
