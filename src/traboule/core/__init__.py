"""Technical ground floor. It names no noun of the programme: scopes are opaque numbers, subjects are types and ids."""
