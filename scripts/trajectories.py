"""Draw each patient's values over all visits."""

from casebook.commands import perform
from casebook.figures.trajectories import trajectories

if __name__ == "__main__":
    perform(trajectories)
