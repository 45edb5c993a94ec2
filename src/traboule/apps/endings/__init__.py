"""How duos end and begin again: extensions, words of both sides, closing, certificates, what comes next."""
