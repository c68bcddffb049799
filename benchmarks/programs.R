# What R says of samples, as a paper would print it.
#
#   Rscript benchmarks/programs.R stats|coin < samples.csv
#
# samples.csv has a row a patient: table, arm (a or b), baseline, followup. One line is written for each
# number: table, what it is, value.

by <- commandArgs(trailingOnly = TRUE)[1]
samples <- read.csv(file("stdin"))

paired <- function(baseline, followup) {
  if (by == "coin") {
    return(as.numeric(coin::pvalue(coin::wilcoxsign_test(followup ~ baseline))))
  }
  suppressWarnings(wilcox.test(followup, baseline, paired = TRUE)$p.value)
}

between <- function(change, arm) {
  if (by == "coin") {
    return(as.numeric(coin::pvalue(coin::wilcox_test(change ~ factor(arm)))))
  }
  suppressWarnings(wilcox.test(change[arm == "b"], change[arm == "a"])$p.value)
}

# The interval of the shift, which coin gives of two groups alone.
ends_of_pairs <- function(baseline, followup) {
  if (by == "coin") {
    return(NULL)
  }
  suppressWarnings(wilcox.test(followup, baseline, paired = TRUE, conf.int = TRUE)$conf.int)
}

ends_between <- function(change, arm) {
  if (by == "coin") {
    of <- factor(arm, levels = c("b", "a"))
    return(coin::confint(coin::wilcox_test(change ~ of, conf.int = TRUE))$conf.int)
  }
  suppressWarnings(wilcox.test(change[arm == "b"], change[arm == "a"], conf.int = TRUE)$conf.int)
}

for (table in unique(samples$table)) {
  of <- samples[samples$table == table, ]
  tell <- function(what, value) cat(table, what, format(value, digits = 15), sep = ",", fill = TRUE)
  for (arm in c("a", "b")) {
    own <- of[of$arm == arm, ]
    for (visit in c("baseline", "followup")) {
      quartiles <- unname(quantile(own[[visit]], c(0.25, 0.75)))
      tell(paste0("p25(score_", visit, ") in ", arm), quartiles[1])
      tell(paste0("p75(score_", visit, ") in ", arm), quartiles[2])
    }
    tell(paste0("p_value(score) in ", arm), paired(own$baseline, own$followup))
    ends <- ends_of_pairs(own$baseline, own$followup)
    for (end in seq_along(ends)) {
      tell(paste0("end ", end, " in ", arm), ends[end])
    }
  }
  tell("p_value(score_change) between arms", between(of$followup - of$baseline, of$arm))
  ends <- ends_between(of$followup - of$baseline, of$arm)
  for (end in 1:2) {
    tell(paste0("end ", end, " between arms"), ends[end])
  }
}
