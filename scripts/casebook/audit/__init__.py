"""A paper's claims, recomputed and judged.

`data` is what a reading is evaluated on, `variants` gives what each reading is under every
convention, and `trial` holds that against what is printed; `search` decides which of it counts,
`checks` needs no raw data, and `paper` goes through all claims. What a claim means is read in
`claims`.
"""
