# Writes the tables here that come from R's packages, as Debian ships them (r-base, r-recommended,
# r-cran-hsaur3, r-cran-kmsurv, r-cran-cardata), the first rows of long ones:
#
#     Rscript make_tables.R tables
#
# Of each, ?name in R tells who published it.
folder <- commandArgs(trailingOnly = TRUE)[1]
tables <- c(
  "datasets::sleep", "MASS::anorexia", "MASS::Melanoma", "MASS::epil", "survival::ovarian", "survival::veteran",
  "survival::lung", "HSAUR3::BtheB", "HSAUR3::phosphate", "HSAUR3::polyps3", "HSAUR3::toenail",
  "KMsurv::drug6mp", "carData::WeightLoss",
  "MASS::birthwt", "MASS::Cushings", "KMsurv::larynx", "carData::OBrienKaiser", "HSAUR3::respiratory",
  "HSAUR3::mastectomy", "datasets::ChickWeight", "MASS::immer", "multcomp::adevent"
)
for (table in tables) {
  parts <- strsplit(table, "::")[[1]]
  there <- new.env()
  data(list = if (parts[1] == "survival") "cancer" else parts[2], package = parts[1], envir = there)
  rows <- head(get(parts[2], there), 40)
  write.csv(rows, file.path(folder, paste0(parts[2], ".csv")), row.names = FALSE, quote = FALSE)
}
