"""Shipped reference data (communes, occupations, languages) and forgiving look-ups over it.

A leaf: no Django, no network. Each file under ``data/`` is an extract that ``data/build.py`` of the
repository rebuilds from the packages named in ``data/SOURCES.toml``; it is read once, on the first look-up
that needs it.
"""

from traboule.reference.sources import Credit, credits

__all__ = ["Credit", "credits"]
