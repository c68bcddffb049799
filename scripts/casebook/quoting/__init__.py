"""What the printed numbers of a paper correspond to: guesses, for `casebook claims`."""
