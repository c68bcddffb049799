"""Put a study's report together."""

from pathlib import Path

from casebook.commands import command, perform
from casebook.report.page import Parts, report

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--results", type=Path, required=True, help="all results")
    parser.add_argument("--cells", type=Path, required=True, help="cells of the raw table")
    parser.add_argument("--patients", type=Path, required=True, help="patients and their rows")
    parser.add_argument(
        "--figures", type=Path, nargs="+", required=True, help="figures as SVG, in order"
    )
    parser.add_argument("--findings", type=Path, required=True, help="findings in the raw table")
    parser.add_argument("--membership", type=Path, required=True, help="who is in which cohort")
    parser.add_argument("--changes", type=Path, required=True, help="what moved since the last one")
    parser.add_argument(
        "--records", type=Path, nargs="+", required=True, help="records of the computing jobs"
    )
    parser.add_argument(
        "--sources", type=Path, nargs="+", required=True, help="files that the study consists of"
    )
    parser.add_argument("--verdicts", type=Path, nargs="?", help="the audit's verdicts, if any")
    parser.add_argument("--followed", type=Path, nargs="?", help="conventions of the paper, if any")
    parser.add_argument("--conventions", type=Path, nargs="?", help="figure of them, if any")
    parser.add_argument("--page", type=Path, required=True, help="report to write")
    parser.add_argument("--verdict", type=Path, required=True, help="main finding to write")
    parser.add_argument(
        "--earlier", type=Path, required=True, help="folder to keep what the report is made of"
    )
    perform(parser, lambda **parts: report(Parts(**parts)))
