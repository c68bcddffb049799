"""Figures of a study, drawn from result rows and the patients' own values; nothing is computed."""
