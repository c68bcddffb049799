# Correlations of two columns: cor.test by each method. The exact distribution with ties, which it does
# not have, is enumerated here.

columns <- function() {
  set.seed(20261126)
  named <- list(
    sleep = list(sleep$extra[1:10], sleep$extra[11:20]),
    rising = list(1:6, c(2, 3, 5, 7, 11, 13)),
    falling = list(1:5, c(9, 7, 5, 3, 1)),
    three = list(c(1, 2, 3), c(2, 1, 3)),
    three_tied = list(c(1, 1, 3), c(2, 1, 1)),
    no_association = list(1:5, c(3, 5, 1, 2, 4) + c(0, -1, 2, 1, -2)),
    nine = list(c(3, 1, 4, 15, 9, 2, 6, 5, 35), c(2, 7, 1, 8, 28, 18, 4, 5, 9)),
    ten = list(c(3, 1, 4, 15, 9, 2, 6, 5, 35, 8), c(2, 7, 1, 8, 28, 18, 4, 5, 9, 45)),
    forty_nine = list((1:49 * 18) %% 49, (1:49 * 20) %% 53),
    fifty = list((1:50 * 18) %% 51, (1:50 * 20) %% 53),
    large_and_small = list(c(1e6, -0.125, 3, 0, -1e5), c(2, 7, 1e-3, 8, 2.5))
  )
  random <- lapply(1:120, function(i) {
    n <- sample(3:16, 1)
    pool <- switch(i %% 3 + 1, 0:3, 0:9, (0:800) / 8)
    list(sample(pool, n, replace = i %% 3 < 2 || n > 9), sample(pool, n, replace = i %% 3 < 2))
  })
  names(random) <- sprintf("random_%03d", seq_along(random))
  varied <- function(s) all(lengths(lapply(s, unique)) > 1)
  Filter(varied, c(named, random))
}

orders <- function(n) {
  if (n == 1) return(matrix(1, 1, 1))
  shorter <- orders(n - 1)
  do.call(rbind, lapply(1:n, function(first) {
    cbind(first, shorter + (shorter >= first))
  }))
}

# Of all orders, how many give a sum of products of ranks that is as extreme.
exact_spearman <- function(x, y, alternative) {
  if (length(x) > 7) return(NA_real_)
  ranks <- 2 * rank(x)
  others <- 2 * rank(y)
  sums <- apply(orders(length(x)), 1, function(o) sum(ranks * others[o]))
  centre <- length(x) * (length(x) + 1)^2
  found <- sum(ranks * others)
  mean(switch(alternative,
    "two-sided" = abs(sums - centre) >= abs(found - centre),
    greater = sums >= found,
    less = sums <= found
  ))
}

one_test <- function(sample, x, y, alternative) {
  of <- function(part, ...) {
    attempt(unname(cor.test(x, y, alternative = r_name(alternative), ...)[[part]]))
  }
  untied <- length(unique(x)) == length(x) && length(unique(y)) == length(y)
  data.frame(
    sample = sample,
    alternative = alternative,
    pearson = of("estimate"),
    pearson_p = of("p.value"),
    spearman = of("estimate", method = "spearman"),
    spearman_r = of("p.value", method = "spearman"),
    spearman_t = of("p.value", method = "spearman", exact = FALSE),
    spearman_exact = exact_spearman(x, y, alternative),
    kendall = of("estimate", method = "kendall"),
    kendall_r = of("p.value", method = "kendall"),
    kendall_exact = if (untied) of("p.value", method = "kendall", exact = TRUE) else NA_real_,
    kendall_normal = of("p.value", method = "kendall", exact = FALSE),
    kendall_corrected = of("p.value", method = "kendall", exact = FALSE, continuity = TRUE)
  )
}

samples <- columns()
write_oracle(
  bind(lapply(names(samples), function(s) {
    data.frame(sample = s, first = as.numeric(samples[[s]][[1]]), second = as.numeric(samples[[s]][[2]]))
  })),
  "correlation_samples.csv"
)
write_oracle(
  bind(unlist(lapply(names(samples), function(s) {
    lapply(alternatives, function(a) one_test(s, samples[[s]][[1]], samples[[s]][[2]], a))
  }), recursive = FALSE)),
  "correlation.csv"
)
