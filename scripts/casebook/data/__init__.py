"""The typed tables that steps hand on, each with its reader and writer."""
