# Shifts with intervals. stats gives the Hodges-Lehmann estimate and its exact interval only
# without ties and zeros and below n = 50; the Walsh averages themselves are taken for the estimate.
# The level that it says is attained is rounded, or not the attained one at all (95 % at n = 5):
# `wilcoxon_4_6.R` has the coverage.

one_estimate <- function(sample, d, level) {
  n <- length(d)
  untied <- !anyDuplicated(abs(d)) && all(d != 0) && n < 50
  exact <- if (untied) attempt(wilcox.test(d, conf.int = TRUE, conf.level = level)) else NA
  sums <- outer(d, d, "+")
  t <- attempt(t.test(d, conf.level = level))
  data.frame(
    sample = sample,
    level = level,
    hodges_lehmann = median(sums[!lower.tri(sums)] / 2),
    hl_low = if (is.list(exact)) exact$conf.int[1] else NA_real_,
    hl_high = if (is.list(exact)) exact$conf.int[2] else NA_real_,
    t_low = if (is.list(t)) t$conf.int[1] else NA_real_,
    t_high = if (is.list(t)) t$conf.int[2] else NA_real_,
    cohens_dz = if (is.list(t)) mean(d) / sd(d) else NA_real_
  )
}

samples <- paired_samples()
write_oracle(
  bind(unlist(lapply(names(samples), function(s) {
    lapply(c(0.8, 0.95, 0.99), function(level) one_estimate(s, samples[[s]], level))
  }), recursive = FALSE)),
  "estimate.csv"
)
