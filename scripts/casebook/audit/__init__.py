"""A paper's claims, recomputed and judged.

`data` is what a reading is evaluated on, `conventions` finds what each reading gives under every
convention, `judgement` holds that against what is printed, `checks` needs no raw data, and `paper`
goes through all claims. What a claim means is read elsewhere, in `claims` and `readings`.
"""
