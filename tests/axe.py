"""What axe says against a page that is open in the browser (WCAG 2.2 AA)."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

_SCRIPT = Path(axe_playwright_python.__file__).parent / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[tuple[str, int, str, Any]]:
    """Each rule that is broken: its name, how often, the first element, and what would mend it."""
    page.add_script_tag(content=_SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate(
        "(values) => axe.run({ runOnly: values, resultTypes: ['violations'] })", _RULES
    )
    return [
        (each["id"], len(each["nodes"]), each["nodes"][0]["html"][:200], each["nodes"][0]["any"])
        for each in found["violations"]
    ]
