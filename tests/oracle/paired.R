# Sign test, t-test, permutation test of the mean (of 40ths: exactRankTests takes integers).

one_test <- function(sample, d, alternative) {
  side <- r_name(alternative)
  nonzero <- d[d != 0]
  t <- attempt(t.test(d, alternative = side))
  computed <- is.list(t)
  data.frame(
    sample = sample,
    alternative = alternative,
    sign = binom.test(sum(nonzero > 0), length(nonzero), alternative = side)$p.value,
    t = if (computed) unname(t$statistic) else NA_real_,
    t_p = if (computed) t$p.value else NA_real_,
    mean_permutation = attempt(perm.test(
      as.integer(round(40 * d)), rep(0L, length(d)),
      paired = TRUE, alternative = side, exact = TRUE
    )$p.value)
  )
}

samples <- paired_samples()
samples <- samples[vapply(samples, function(d) max(abs(d)) < 1e4 && length(d) < 70, logical(1))]
write_oracle(
  bind(unlist(lapply(names(samples), function(s) {
    lapply(alternatives, function(a) one_test(s, samples[[s]], a))
  }), recursive = FALSE)),
  "paired.csv"
)
