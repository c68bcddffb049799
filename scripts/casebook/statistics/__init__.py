"""Statistics for a few patients measured twice: pure functions on arrays of numbers.

Every module here takes array-likes and returns numbers or small frozen dataclasses. Nothing here
reads a file, knows a study, or words a sentence; what cannot be computed raises `NotComputable`
with a reason that a reader understands.
"""
