"""Patients and a study, turned into rows of results.

The formulas are in `statistics`; here it is decided which of them a study needs, and a statistic
that cannot be computed becomes a row that says why. Nothing is rounded, and nothing is worded for a
page. `cohort` computes all rows of one cohort, `family` those that need all cohorts.
"""
