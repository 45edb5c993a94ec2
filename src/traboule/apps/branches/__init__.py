"""The organisation, its branches and the versions of its programme."""
