"""What the columns of a table seem to mean, as a study.yaml to go on from: guesses with reasons."""
