# The numbers that the bundled paper should print, from its raw table and R alone, and whether what
# it prints rounds to them: of every claim of paper_claims.tsv that is a number of patients' values.
# What is said of words, sums, dates and citations is decided there by hand.

study <- "resources/upadacitinib-myositis"
read_table <- function(name) {
  read.delim(
    file.path(study, name), quote = "", colClasses = "character", check.names = FALSE,
    na.strings = character(), encoding = "UTF-8"
  )
}
table1 <- read_table("table1.tsv")
claims <- read_table("claims.tsv")

number <- function(text) suppressWarnings(as.numeric(sub(" mg.*", "", text)))
items <- function(column) strsplit(table1[[column]], ", ", fixed = TRUE)
has <- function(lists, item) vapply(lists, function(x) item %in% sub("*", "", x, fixed = TRUE), NA)
marked <- function(lists, item) vapply(lists, function(x) paste0(item, "*") %in% x, NA)

age <- number(sub(",.*", "", table1[[1]]))
woman <- grepl("F$", table1[[1]])
phenotype <- table1[["Disease Phenotype"]]
antibodies <- items("Myositis Ab identified")
prior <- items("Prior DMARDs")
current <- items("Current DMARDs")
dose <- number(table1[["Prednisone dose (daily), pre-UPA"]])
dose_now <- number(table1[["Prednisone dose (daily), current"]])
months <- number(table1[[grep("^Time on UPA", names(table1))]])
cdasi <- number(table1[["CDASI, pre-UPA"]])
cdasi_now <- number(table1[["CDASI, current"]])
mmt8 <- number(table1[["MMT8, pre-UPA"]])
mmt8_now <- number(table1[["MMT8, current"]])

all_ten <- rep(TRUE, nrow(table1))
classic <- phenotype == "CDM"
amyopathic <- phenotype == "ADM"
dm <- classic | amyopathic
assd <- phenotype == "ASSD"
upa <- has(current, "UPA")
mda5 <- has(antibodies, "Anti-MDA5")
tof <- has(prior, "TOF")
ivig <- marked(prior, "intravenous IG")
ever <- lengths(prior)
# The conventional drugs of the Methods and of the footnote; immunoglobulin is none.
conventional <- c("AZA", "CP", "HCQ", "LEF", "MMF", "MTX", "QUI", "TAC")
with_conventional <- vapply(current, function(x) any(conventional %in% x), NA)
alone <- lengths(current) == 1
another <- mda5 & has(prior, "CP") & dm
improved <- cdasi_now < cdasi

# The value first; behind it stand those by other conventions or readings.
median_of <- function(x, of) median(x[of], na.rm = TRUE)
mean_of <- function(x, of) list(mean(x[of]), median = median(x[of]))
quartile <- function(x, of, part) {
  by_type <- vapply(1:9, function(type) quantile(x[of], part, TRUE, FALSE, type), 0)
  c(list(by_type[7]), setNames(as.list(by_type[-7]), paste("type", (1:9)[-7])))
}
lower <- function(x, of) quartile(x, of, 0.25)
upper <- function(x, of) quartile(x, of, 0.75)
rank_sum <- function(x, y, of) suppressWarnings(wilcox.test(x[of], y[of])$p.value)
signed_rank <- function(x, y, of) suppressWarnings(wilcox.test(x[of], y[of], paired = TRUE)$p.value)
p_value <- function(x, y, of) list(rank_sum(x, y, of), "signed-rank" = signed_rank(x, y, of))
pairs <- function(x, y, of) sum(!is.na(x[of]) & !is.na(y[of]))

