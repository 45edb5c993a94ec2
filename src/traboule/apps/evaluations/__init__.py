"""Evaluations: what is asked before data arrive, and what a comparison then says."""
