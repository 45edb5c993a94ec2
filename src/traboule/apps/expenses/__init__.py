"""Expenses: what volunteers spent and get back."""
