# The verdicts on the claims of the invented study, resources/invented-arms/claims.tsv, from its two
# tables and R alone: what each claim should print, and whether what it prints rounds to that. Of a
# few the value by another convention is given too, or that of other patients, which fits by chance.

suppressPackageStartupMessages(library(survival))
study <- "resources/invented-arms"
read_table <- function(name, ...) {
  read.delim(file.path(study, name), quote = "", colClasses = "character", check.names = FALSE, ...)
}
visits <- read_table("visits.tsv")
events <- read_table("events.tsv")
claims <- read_table("claims.tsv", encoding = "UTF-8")

# A row for each patient.
first_rows <- visits[visits$Visit == "Week 0", ]
patients <- first_rows$Patient
arm <- first_rows$Arm
dose <- first_rows$Dose
days <- as.numeric(first_rows[["Days on treatment"]])
stopped <- first_rows[["Stopped early"]] == "yes"
reaction <- as.numeric(first_rows[["Injection site reaction"]])
at_week <- function(week, column) {
  rows <- visits[visits$Visit == paste("Week", week), ]
  rows[[column]][match(patients, rows$Patient)]
}
grades <- c("clear", "almost clear", "moderate", "severe")
skin <- sapply(c(0, 4, 12, 24), function(week) as.numeric(at_week(week, "Skin score")))
grade <- sapply(c(0, 4, 12, 24), function(week) match(at_week(week, "Global assessment"), grades))
itch <- sapply(c(0, 24), function(week) {
  as.numeric(at_week(week, "Itch by day")) + as.numeric(at_week(week, "Itch by night"))
})
seen <- function(values, pick) {
  apply(values[, 2:4], 1, function(x) if (all(is.na(x))) NA_real_ else pick(x[!is.na(x)]))
}
last_of <- function(x) x[length(x)]
skin_first <- seen(skin, function(x) x[1])
skin_last <- seen(skin, last_of)
skin_best <- seen(skin, min)
skin_average <- (skin[, 3] + skin[, 4]) / 2
change <- skin[, 4] - skin[, 1]
itch_change <- itch[, 1] - itch[, 2]
half <- (skin[, 1] - skin[, 4]) / skin[, 1] >= 0.5
nearly_clear <- grade <= 2
# Who gained it by the last visit seen, of those who were without it.
gained <- ifelse(nearly_clear[, 1], NA, seen(grade, last_of) <= 2)

drug <- arm == "drug"
placebo <- arm == "placebo"
known <- function(x) x[!is.na(x)]
by_dose <- function(x) lapply(c("low", "middle", "high"), function(each) known(x[dose == each]))

signed_rank <- function(d) wilcox.exact(known(d), exact = TRUE)$p.value
rank_sum <- function(x) {
  data <- data.frame(x = x, arm = factor(arm))
  as.numeric(pvalue(wilcox_test(x ~ arm, data[!is.na(x), ], distribution = "exact")))
}
kruskal <- function(groups) {
  ranks <- rank(unlist(groups))
  group <- rep(seq_along(groups), lengths(groups))
  observed <- sum(tapply(ranks, group, sum)^2 / lengths(groups))
  mean(divisions(ranks, lengths(groups)) >= observed * (1 - 1e-12))
}
counts <- function(yes) table(factor(arm)[!is.na(yes)], factor(known(yes), c(FALSE, TRUE)))
risk_difference <- function(yes) {
  table <- counts(yes)
  n <- rowSums(table)
  had <- table[, "TRUE"]
  ends <- miettinen_nurminen(had["drug"], n["drug"], had["placebo"], n["placebo"])
  100 * c(had["drug"] / n["drug"] - had["placebo"] / n["placebo"], ends)
}
# Hodges and Lehmann's difference, drug less placebo, with the interval of the test without ties.
shift <- function(x) {
  one <- known(x[drug])
  other <- known(x[placebo])
  differences <- sort(outer(one, other, "-"))
  cut <- qwilcox(0.025, length(one), length(other))
  if (pwilcox(cut, length(one), length(other)) > 0.025) cut <- cut - 1
  c(median(differences), differences[cut + 1], differences[length(differences) - cut])
}
every_visit <- function(values, of) values[of & rowSums(is.na(values)) == 0, ]
page <- function(values) {
  n <- nrow(values)
  k <- ncol(values)
  ranks <- t(apply(values, 1, rank))
  variance <- k * (k + 1) / 12 * sum((ranks - (k + 1) / 2)^2)
  z <- (sum(ranks %*% seq_len(k)) - n * k * (k + 1)^2 / 4) / sqrt(variance)
  2 * pnorm(-abs(z))
}
kendalls_w <- function(values) {
  unname(friedman.test(values)$statistic) / (nrow(values) * (ncol(values) - 1))
}
# Who had a term, by the table of events; a reaction at the injection site is an event too.
had <- function(rows) patients %in% events$Patient[rows]
any_event <- had(TRUE) | reaction > 0
severe <- had(as.numeric(events$Grade) >= 3) | reaction >= 3
serious <- had(events$Serious == "yes")
# Events within the time on treatment, of which days count from the first dose.
on_treatment <- function(of) {
  row <- match(events$Patient, patients)
  day <- as.numeric(as.Date(events$Begin) - as.Date(first_rows[["First dose"]][row]))
  sum(of[row] & day >= 0 & day <= days[row]) + sum(of & reaction > 0)
}
months <- days / 30.4375
rate <- function(of) {
  test <- poisson.test(on_treatment(of), sum(months[of]))
  100 * c(test$estimate, test$conf.int)
}
retention <- survfit(Surv(months, stopped) ~ 1, subset = placebo, conf.type = "log-log")
transitions <- function(of) sign(grade[of, 4] - grade[of, 1])
family <- c(signed_rank(change[drug]), signed_rank(change[placebo]), rank_sum(change))

