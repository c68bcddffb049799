"""Figures of a study, drawn from result rows and the patients' own values.

No statistic is computed here; a caption may count the lines that it describes.
"""
