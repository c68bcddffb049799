# What wilcox.test does since R 4.6, of the samples that the other scripts use: by default, with values
# rounded before they are ranked, and of the values just beyond the ends of an interval; and how far
# what the other scripts write is from what an earlier R wrote. Needs coin and exactRankTests, as
# `write_all.R` does. Run from the repository's root: Rscript tests/oracle/wilcoxon_4_6.R

stopifnot(getRversion() >= "4.6")
suppressPackageStartupMessages({
  library(coin)
  library(exactRankTests)
})
source("tests/oracle/common.R")

test_of_pairs <- function(sample, d, alternative) {
  p <- function(...) attempt(wilcox.test(d, alternative = r_name(alternative), ...)$p.value)
  by_default <- attempt(wilcox.test(d))
  data.frame(
    sample = sample, alternative = alternative,
    statistic = unname(by_default$statistic), r_4_6 = p(), exact_pratt = p(exact = TRUE)
  )
}

test_of_groups <- function(sample, groups, alternative) {
  test <- attempt(wilcox.test(groups[[1]], groups[[2]], alternative = r_name(alternative)))
  data.frame(
    sample = sample, alternative = alternative,
    statistic = unname(test$statistic), r_4_6 = test$p.value
  )
}

# Whole 24ths and 7ths as a share of 100, written with 15 digits, as R and spreadsheets write them.
# What R makes of them unrounded is not asked: its floats break the ties.
written <- function(numerator, denominator) as.numeric(sprintf("%.15g", 100 * numerator / denominator))
computed_samples <- function() {
  set.seed(20261126)
  samples <- lapply(1:60, function(i) {
    n <- c(8, 15, 24, 49, 50, 80)[i %% 6 + 1]
    denominator <- c(24, 7, 6, 3, 36)[i %% 5 + 1]
    before <- sample(0:denominator, n, replace = TRUE)
    after <- pmax(0, pmin(denominator, before + sample(-3:2, n, replace = TRUE)))
    list(before = written(before, denominator), after = written(after, denominator))
  })
  names(samples) <- sprintf("computed_%02d", seq_along(samples))
  samples
}

difference <- function(visits) {
  d <- visits$after - visits$before
  ifelse(abs(d) < 1e-9, 0, d)
}

# `rounded` is of values with 4 decimals, whose differences tie when they are rounded to 3 digits.
test_of_computed <- function(sample, visits) {
  p <- function(...) attempt(wilcox.test(..., digits.rank = 9)$p.value)
  d <- difference(visits)
  few_decimals <- difference(lapply(visits, round, 4))
  data.frame(
    sample = sample, r_4_6 = p(d), exact_pratt = p(d, exact = TRUE), normal = p(d, exact = FALSE),
    rank_sum = p(visits$after, visits$before),
    baseline_sds = mean(d) / sd(visits$before),
    rounded = attempt(wilcox.test(few_decimals, digits.rank = 3)$p.value)
  )
}

# The coverage of the interval between the Walsh averages that the test without ties leaves: what the
# tests of the values just beyond either end leave. The interval that wilcox.test(conf.int = TRUE) gives
# with ties is not taken: its lower end comes from P(V > v), so that it is not that of -d turned round.
coverage <- function(sample, d, level) {
  n <- length(d)
  sums <- outer(d, d, "+")
  walsh <- sort(sums[!lower.tri(sums)] / 2)
  cut <- max(qsignrank((1 - level) / 2, n), 1) - 1
  low <- walsh[cut + 1]
  high <- walsh[length(walsh) - cut]
  p <- function(mu, side) wilcox.test(d, mu = mu, alternative = side, exact = TRUE)$p.value
  data.frame(
    sample = sample, level = level, low = low, high = high,
    coverage = 1 - p(mean(c(low, max(walsh[walsh < low], walsh[1] - 1))), "greater") -
      p(mean(c(high, min(walsh[walsh > high], walsh[length(walsh)] + 1))), "less")
  )
}

every <- function(samples, arguments, row) {
  bind(unlist(lapply(names(samples), function(s) {
    lapply(arguments, function(a) row(s, samples[[s]], a))
  }), recursive = FALSE))
}

pairs <- paired_samples()
computed <- computed_samples()
write_oracle(every(pairs, alternatives, test_of_pairs), "signed_rank_4_6.csv")
write_oracle(every(group_samples(), alternatives, test_of_groups), "rank_sum_4_6.csv")
write_oracle(
  bind(lapply(names(computed), function(s) data.frame(sample = s, computed[[s]]))),
  "computed_samples.csv"
)
write_oracle(
  bind(lapply(names(computed), function(s) test_of_computed(s, computed[[s]]))),
  "computed_4_6.csv"
)
source("tests/oracle/repeated.R", local = new.env())
source("tests/oracle/intervals.R", local = new.env())
write_oracle(every(pairs[lengths(pairs) < 52], c(0.8, 0.95, 0.99), coverage), "coverage_4_6.csv")
write_oracle(
  data.frame(software = "R", version = as.character(getRversion())), "versions_4_6.csv"
)

# How far a column of a table is from what it was, relative to the larger of its size and 1, and how many
# of its cells only one of both has, or has as a finite number.
known <- function(x) if (is.numeric(x)) is.finite(x) else !is.na(x)
distances <- function(table, earlier, now) {
  stopifnot(identical(dim(earlier), dim(now)), identical(names(earlier), names(now)))
  bind(lapply(names(now), function(column) {
    a <- earlier[[column]]
    b <- now[[column]]
    both <- known(a) & known(b)
    apart <- if (is.numeric(a)) abs(a - b) / pmax(abs(a), 1) else as.numeric(a != b)
    data.frame(
      table = table, column = column, distance = max(0, apart[both]),
      only_one = sum(known(a) != known(b))
    )
  }))
}

earlier <- folder
folder <- tempfile("oracle")
dir.create(folder)
for (name in c(
  "balance", "comparison", "correlation", "describe", "estimate", "multiplicity", "paired",
  "proportion", "rate", "states", "survival"
)) {
  source(file.path(earlier, paste0(name, ".R")), local = new.env())
}
unchanged <- bind(lapply(sort(list.files(folder)), function(t) {
  distances(sub(".csv", "", t), read.csv(file.path(earlier, t)), read.csv(file.path(folder, t)))
}))
folder <- earlier
write_oracle(unchanged, "unchanged_4_6.csv")
