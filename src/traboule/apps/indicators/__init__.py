"""Figures of branches: the kernel's definitions over what the database holds."""