values <- list(
  C001 = sum(all_ten), C005 = sum(all_ten), C006 = sum(classic), C007 = sum(amyopathic),
  C008 = sum(assd), C010 = mean(ever), C011 = sum(tof), C012 = rank_sum(cdasi, cdasi_now, dm) < 0.05,
  C015 = sum(upa), C016 = sum(!upa), C019 = mean(ever[dm]), C039 = sum(all_ten), C043 = min(age),
  C051 = sum(all_ten), C052 = sum(classic), C053 = sum(amyopathic), C054 = sum(assd),
  C056 = mean_of(ever, all_ten), C057 = list(sd(ever), "n in the denominator" = sd(ever) * sqrt(0.9)),
  C058 = sum(tof), C059 = 100 * mean(tof), C060 = median(months), C061 = min(months),
  C062 = max(months), C063 = sum(upa),
  C065 = list(sum(upa & alone), "without prednisone" = sum(upa & alone & dose_now == 0)),
  C066 = list(sum(upa & with_conventional), "with any other drug" = sum(upa & !alone)),
  C068 = sum(mda5 & classic & !upa), C070 = sum(dose > 0), C071 = sum(dose > 0 & dose_now == 0),
  # P01 took less too, but has stopped; the table does not say which was first.
  C072 = NA,
  C074 = sum(ivig), C075 = sum(ivig & !has(current, "intravenous IG")),
  C076 = sum(assd & (has(antibodies, "Anti-PL12") | has(antibodies, "Anti-Jo1"))),
  C077 = sum(cdasi[assd] > 0), C078 = sum(cdasi[assd] == 0),
  # Scores that are not available are none that are normal.
  C079 = sum(mmt8[assd] == 150, na.rm = TRUE),
  C082 = rank_sum(cdasi, cdasi_now, classic) < 0.05,
  C083 = rank_sum(cdasi, cdasi_now, amyopathic) < 0.05,
  C084 = rank_sum(cdasi, cdasi_now, dm) < 0.05, C085 = median_of(cdasi, dm),
  C086 = lower(cdasi, dm), C087 = upper(cdasi, dm), C088 = median_of(cdasi_now, dm),
  C089 = lower(cdasi_now, dm), C090 = upper(cdasi_now, dm), C092 = p_value(cdasi, cdasi_now, dm),
  C208 = sum(another & has(prior, "TAC")),
  C209 = sum(another & marked(prior, "MMF") & marked(prior, "TAC")),
  C210 = sum(another & upa & has(current, "MMF")), C211 = sum(another & woman),
  C212 = sum(another & improved), C102 = sum(tof), C105 = sum(tof & classic),
  C106 = sum(tof & amyopathic), C109 = cdasi[tof & cdasi_now == 1],
  C110 = cdasi_now[tof & cdasi == 7], C111 = cdasi[tof & cdasi_now == 5],
  C112 = cdasi_now[tof & cdasi == 27], C113 = cdasi[tof & cdasi_now == 7],
  C114 = cdasi_now[tof & cdasi == 14], C117 = pairs(cdasi, cdasi_now, classic),
  C118 = median_of(cdasi, classic), C119 = lower(cdasi, classic), C120 = upper(cdasi, classic),
  C121 = median_of(cdasi_now, classic), C122 = lower(cdasi_now, classic),
  C123 = upper(cdasi_now, classic), C124 = p_value(cdasi, cdasi_now, classic),
  C126 = pairs(mmt8, mmt8_now, classic), C127 = median_of(mmt8, classic),
  C128 = lower(mmt8, classic), C129 = upper(mmt8, classic), C130 = median_of(mmt8_now, classic),
  C131 = lower(mmt8_now, classic), C132 = upper(mmt8_now, classic),
  C133 = p_value(mmt8, mmt8_now, classic), C135 = pairs(cdasi, cdasi_now, amyopathic),
  # The row of Table 2 says mean.
  C136 = mean_of(cdasi, amyopathic), C137 = lower(cdasi, amyopathic),
  C138 = upper(cdasi, amyopathic), C139 = mean_of(cdasi_now, amyopathic),
  C140 = lower(cdasi_now, amyopathic), C141 = upper(cdasi_now, amyopathic),
  C142 = p_value(cdasi, cdasi_now, amyopathic), C144 = pairs(cdasi, cdasi_now, dm),
  C145 = median_of(cdasi, dm), C146 = lower(cdasi, dm), C147 = upper(cdasi, dm),
  C148 = median_of(cdasi_now, dm), C149 = lower(cdasi_now, dm), C150 = upper(cdasi_now, dm),
  C151 = p_value(cdasi, cdasi_now, dm), C167 = mean(ever),
  C168 = rank_sum(cdasi, cdasi_now, dm) < 0.05, C171 = sum(mmt8 < 150, na.rm = TRUE),
  C213 = sum(mmt8_now > mmt8, na.rm = TRUE), C172 = sum(tof & improved),
  # What is said of everyone.
  C224 = all(improved[dm]), C228 = all(improved[dm]), C265 = all(improved[dm]),
  C247 = all(improved[classic]), C248 = all(improved[amyopathic]), C234 = all(months > 0),
  C270 = all(months > 0)
)

# Whether a value, rounded to the decimals that are printed, is what is printed; a range is of
# rounded numbers too. What is said to be significant, or of everyone, is so or not.
words <- c(
  no = 0, one = 1, single = 1, another = 1, two = 2, three = 3, four = 4, five = 5, seven = 7,
  nine = 9
)
agrees <- function(printed, value) {
  if (is.logical(value)) return(value != grepl("not", printed))
  if (tolower(printed) %in% names(words)) return(round(value) == words[[tolower(printed)]])
  numbers <- as.numeric(regmatches(printed, gregexpr("[0-9.]+", printed))[[1]])
  if (grepl("^over", printed)) return(value > numbers)
  digits <- nchar(sub("^[^.]*\\.?", "", gsub("[^0-9.]", "", printed)))
  half <- 0.5 * 10^-digits * (1 + 1e-9)
  min(numbers) - half <= value && value <= max(numbers) + half
}
judged <- function(claim) {
  of_claim <- as.list(values[[claim]])
  if (is.na(of_claim[[1]])) {
    return(data.frame(claim = claim, value = NA_real_, verdict = "not computable", by = ""))
  }
  printed <- claims$printed[claims$claim == claim]
  fits <- vapply(of_claim, function(value) agrees(printed, value), NA)
  others <- names(of_claim)[fits]
  verdict <- if (fits[1]) "reproduced" else if (any(fits)) "other convention" else "contradicted"
  data.frame(
    claim = claim, value = as.numeric(of_claim[[1]]), verdict = verdict,
    by = if (verdict == "other convention") others[1] else ""
  )
}
write_oracle(bind(lapply(intersect(claims$claim, names(values)), judged)), "paper_numbers.csv")
