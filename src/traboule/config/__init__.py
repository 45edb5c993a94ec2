"""Settings, addresses and the WSGI door: the one storey that knows all the others."""
