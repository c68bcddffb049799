# How far apart the shares of levels in two groups are, in units of their standard deviation. From the
# counts, by the formulas as published: of two levels Austin's (2009), of all that of Yang and Dalton
# (2012), which leaves out the first level and has no inverse where nobody has one of the others. And
# from a row per patient, with `cov` and an inverse from the eigenvectors that leaves out no level.

count_samples <- function() {
  set.seed(20261130)
  named <- list(
    list(c(5, 0, 0), c(2, 1, 1)), list(c(0, 0, 5), c(3, 2, 0)), list(c(3, 0), c(4, 0)),
    list(c(2, 0), c(0, 3)), list(c(4, 2, 2), c(2, 1, 1)), list(c(60, 31, 9), c(48, 40, 12))
  )
  random <- lapply(1:240, function(i) {
    levels <- c(2, 3, 2, 4, 5)[i %% 5 + 1]
    skewed <- c(6, 2, 1, 1, 1)[seq_len(levels)]
    lapply(sample(1:12, 2, replace = TRUE), function(n) {
      tabulate(sample(levels, n, replace = TRUE, prob = if (i %% 2) skewed), levels)
    })
  })
  unique(c(named, random))
}

by_austin <- function(p, q) {
  found <- (p[1] - q[1]) / sqrt((p[1] * (1 - p[1]) + q[1] * (1 - q[1])) / 2)
  if (length(p) == 2 && is.finite(found)) found else NA_real_
}

by_yang_and_dalton <- function(p, q) {
  p <- p[-1]
  q <- q[-1]
  s <- -(outer(p, p) + outer(q, q)) / 2
  diag(s) <- (p * (1 - p) + q * (1 - q)) / 2
  if (qr(s)$rank < length(p)) return(NA_real_)
  sqrt(mahalanobis(p, q, s))
}

# Infinite where the means differ in a direction in which no patient of either group differs.
of_patients <- function(first, second) {
  indicators <- function(counts) diag(length(counts))[rep(seq_along(counts), counts), , drop = FALSE]
  x <- indicators(first)
  y <- indicators(second)
  spread <- function(m) if (nrow(m) == 1) 0 * crossprod(m) else cov(m) * (nrow(m) - 1) / nrow(m)
  e <- eigen((spread(x) + spread(y)) / 2, symmetric = TRUE)
  kept <- e$values > 1e-9
  along <- crossprod(e$vectors, first / sum(first) - second / sum(second))
  if (!any(kept) || any(abs(along[!kept]) > 1e-9)) return(NA_real_)
  sqrt(sum(along[kept]^2 / e$values[kept]))
}

one_balance <- function(first, second) {
  p <- first / sum(first)
  q <- second / sum(second)
  data.frame(
    first = paste(first, collapse = " "), second = paste(second, collapse = " "),
    austin = by_austin(p, q), yang_dalton = by_yang_and_dalton(p, q),
    patients = of_patients(first, second)
  )
}

write_oracle(
  bind(lapply(count_samples(), function(s) one_balance(s[[1]], s[[2]]))),
  "standardised_difference.csv"
)
