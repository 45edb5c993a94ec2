"""JSON of version 1, read-only: what programs of others may read with a token (see apps.access)."""
