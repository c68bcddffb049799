# Intervals of standardised differences of means, from R's own noncentral t distribution.

noncentral <- function(t, df, level) {
  end <- function(p) {
    f <- function(ncp) suppressWarnings(pt(t, df, ncp)) - p
    uniroot(f, t + c(-8, 8), extendInt = "downX", tol = 1e-12)$root
  }
  c(end((1 + level) / 2), end((1 - level) / 2))
}
exact <- function(df) exp(lgamma(df / 2) - log(df / 2) / 2 - lgamma((df - 1) / 2))
normal <- function(d, m, k, level) {
  d + c(-1, 1) * qnorm((1 + level) / 2) * sqrt(1 / m + 1 / k + d^2 / (2 * (m + k)))
}
one_effect <- function(x, y, level) {
  m <- length(x)
  k <- length(y)
  df <- m + k - 2
  apart <- mean(x) - mean(y)
  pooled <- sqrt(((m - 1) * var(x) + (k - 1) * var(y)) / df)
  d <- noncentral(t.test(x, y, var.equal = TRUE)$statistic, df, level) * sqrt(1 / m + 1 / k)
  error <- sqrt(var(x) / m + var(y) / k)
  welch <- t.test(x, y)
  unpooled <- noncentral(apart / error, welch$parameter, level) *
    error / sqrt((var(x) + var(y)) / 2)
  glass <- noncentral(apart / error, k - 1, level) * error / sd(y)
  n <- min(m, k)
  pairs <- noncentral(t.test(y[1:n], x[1:n], paired = TRUE)$statistic, n - 1, level) / sqrt(n)
  data.frame(
    first = paste(x, collapse = " "), second = paste(y, collapse = " "), level = level,
    end = c("low", "high"), d = d, g = exact(df) * d, g_approximate = (1 - 3 / (4 * df - 1)) * d,
    unpooled = unpooled, glass = glass, normal = normal(apart / pooled, m, k, level),
    g_normal = normal(exact(df) * apart / pooled, m, k, level), pairs = pairs
  )
}
set.seed(20261130)
write_oracle(
  bind(lapply(1:60, function(i) {
    sizes <- sample(3:14, 2, replace = TRUE)
    shift <- sample(c(0, 1, 4, 12), 1)
    groups <- lapply(sizes, function(n) round(rnorm(n, 20, 4)))
    one_effect(groups[[1]] + shift, groups[[2]], c(0.9, 0.95)[i %% 2 + 1])
  })),
  "effect_intervals.csv"
)
