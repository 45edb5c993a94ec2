"""Duos: a mentor and a mentee under an agreement, with dates, and the places of a mentor."""
