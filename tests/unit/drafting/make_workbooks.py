"""Writes the invented tables here that are as clinicians type them, with all their habits.

python make_workbooks.py tables
"""

# ruff: noqa: E501 - rows of tables as they are typed
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_MADE = datetime(2024, 6, 1)

RHEUMATOLOGY = """\
101|w|54|RA|Adalimumab|5.6|3.9|3.1|1.50|1.00|0.75|24|8*|<5
102|w|61|RA|Etanercept|6.1|4.4|4.0|1.88|1.63|1.25|31|12|9
103|m|47|PsA|Secukinumab|4.9|3.2|2.6|1.13|0.75|0.38|12|<5|<5
104|w|38|axSpA|Adalimumab|4.4|3.8|n.d.|0.88|0.75||18|11|n.d.
105|m|66|RA|Tofacitinib|5.9|4.1|3.6|2.00|1.75|1.50|45|16|10
106|w|59|PsA|Secukinumab|5.2|4.7|4.1|1.38|1.25|1.00|9|7|<5
107|m|42|axSpA|Adalimumab|4.1|2.5|2.2|0.75|0.38|0.25|22*|6|<5
108|w|70|RA|Tofacitinib|6.4|5.0|4.8|2.25|2.13|1.88|58|33|27
109|w|33|PsA|Etanercept|4.7|3.0|2.4|1.00|0.50|0.25|14|<5|<5
110|m|51|RA|Etanercept|5.5|4.6|3.9|1.63|1.38|1.13|27|15|12*
Mean|||||5.3|3.9|3.4|1.44|1.15|0.93|26.0|12.6|14.5"""

DERMATOLOGY = """\
Pat.-Nr.;Geb.-Jahr;Geschl.;Diagnose;Vorbehandlung;Therapiebeginn;PASI Wo 0;PASI Wo 4;PASI Wo 12;DLQI Wo 0;DLQI Wo 12;KOF befallen (%);IgE (kU/l);Ansprechen Wo 12;Nebenwirkungen
P-01;1961;m;Plaque-Psoriasis;MTX, PUVA;03.02.2022;18,4;9,2;3,1;19;4;22%;85,5;gut;keine
P-02;1975;w;Plaque-Psoriasis;MTX;14.02.2022;12,0;7,5;4,8;14;6;15%;<2;mäßig;Kopfschmerz
P-03;1958;w;Ps. guttata;keine;28.02.2022;9,6;4,4;1,2;11;2;9%;210,0;gut;Injektionsreaktion, Kopfschmerz
P-04;1980;m;Plaque-Psoriasis;Ciclosporin, MTX;07.03.2022;22,8;15,1;k.A.;23;k.A.;31%;1.430,5;k.A.;Infekt
P-05;1949;m;Ps. guttata;PUVA;21.03.2022;10,2;6,6;3,9;9;5;11%;45,0;mäßig;keine
P-06;1967;w;Plaque-Psoriasis;MTX, PUVA;04.04.2022;15,7;10,3;8,8;17;12;18%;<2;schlecht;Infekt, Kopfschmerz
P-07;1990;w;Plaque-Psoriasis;keine;11.04.2022;13,3;5,0;0,8;16;1;16%;33,2;gut;keine
P-08;1972;m;Ps. guttata;Ciclosporin;25.04.2022;11,1;8,4;6,0;12;8;12%;160,7;mäßig;Injektionsreaktion
P-09;1984;m;Plaque-Psoriasis;MTX;02.05.2022;19,9;11,6;5,5;21;7;26%;98,1;gut;keine
Mittelwert;;;;;;14,8;8,7;4,3;15,8;5,6;18%;;;"""

DENTAL = """\
1|w|nein|16|5|4|3
||| 26|6|4|4
||| 36|5|5|4
||| 46|4|3|3
2|m|ja|16|7|6|6
||| 26|6|6|5
||| 36|8|7|6
||| 46|7|5|5
3|w|nein|16|5|3|3
||| 26|5|4|3
||| 36|6|4|3
||| 46|5|4|
4|m|ja|16|6|5|5
||| 26|7|6|6
||| 36|7|7|7
||| 46|6|5|6
5|w|nein|16|4|3|2
||| 26|5|3|3
||| 36|5|4|3
||| 46|5|3|3
6|m|nein|16|6|4|4
||| 26|6|5|4
||| 36|7|5|4
||| 46|6|4|4"""

