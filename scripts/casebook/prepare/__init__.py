"""From the raw table to typed tables: cells as found, values, cohorts."""
