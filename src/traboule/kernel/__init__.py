"""The pure storey:

what would be true on paper. No Django, no files, no network, no clock, no global random.
"""