ONCOLOGY = """\
A1|64/F|Lung|2|2021-03-02|2021-11-16|PR|SD|PR|82|70|51|8.5|dead
A2|58/M|Melanoma|1|2021-03-15|ongoing|CR|PR|CR|46|20|0|22.0+|alive
A3|71/M|Lung|3|2021-04-06|2021-06-01|PD|PD|n.e.|95|121||1.8|dead
A4|49/F|Renal|1|2021-04-20|2022-02-08|SD|SD|SD|60|57|55|9.7|dead
A5|66/M|Melanoma|2|2021-05-11|ongoing|PR|SD|PR|38|33|22|19.6+|alive
A6|75/F|Lung|2|2021-06-01|2021-09-14|SD|SD|PD|71|69|88|3.4|dead
A7|53/M|Renal|1|2021-06-22|2022-06-07|PR|PR|PR|54|36|30|11.5|alive
A8|61/F|Lung|1|2021-07-13|2021-09-07|PD|PD|n.e.|103|130||1.8|dead
A9|68/M|Renal|2|2021-08-03|ongoing|SD|SD|SD|44|43|40|16.9+|alive
A10|57/F|Melanoma|1|2021-08-24|2022-03-15|PR|PR|SD|29|19|21|6.7|alive
A11|70/M|Lung|2|2021-09-14|2021-12-07|SD|SD|PD|66|64|81|2.8|dead"""
EVENTS = """\
A1|Fatigue|2|2021-04-01|2021-05-10|no|possible|resolved
A1|Pneumonitis|3|2021-10-20|2021-11-30|yes|probable|resolved
A2|Rash|1|2021-04-12|2021-04-30|no|probable|resolved
A4|Diarrhoea|2|2021-06-15|2021-06-28|no|possible|resolved
A4|Fatigue|1|2021-07-01||no|unlikely|ongoing
A5|Hypothyroidism|2|2021-08-02||no|probable|ongoing
A6|Pneumonia|4|2021-09-01|2021-09-14|yes|unlikely|fatal
A7|Rash|2|2021-07-20|2021-08-15|no|probable|resolved
A9|Diarrhoea|3|2021-10-05|2021-10-19|yes|possible|resolved
A10|Fatigue|1|2021-09-20|2021-10-04|no|possible|resolved"""

LABORATORY = """\
Laboratory report, clinic of nephrology
Patient ID,Sex,Age at visit,Creatinine (mg/dL) d0,Creatinine (mg/dL) d7,Creatinine (mg/dL) d28,CRP [mg/dL] d0,CRP [mg/dL] d7,Hb g/dL d0,Hb g/dL d28,Ferritin (ng/mL),Troponin T (ng/L),Urine protein,Sample haemolysed
N0012,F,45,1.8,1.5,1.2,4.2,1.1,10.8,11.9,412,<3,2+,N
N0015,M,62,2.4 H,2.1,1.9,6.8,2.5,9.9,10.6,>2000,18,3+,N
N0017,M,58,1.3,1.2,1.1,0.9,<0.3,13.2,13.5,88,<3,1+,N
N0021,F,71,3.1 H,2.8 H,2.2,12.4,5.6,8.7,9.8,1260,44,3+,Y
N0022,F,39,1.1,1.0,0.9,<0.3,<0.3,12.1,12.8,35,<3,neg,N
N0030,M,66,2.0,1.9,1.7,3.3,1.4,11.4,11.6,530,9,2+,N
N0034,M,50,1.6,1.4,1.3,2.7,0.8,12.7,13.1,207,<3,1+,N
N0035,F,77,2.9 H,2.6 H,2.4 H,9.1,4.9,9.2,9.4,>2000,61,3+,N
N0041,F,55,1.4,pending,1.2,1.9,0.6,11.8,12.3,145,5,1+,Y
N0044,M,47,1.7,1.6,1.4,2.2,0.7,12.9,13.0,320,<3,2+,N"""

NEUROLOGY = """\
1|F|34|SEP-RR|3,5|3,5|3,0|8,2|7,9|7,1|52|45|38|Interféron|N
2|H|41|SEP-RR|4,0|4,0|3,5|10,5|10,1|9,0|60|58|41|Aucun|N
3|F|29|SEP-RR|2,0|2,0|1,5|5,9|5,7|5,2|35|30|22|Interféron|O
4|F|52|SEP-SP|6,0|6,0|6,0|21,4|20,9|22,0|71|70|68|Fingolimod|N
5|H|47|SEP-SP|5,5|5,5|5,5|17,8|ND|17,1|66|ND|61|Fingolimod|O
6|F|38|SEP-RR|3,0|2,5|2,5|7,4|6,9|6,6|48|37|29|Aucun|N
7|H|33|SEP-RR|2,5|2,5|2,0|6,6|6,3|6,1|40|36|31|Interféron|N
8|F|45|SEP-RR|4,5|4,5|4,0|12,2|11,6|10,9|63|57|50|Aucun|N
9|F|27|SEP-RR|1,5|1,5|1,0|5,1|5,0|4,8|28|21|15|Interféron|N
10|H|56|SEP-SP|6,5|6,5|6,5|25,3|24,8|25,6|75|72|74|Aucun|O
Moyenne||40,2||3,9|3,9|3,6|12,0|12,1|11,4|53,8|47,3|42,9||"""


