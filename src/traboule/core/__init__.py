"""Technical ground floor. It names no noun of the programme: scopes are numbers, subjects types and ids."""
