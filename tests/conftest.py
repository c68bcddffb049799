"""How tests are collected and run; the studies that they share are in `studies`."""

import gc

import pytest
from hypothesis import settings

# A busy machine is slow for a moment; that is no fault of what is tested. `.ci/run` asks for more
# examples than are worth waiting for while one works.
settings.register_profile("thorough", deadline=None)
settings.register_profile("casebook", deadline=None, max_examples=25)
settings.load_profile("casebook")


def pytest_configure(config: pytest.Config) -> None:
    """Load the shared fixtures, but not where tests are only handed out to other processes."""
    works = hasattr(config, "workerinput") or config.getoption("dist") == "no"
    if works:
        config.pluginmanager.import_plugin("studies")


def pytest_collection() -> None:
    """Hardly anything that is made while tests are collected is garbage."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look for garbage in it again and again takes long."""
    gc.freeze()
    gc.enable()