# Each value is that which the claim is taken to mean; behind it stand others that it might be.
values <- list(
  C01 = length(patients), C02 = sum(drug), C03 = sum(placebo & is.na(skin[, 4])),
  C04 = shift(change)[1], C05 = shift(change)[2], C06 = shift(change)[3],
  C07 = rank_sum(change), C08 = p.adjust(family, "holm")[3],
  C09 = sum(half[drug], na.rm = TRUE), C10 = 100 * mean(half[drug], na.rm = TRUE),
  C11 = risk_difference(half)[1], C12 = risk_difference(half)[2], C13 = risk_difference(half)[3],
  C14 = fisher.test(counts(half))$p.value,
  C15 = median(known(change[drug])), C16 = unname(quantile(known(change[drug]), 0.25)),
  C17 = signed_rank(change[placebo]), C18 = signed_rank((skin_last - skin[, 1])[placebo]),
  C19 = signed_rank((skin[, 2] - skin[, 1])[dose == "low"]),
  C20 = median(known(skin_first[drug])),
  C21 = list(
    median(known(skin_last[placebo])), "of other patients" = median(known(skin_last[drug]))
  ),
  C22 = median(known(skin_best[drug])), C23 = median(known(skin_average[placebo])),
  C24 = rank_sum(skin_average), C25 = median(known(itch_change[drug])),
  C26 = t.test(itch_change[drug], itch_change[placebo])$p.value,
  C27 = kruskal(by_dose(change)), C28 = kruskal(by_dose(skin_average)),
  C29 = list(
    kruskal(by_dose(skin[, 4])), "chi-squared" = kruskal.test(by_dose(skin[, 4]))$p.value
  ),
  C30 = fisher.test(table(dose[drug], half[drug]))$p.value,
  C31 = list(
    fisher.test(counts(nearly_clear[, 3]))$p.value,
    "chi-squared" = suppressWarnings(chisq.test(counts(nearly_clear[, 3]), correct = FALSE)$p.value)
  ),
  C32 = unname(friedman.test(every_visit(skin, placebo))$statistic),
  C33 = friedman.test(every_visit(skin, placebo))$p.value,
  C34 = kendalls_w(every_visit(skin, drug)), C35 = page(every_visit(skin, placebo)),
  C36 = sum(transitions(drug) < 0, na.rm = TRUE), C37 = sum(grade[drug, 4] == 1, na.rm = TRUE),
  C38 = sum(any_event[drug]), C39 = sum(any_event[placebo]),
  C40 = fisher.test(counts(any_event))$p.value, C41 = risk_difference(any_event)[1],
  C42 = risk_difference(any_event)[2], C43 = sum(had(events$Event == "Headache")[drug]),
  C44 = sum(severe[drug]), C45 = rate(drug)[1], C46 = rate(drug)[2], C47 = rate(placebo)[1],
  C48 = 100 * binom.test(sum(serious[placebo]), sum(placebo), alternative = "less")$conf.int[2],
  C49 = sum(stopped[placebo]), C50 = unname(quantile(retention, 0.5)$quantile),
  C51 = unname(quantile(retention, 0.5)$lower),
  C52 = 100 * summary(retention, times = 3)$surv, C53 = rank_sum(skin[, 1]), C54 = sum(placebo),
  C55 = rank_sum(skin[, 1]), C56 = sum(!is.na(skin[placebo, 3]) & is.na(skin[placebo, 4])), C57 = NA,
  C58 = rank_sum(grade[, 4] - grade[, 1]), C59 = fisher.test(counts(gained))$p.value,
  C60 = risk_difference(gained)[1], C61 = kruskal(by_dose(grade[, 4] - grade[, 1])),
  C62 = all(grade[drug, 1] >= 3), C63 = !any(serious[drug])
)

# Whether a value rounds to what is printed, or lies within the bound that is; of words, whether
# what they say is so.
words <- c(one = 1, eleven = 11, forty = 40)
agrees <- function(printed, value) {
  if (is.logical(value)) return(value)
  if (printed == "not significant") return(value >= 0.05)
  if (tolower(printed) %in% names(words)) return(value == words[[tolower(printed)]])
  number <- as.numeric(gsub("[^0-9.]", "", printed)) * if (grepl("^\u2212", printed)) -1 else 1
  if (grepl("^<", printed)) return(value < number)
  digits <- nchar(sub("^[^.]*\\.?", "", gsub("[^0-9.]", "", printed)))
  abs(value - number) <= 0.5 * 10^-digits * (1 + 1e-9)
}
verdict <- function(claim) {
  of_claim <- as.list(values[[claim]])
  if (is.na(of_claim[[1]])) {
    return(data.frame(claim = claim, expected = "not computable", recomputed = ""))
  }
  printed <- claims$printed[claims$claim == claim]
  fits <- vapply(of_claim, function(value) agrees(printed, value), NA)
  expected <- if (fits[1]) {
    "reproduced"
  } else if (!any(fits)) {
    "contradicted"
  } else if (names(of_claim)[fits][1] == "of other patients") {
    "fits only by chance"
  } else {
    "other convention"
  }
  recomputed <- sprintf("%.9g", as.numeric(of_claim[[1]]))
  data.frame(claim = claim, expected = expected, recomputed = recomputed)
}
stopifnot(setequal(names(values), claims$claim))
write.table(
  bind(lapply(claims$claim, verdict)), file.path(folder, "invented_arms_claims.tsv"),
  sep = "\t", row.names = FALSE, quote = FALSE, eol = "\n"
)
