"""From results to pages and tables for readers; nothing is computed here."""
