"""Pictures drawn on the server and the gallery that shows every component."""
