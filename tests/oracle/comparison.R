# Comparisons of independent groups: shifts and their coverage, tests of several groups, tables of
# counts, and differences of two shares. What R's packages lack is enumerated or searched for here.

one_shift <- function(sample, groups, level) {
  x <- groups[[1]]
  y <- groups[[2]]
  m <- length(x)
  k <- length(y)
  # Rounded, so that differences that are equal on paper are equal.
  differences <- sort(round(outer(x, y, "-"), 6))
  outside <- (1 - level) / 2 * (1 + 1e-9)
  cut <- max(which(pwilcox(0:(m * k), m, k) <= outside), 1) - 1
  low <- differences[cut + 1]
  high <- differences[m * k - cut]
  # The exact test of the shift in the middle between an end and the next difference beyond it.
  p <- function(mu, side) wilcox.exact(x, y, mu = mu, alternative = side, exact = TRUE)$p.value
  below <- max(differences[differences < low], differences[1] - 1)
  above <- min(differences[differences > high], differences[m * k] + 1)
  t <- attempt(t.test(x, y, conf.level = level))
  t_part <- function(part, i = 1) if (is.list(t)) unname(t[[part]])[i] else NA_real_
  data.frame(
    sample = sample, level = level, shift = median(differences), low = low, high = high,
    coverage = 1 - p((low + below) / 2, "greater") - p((high + above) / 2, "less"),
    welch_t = t_part("statistic"), welch_p = t_part("p.value"), welch_df = t_part("parameter"),
    student_t = if (is.list(t)) unname(t.test(x, y, var.equal = TRUE)$statistic) else NA_real_,
    student_p = if (is.list(t)) t.test(x, y, var.equal = TRUE)$p.value else NA_real_,
    welch_low = t_part("conf.int", 1), welch_high = t_part("conf.int", 2),
    standardised = if (is.list(t)) (mean(x) - mean(y)) / sqrt((var(x) + var(y)) / 2) else NA_real_
  )
}

several_samples <- function() {
  set.seed(20261127)
  samples <- lapply(1:200, function(i) {
    pool <- switch(i %% 3 + 1, 0:2, 0:6, (0:80) / 8)
    sizes <- if (i %% 5 == 0) sample(1:3, 4, replace = TRUE) else sample(1:4, 3, replace = TRUE)
    lapply(sizes, function(n) sample(pool, n, replace = TRUE))
  })
  names(samples) <- sprintf("several_%03d", seq_along(samples))
  Filter(function(s) length(unique(unlist(s))) > 1, samples)
}

one_several <- function(sample, groups) {
  pooled <- unlist(groups)
  group <- factor(rep(seq_along(groups), lengths(groups)))
  test <- kruskal.test(pooled, group)
  ranks <- rank(pooled)
  observed <- sum(tapply(ranks, group, sum)^2 / lengths(groups))
  all_divisions <- divisions(ranks, lengths(groups))
  data.frame(
    sample = sample, statistic = unname(test$statistic), chi_squared = test$p.value,
    exact = mean(all_divisions >= observed * (1 - 1e-12)),
    smallest = mean(all_divisions >= max(all_divisions) * (1 - 1e-12)),
    # The share of the ranks' sum of squares that does not lie within the groups.
    epsilon_squared = 1 - sum((ranks - ave(ranks, group))^2) / sum((ranks - mean(ranks))^2)
  )
}

one_table <- function(i) {
  size <- list(c(2, 2), c(2, 2), c(2, 3), c(3, 3), c(3, 2), c(2, 4))[[i %% 6 + 1]]
  repeat {
    table <- matrix(rpois(prod(size), sample(c(1, 3, 6), 1)), size[1])
    if (all(rowSums(table) > 0) && all(colSums(table) > 0)) break
  }
  # The squared correlations of all pairs of canonical variates, of which the mean is V squared.
  shares <- table / sum(table)
  expected <- outer(rowSums(shares), colSums(shares))
  inertia <- sum(svd((shares - expected) / sqrt(expected))$d^2)
  fisher <- fisher.test(table)$p.value
  chi_squared <- suppressWarnings(chisq.test(table, correct = FALSE))
  # Yates's correction is made of two by two alone.
  corrected <- if (all(dim(table) == 2)) suppressWarnings(chisq.test(table))$p.value else NA_real_
  small <- chi_squared$expected < 5
  data.frame(
    counts = paste(apply(table, 1, paste, collapse = " "), collapse = "/"),
    cramers_v = sqrt(inertia / (min(dim(table)) - 1)),
    fisher = fisher,
    chi_squared = chi_squared$p.value,
    corrected = corrected,
    chi_statistic = unname(chi_squared$statistic),
    by_expected = if (any(small)) fisher else chi_squared$p.value,
    by_expected_corrected = if (any(small)) fisher else corrected,
    by_cochran = if (mean(small) > 0.2 || any(chi_squared$expected < 1)) {
      fisher
    } else {
      chi_squared$p.value
    }
  )
}

