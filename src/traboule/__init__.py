"""Traboule: the operating system of an intergenerational, intercultural mentoring programme."""
