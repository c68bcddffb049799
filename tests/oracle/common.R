# What the other scripts share: the samples, how a table is written, and what R lacks.
# Run from the repository's root: Rscript tests/oracle/write_all.R

folder <- "tests/oracle"

write_oracle <- function(table, name) {
  numeric <- vapply(table, is.double, logical(1))
  table[numeric] <- lapply(table[numeric], function(x) {
    ifelse(is.na(x), "", sprintf("%.17g", x))
  })
  write.csv(table, file.path(folder, name), row.names = FALSE, quote = FALSE, eol = "\n")
}

# A statistic that R cannot compute is an empty cell.
attempt <- function(expression) {
  tryCatch(suppressWarnings(expression), error = function(e) NA_real_)
}

bind <- function(rows) do.call(rbind, lapply(rows, as.data.frame))

# Differences, follow-up minus baseline. All but sleep's are multiples of 1/8; all tie exactly.
paired_samples <- function() {
  set.seed(20240607)
  named <- list(
    cdasi_classic = c(4, 1, 5, 31, 0) - c(12, 7, 27, 50, 2),
    mmt8_classic = c(150, 150, 150, 131, 150) - c(126, 150, 150, 127, 150),
    cdasi_amyopathic = c(1, 0, 7) - c(8, 9, 14),
    cdasi_all = c(4, 1, 5, 31, 0, 1, 0, 7) - c(12, 7, 27, 50, 2, 8, 9, 14),
    sleep = round(sleep$extra[11:20] - sleep$extra[1:10], 1),
    one = 3,
    one_negative = -2.5,
    two = c(1, -2),
    two_tied = c(1, -1),
    all_tied = rep(2, 6),
    all_tied_mixed = c(2, 2, -2, 2, -2, 2),
    one_nonzero = c(0, 0, 0, 5),
    balanced = c(-3, -2, -1, 1, 2, 3),
    large_and_small = c(1e6, -0.125, 3, 0, -1e5),
    below_fifty = seq(-19.5, 28.5) + 0.25,
    fifty = seq(-19.5, 29.5) + 0.25
  )
  random <- lapply(1:240, function(i) {
    n <- sample(2:14, 1)
    switch(i %% 4 + 1,
      sample(-2:2, n, replace = TRUE),
      sample(-4:6, n, replace = TRUE),
      sample(seq(-1, 2, by = 0.5), n, replace = TRUE),
      sample((-400:600) / 8, n)
    )
  })
  names(random) <- sprintf("random_%03d", seq_along(random))
  random <- Filter(function(d) any(d != 0), random)
  larger <- lapply(c(30, 60, 100, 101, 150), function(n) sample(-9:12, n, replace = TRUE))
  names(larger) <- sprintf("larger_%03d", lengths(larger))
  # Around the 50 differences from which on R's default is normal: without ties and zeros, with two
  # of the differences zero, and with ties.
  boundary <- unlist(lapply(49:51, function(n) {
    untied <- seq_len(n) / 8 * ifelse(seq_len(n) %% 3, -1, 1)
    list(untied = untied, zeros = c(0, 0, untied[-(1:2)]), tied = c(untied[-1], untied[n]))
  }), recursive = FALSE)
  names(boundary) <- paste(names(boundary), rep(49:51, each = 3), sep = "_")
  c(named, random, larger, boundary)
}

# Two independent groups.
group_samples <- function() {
  set.seed(20240608)
  named <- list(
    separated = list(c(1, 2, 3), c(4, 5, 6, 7)),
    one_each = list(1, 2),
    heavy_ties = list(c(0, 0, 0, 1), c(0, 1, 1, 1, 1, 2)),
    sleep = list(sleep$extra[11:20], sleep$extra[1:10]),
    below_fifty = list(seq(1, 98, by = 2), seq(4, 60, by = 2)),
    fifty = list(seq(1, 100, by = 2), seq(4, 60, by = 2))
  )
  random <- lapply(1:200, function(i) {
    pool <- switch(i %% 3 + 1, 0:3, 0:12, (0:800) / 8)
    list(
      sample(pool, sample(1:8, 1), replace = i %% 3 < 2),
      sample(pool, sample(1:8, 1), replace = i %% 3 < 2)
    )
  })
  names(random) <- sprintf("random_%03d", seq_along(random))
  boundary <- lapply(49:51, function(n) list(seq_len(n) %% 17, seq_len(20) %% 9 + 0.5 * (1:20 %% 2)))
  names(boundary) <- sprintf("tied_%d", 49:51)
  Filter(function(s) length(unique(unlist(s))) > 1, c(named, random, boundary))
}

alternatives <- c("two-sided", "greater", "less")
r_name <- function(alternative) sub("-", ".", alternative)

# H of every division of the values into groups of these sizes.
divisions <- function(ranks, sizes) {
  if (length(sizes) == 1) return(sum(ranks)^2 / sizes)
  unlist(combn(seq_along(ranks), sizes[1], function(chosen) {
    sum(ranks[chosen])^2 / sizes[1] + divisions(ranks[-chosen], sizes[-1])
  }, simplify = FALSE))
}

# Score statistic of a difference, whose shares are found by maximising the likelihood numerically.
score <- function(difference, a, m, b, k) {
  likelihood <- function(q) {
    dbinom(a, m, q + difference, log = TRUE) + dbinom(b, k, q, log = TRUE)
  }
  range <- c(max(0, -difference), min(1, 1 - difference))
  q <- optimize(likelihood, range, maximum = TRUE, tol = 1e-14)$maximum
  at_ends <- vapply(range, likelihood, 0)
  if (max(at_ends) >= likelihood(q)) q <- range[which.max(at_ends)]
  p <- q + difference
  variance <- (p * (1 - p) / m + q * (1 - q) / k) * (m + k) / (m + k - 1)
  (a / m - b / k - difference) / sqrt(max(variance, 0))
}

# Miettinen and Nurminen's interval: the differences at which the score statistic is z.
miettinen_nurminen <- function(a, m, b, k, level = 0.95) {
  z <- qnorm((1 + level) / 2)
  value <- a / m - b / k
  vapply(c(-1, 1), function(sign) {
    if (abs(value - sign) < 1e-12) return(sign)
    far <- function(d) sign * -score(d, a, m, b, k) - z
    uniroot(far, sort(c(value + sign * 1e-9, sign * (1 - 1e-9))), tol = 1e-13)$root
  }, 0)
}