def main(folder: Path) -> None:
    """Write them all into a folder."""
    (folder / "dermatology.csv").write_text("\ufeff" + DERMATOLOGY + "\n", encoding="utf-8")
    (folder / "laboratory.csv").write_text(LABORATORY + "\n", encoding="utf-8")
    for made in (_rheumatology, _dental, _oncology, _neurology):
        book = Workbook()
        book.properties.created = book.properties.modified = _MADE
        assert book.active is not None
        made(book, book.active)
        book.save(folder / f"{made.__name__.strip('_')}.xlsx")


def _rheumatology(book: Workbook, sheet: Worksheet) -> None:
    sheet.title = "Biologics"
    sheet.append(["Biologics clinic, follow-up of all switchers"])
    sheet.append([])
    groups = ["DAS28", "", "", "HAQ", "", "", "CRP (mg/l)", "", ""]
    sheet.append(["Pat. No", "Sex", "Age", "Diagnosis", "Biologic", *groups])
    sheet.append(["", "", "", "", "", *["Baseline", "Week 12", "Week 24"] * 3])
    for cells in ("F3:H3", "I3:K3", "L3:N3"):
        sheet.merge_cells(cells)
    _append(sheet, RHEUMATOLOGY)
    sheet.append(["* sample was haemolysed"])


def _dental(book: Workbook, sheet: Worksheet) -> None:
    sheet.title = "Recall"
    sheet.append(["Patient", "Geschlecht", "Raucher", "Zahn (FDI)",
                  "ST vor Therapie (mm)", "ST nach 3 Monaten (mm)", "ST nach 12 Monaten (mm)"])  # fmt: skip
    _append(sheet, DENTAL)


def _oncology(book: Workbook, sheet: Worksheet) -> None:
    sheet.title = "Patients"
    sheet.append(["Case", "Age/Sex", "Primary", "Line", "Start", "Stop", "Best response",
                  "RECIST week 8", "RECIST week 16", "SLD baseline (mm)", "SLD week 8 (mm)",
                  "SLD week 16 (mm)", "PFS (months)", "Status"])  # fmt: skip
    _append(sheet, ONCOLOGY)
    other = book.create_sheet("AEs")
    other.append(["Case", "Adverse event", "CTCAE grade", "Onset", "Resolved on", "SAE",
                  "Relationship to drug", "Outcome"])  # fmt: skip
    _append(other, EVENTS)


def _neurology(book: Workbook, sheet: Worksheet) -> None:
    sheet.title = "Feuil1"
    measured = ["EDSS", "T25FW (s)", "Fatigue (MFIS)"]
    visits = [f"{each} {when}" for each in measured for when in ("J0", "J30", "M3")]
    sheet.append(["N° patient", "Sexe", "Âge (ans)", "Forme", *visits, "Traitement antérieur",
                  "Poussée (O/N)"])  # fmt: skip
    _append(sheet, NEUROLOGY, as_text=True)
    other = book.create_sheet("Effets indésirables")
    other.append(["N° patient", "Effet", "Grade", "Date de début", "Date de fin", "Grave (O/N)"])
    for row in (
        ("2", "Céphalées", 1, date(2022, 3, 4), date(2022, 3, 6), "N"),
        ("4", "Infection urinaire", 2, date(2022, 4, 11), date(2022, 4, 20), "N"),
        ("5", "Infection urinaire", 3, date(2022, 5, 2), date(2022, 5, 16), "O"),
        ("8", "Céphalées", 1, date(2022, 5, 9), None, "N"),
    ):
        other.append(row)


def _append(sheet: Worksheet, rows: str, *, as_text: bool = False) -> None:
    for row in rows.splitlines():
        texts = [text.strip() for text in row.split("|")]
        sheet.append(texts if as_text else [*_typed(texts)])


def _typed(texts: Sequence[str]) -> Iterable[object]:
    """The texts as a spreadsheet takes what is typed: numbers and days, where they can be."""
    for text in texts:
        try:
            yield float(text) if "." in text else int(text)
        except ValueError:
            dated = len(text) == len("2024-01-01") and text[:4].isdecimal()
            yield date.fromisoformat(text) if dated else text or None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
