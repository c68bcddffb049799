"""Usual abbreviations of treatments in raw tables, which papers write out without explaining them.

An abbreviation stands for the same treatment in every field that uses it; those that do not, such
as MP or CS, are left out. Names that differ between countries are both there.
"""

from collections.abc import Mapping, Sequence

WRITTEN_OUT: Mapping[str, Sequence[str]] = {
    "aza": ("azathioprine",),
    "csa": ("cyclosporine", "ciclosporin", "cyclosporin"),
    "cyc": ("cyclophosphamide",),
    "dexa": ("dexamethasone",),
    "doxy": ("doxycycline",),
    "hcq": ("hydroxychloroquine",),
    "ivig": ("intravenous immunoglobulin", "intravenous immune globulin"),
    "ivmp": ("intravenous methylprednisolone",),
    "lef": ("leflunomide",),
    "mmf": ("mycophenolate mofetil", "mycophenolate"),
    "mtx": ("methotrexate", "methotrexat", "méthotrexate"),
    "ocs": ("oral corticosteroids", "oral steroids"),
    "plex": ("plasma exchange", "plasmapheresis"),
    "pred": ("prednisone", "prednisolone", "prednison", "prednisolon"),
    "puva": ("psoralen and ultraviolet A",),
    "rtx": ("rituximab",),
    "ssz": ("sulfasalazine", "sulphasalazine"),
    "tcs": ("topical corticosteroids", "topical steroids"),
}
"""The names of a treatment, by its abbreviation in small letters."""
