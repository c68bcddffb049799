"""How fast casebook is: what `make bench` measures, keeps in docs/performance.csv, and shows.

What measures knows nothing of the page, and the page nothing of how it was measured: between them
stand the rows of that file.
"""
