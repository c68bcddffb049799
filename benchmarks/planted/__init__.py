"""How many of the errors that are planted in correct claims casebook's audit finds."""