# The largest probability, over a common share, of all tables whose two-sided Fisher's p is at most
# the one found: a grid of 1000 shares, and `optimize` around each that its neighbours do not exceed.
boschloo <- function(a, m, b, k) {
  tables <- expand.grid(a = 0:m, b = 0:k)
  p <- mapply(function(a, b) fisher.test(matrix(c(a, m - a, b, k - b), 2))$p.value, tables$a, tables$b)
  counted <- tables[p <= p[tables$a == a & tables$b == b] * (1 + 1e-7), ]
  probability <- function(share) sum(dbinom(counted$a, m, share) * dbinom(counted$b, k, share))
  grid <- seq(0, 1, length.out = 1001)
  values <- vapply(grid, probability, 0)
  around <- c(-1, values, -1)
  peaks <- which(values >= head(around, -2) & values >= tail(around, -2))
  refined <- vapply(peaks, function(i) {
    range <- grid[c(max(i - 1, 1), min(i + 1, 1001))]
    optimize(probability, range, maximum = TRUE, tol = 1e-12)$objective
  }, 0)
  max(values, refined)
}

one_difference <- function(a, m, b, k, level) {
  ends <- miettinen_nurminen(a, m, b, k, level)
  data.frame(
    first = a, n_first = m, second = b, n_second = k, level = level, boschloo = boschloo(a, m, b, k),
    low = ends[1], high = ends[2]
  )
}

# Chan and Zhang's interval: the differences that neither one-sided exact test on the score statistic
# refuses, its p-value the largest over the second share. Every step goes through all tables.
exact_end <- function(a, m, b, k, level) {
  if (a == 0 && b == k) return(-1)
  tables <- expand.grid(x = 0:m, y = 0:k)
  p_value <- function(d) {
    t <- mapply(function(x, y) score(d, x, m, y, k), tables$x, tables$y)
    t[is.nan(t)] <- 0
    extreme <- tables[t >= t[tables$x == a & tables$y == b] - 1e-6, ]
    probability <- function(q) {
      sum(dbinom(extreme$x, m, min(1, q + d)) * dbinom(extreme$y, k, q))
    }
    grid <- seq(max(0, -d), min(1, 1 - d), length.out = 401)
    values <- vapply(grid, probability, 0)
    around <- c(-1, values, -1)
    peaks <- which(values >= head(around, -2) & values >= tail(around, -2))
    refined <- vapply(peaks, function(i) {
      range <- grid[c(max(i - 1, 1), min(i + 1, 401))]
      optimize(probability, range, maximum = TRUE, tol = 1e-10)$objective
    }, 0)
    max(values, refined)
  }
  low <- -1
  high <- a / m - b / k
  for (halving in 1:26) {
    middle <- (low + high) / 2
    if (p_value(middle) > (1 - level) / 2) high <- middle else low <- middle
  }
  high
}

one_exact_difference <- function(a, m, b, k, level) {
  data.frame(
    first = a, n_first = m, second = b, n_second = k, level = level,
    low = exact_end(a, m, b, k, level), high = -exact_end(b, k, a, m, level)
  )
}

samples <- group_samples()
small <- Filter(function(groups) max(lengths(groups)) < 50, samples)
write_oracle(
  bind(unlist(lapply(names(small), function(s) {
    lapply(c(0.8, 0.95), function(level) one_shift(s, small[[s]], level))
  }), recursive = FALSE)),
  "group_shift.csv"
)
several <- several_samples()
write_oracle(
  bind(unlist(lapply(names(several), function(s) {
    lapply(seq_along(several[[s]]), function(g) {
      data.frame(sample = s, group = g, value = several[[s]][[g]])
    })
  }), recursive = FALSE)),
  "several_samples.csv"
)
write_oracle(bind(lapply(names(several), function(s) one_several(s, several[[s]]))), "several.csv")
set.seed(20261128)
write_oracle(bind(lapply(1:240, one_table)), "contingency.csv")
sizes <- lapply(1:100, function(i) sample(1:12, 2, replace = TRUE))
write_oracle(
  bind(lapply(seq_along(sizes), function(i) {
    n <- sizes[[i]]
    one_difference(sample(0:n[1], 1), n[1], sample(0:n[2], 1), n[2], c(0.9, 0.95)[i %% 2 + 1])
  })),
  "risk_difference.csv"
)
set.seed(20261129)
sizes <- lapply(1:40, function(i) sample(1:9, 2, replace = TRUE))
write_oracle(
  bind(lapply(seq_along(sizes), function(i) {
    n <- sizes[[i]]
    one_exact_difference(
      sample(0:n[1], 1), n[1], sample(0:n[2], 1), n[2], c(0.9, 0.95)[i %% 2 + 1]
    )
  })),
  "exact_risk_difference.csv"
)
