"""Edge: `traboule …`. Parses, calls one kernel function or one action, prints. No Django unless a command
needs it.
"""
