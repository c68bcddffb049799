# Writes the tables that the tests in this folder compare with, and the versions that wrote them. R's
# default changed with 4.6: what it is now, `wilcoxon_4_6.R` writes.

stopifnot(getRversion() < "4.6")
suppressPackageStartupMessages({
  library(coin)
  library(exactRankTests)
})
source("tests/oracle/common.R")
for (name in c(
  "balance", "comparison", "correlation", "describe", "effect_intervals", "estimate", "intervals",
  "invented_arms", "limits", "multiplicity", "occlusion", "paired", "paper_claims", "printed",
  "proportion", "rank_sum", "rate", "repeated", "signed_rank", "states", "survival"
)) {
  source(file.path(folder, paste0(name, ".R")), local = new.env())
}
packages <- c("coin", "exactRankTests", "survival")
write_oracle(
  data.frame(
    software = c("R", packages),
    version = c(
      as.character(getRversion()),
      vapply(packages, function(p) as.character(packageVersion(p)), "")
    )
  ),
  "versions.csv"
)
