"""The step that says what moved since earlier results: data, settings, conclusions and numbers.

`compare` is what the command calls; the other rooms each find differences of one sort.
"""
