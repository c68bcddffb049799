# Signed-rank tests of every sample: wilcox.test (stats), wilcoxsign_test (coin), wilcox.exact.
# stats gives up the exact test with ties or zeros: it is asked only for its default and its normal
# approximation. coin and exactRankTests are exact with both.

one_test <- function(sample, d, alternative) {
  side <- r_name(alternative)
  zero <- rep(0, length(d))
  stats_p <- function(...) attempt(wilcox.test(d, alternative = side, ...)$p.value)
  coin_p <- function(distribution, zeros) {
    attempt(as.numeric(pvalue(wilcoxsign_test(
      d ~ zero, distribution = distribution, zero.method = zeros, alternative = side
    ))))
  }
  coin_z <- function(zeros) {
    attempt(as.numeric(statistic(wilcoxsign_test(d ~ zero, zero.method = zeros), "standardized")))
  }
  # The approximation of SAS, written down from its manual: S is V less its mean, and Var its variance.
  manual_t <- function() {
    ranks <- rank(abs(d[d != 0]))
    n <- length(ranks)
    s <- sum(ranks[d[d != 0] > 0]) - n * (n + 1) / 4
    tied <- table(ranks)
    variance <- n * (n + 1) * (2 * n + 1) / 24 - sum(tied * (tied + 1) * (tied - 1)) / 48
    t <- s * sqrt((n - 1) / (n * variance - s^2))
    if (n <= 20) return(NA_real_)
    tails <- c(pt(t, n - 1), pt(t, n - 1, lower.tail = FALSE))
    switch(alternative, less = tails[1], greater = tails[2], 2 * min(tails))
  }
  data.frame(
    sample = sample,
    alternative = alternative,
    statistic = attempt(unname(wilcox.test(d, exact = FALSE)$statistic)),
    r_4_5 = stats_p(),
    normal_corrected = stats_p(exact = FALSE),
    normal = stats_p(exact = FALSE, correct = FALSE),
    normal_pratt = coin_p("asymptotic", "Pratt"),
    exact = coin_p("exact", "Wilcoxon"),
    turned = attempt(unname(wilcox.test(-d, exact = FALSE)$statistic)),
    z = coin_z("Wilcoxon"),
    z_pratt = coin_z("Pratt"),
    r = coin_z("Wilcoxon") / sqrt(length(d)),
    tied = sum(duplicated(abs(d[d != 0])) | duplicated(abs(d[d != 0]), fromLast = TRUE)),
    exact_pratt = coin_p("exact", "Pratt"),
    coin = attempt(as.numeric(pvalue(wilcoxsign_test(d ~ zero, alternative = side)))),
    sas_manual = manual_t(),
    exact_second_source = attempt(wilcox.exact(d, alternative = side, exact = TRUE)$p.value)
  )
}

samples <- paired_samples()
write_oracle(
  bind(lapply(names(samples), function(s) data.frame(sample = s, difference = samples[[s]]))),
  "paired_samples.csv"
)
write_oracle(
  bind(unlist(lapply(names(samples), function(s) {
    lapply(alternatives, function(a) one_test(s, samples[[s]], a))
  }), recursive = FALSE)),
  "signed_rank.csv"
)
