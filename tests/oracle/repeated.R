# Tests over all visits, and of a category at two visits. friedman.test is R's own, and so is the table
# of McNemar's test; Page's test and that of Stuart and Maxwell are coin's. What is exact is listed here:
# all orders of the ranks of each patient, or both ways of each change.

suffix <- if (getRversion() < "4.6") "" else "_4_6"

visit_samples <- function() {
  set.seed(20261127)
  named <- list(
    same_order = rbind(1:3, 4:6, 7:9),
    one_patient = rbind(c(3, 1, 2, 4)),
    tied_patient = rbind(c(1, 1, 1), c(1, 2, 2), c(0, 3, 1)),
    yes_no = rbind(c(0, 1, 1), c(0, 0, 1), c(1, 1, 0), c(0, 0, 0), c(0, 1, 1))
  )
  random <- lapply(1:220, function(i) {
    k <- c(3, 3, 4, 5, 3, 2)[i %% 6 + 1]
    n <- sample(2:c(10, 6, 4, 3)[k - 1], 1)
    pool <- list(0:1, c(0, 0, 0, 1:3), 0:9, (0:400) / 8)[[i %% 4 + 1]]
    matrix(sample(pool, n * k, replace = TRUE), n)
  })
  names(random) <- sprintf("random_%03d", seq_along(random))
  larger <- lapply(c(3, 4, 6), function(k) matrix(sample(0:6, 60 * k, replace = TRUE), 60))
  names(larger) <- sprintf("larger_%d", c(3, 4, 6))
  varies <- function(m) any(apply(m, 1, function(x) length(unique(x)) > 1))
  Filter(varies, c(named, random, larger))
}

orders <- function(x) {
  if (length(x) == 1) return(matrix(x))
  do.call(rbind, lapply(seq_along(x), function(i) cbind(x[i], orders(x[-i]))))
}

# The column sums of all ways to order the ranks of each patient, one row each.
all_column_sums <- function(ranks) {
  sums <- matrix(0, 1, ncol(ranks))
  for (i in seq_len(nrow(ranks))) {
    o <- orders(ranks[i, ])
    sums <- sums[rep(seq_len(nrow(sums)), each = nrow(o)), , drop = FALSE] +
      o[rep(seq_len(nrow(o)), nrow(sums)), , drop = FALSE]
  }
  sums
}

test_of_visits <- function(sample, values) {
  n <- nrow(values)
  k <- ncol(values)
  ranks <- t(apply(values, 1, rank))
  centre <- n * (k + 1) / 2
  spread <- function(sums) rowSums((sums - centre)^2)
  trend <- function(sums) as.vector(sums %*% seq_len(k))
  observed <- t(colSums(ranks))
  listed <- if (factorial(k)^n < 70000) all_column_sums(ranks) else NULL
  share <- function(extreme) if (is.null(listed)) NA_real_ else mean(extreme + 0)
  chi <- attempt(friedman.test(values))
  computed <- is.list(chi)
  data.frame(
    sample = sample,
    statistic = if (computed) unname(chi$statistic) else NA_real_,
    chi_square = if (computed) chi$p.value else NA_real_,
    trend = trend(observed),
    exact = share(spread(listed) >= spread(observed) - 1e-6),
    smallest = share(spread(listed) >= spread(t(colSums(t(apply(ranks, 1, sort))))) - 1e-6),
    trend_greater = share(trend(listed) >= trend(observed) - 1e-6),
    trend_less = share(trend(listed) <= trend(observed) + 1e-6)
  )
}

# With visits in order, coin's friedman_test is Page's.
page_by_coin <- function(sample, values) {
  patient <- factor(row(values))
  visit <- factor(col(values), ordered = TRUE)
  p <- function(side) {
    attempt(as.numeric(pvalue(friedman_test(
      as.vector(values) ~ visit | patient, alternative = side
    ))))
  }
  data.frame(sample = sample, two_sided = p("two.sided"), greater = p("greater"), less = p("less"))
}

# The category of each patient at two visits.
category_samples <- function() {
  set.seed(20261128)
  named <- list(
    two_groups = rbind(c(1, 2), c(2, 1), c(1, 2), c(3, 4), c(3, 4), c(5, 5)),
    one_changed = rbind(c(1, 1), c(2, 2), c(1, 3))
  )
  random <- lapply(1:220, function(i) {
    k <- i %% 4 + 2
    n <- sample(3:12, 1)
    before <- sample(k, n, replace = TRUE)
    step <- sample(list(-1:1, c(0, 0, 1), -4:4)[[i %% 3 + 1]], n, replace = TRUE)
    cbind(before, pmax(1, pmin(k, before + step)))
  })
  names(random) <- sprintf("random_%03d", seq_along(random))
  larger <- lapply(2:4, function(k) cbind(sample(k, 60, TRUE), sample(c(1:k, k), 60, TRUE)))
  names(larger) <- sprintf("larger_%d", 2:4)
  Filter(function(m) any(m[, 1] != m[, 2]), c(named, random, larger))
}

# d' V^- d of all ways of the changes: d are the differences of the counts, V is their covariance, whose
# generalised inverse comes from its eigenvectors.
test_of_categories <- function(sample, pairs) {
  k <- max(pairs)
  changed <- pairs[pairs[, 1] != pairs[, 2], , drop = FALSE]
  count <- function(m, way) tabulate(m[, way], k)
  table <- table(factor(changed[, 1], 1:k), factor(changed[, 2], 1:k))
  covariance <- diag(rowSums(table) + colSums(table)) - table - t(table)
  e <- eigen(covariance, symmetric = TRUE)
  kept <- e$values > 1e-9
  root <- t(e$vectors[, kept, drop = FALSE]) / sqrt(e$values[kept])
  statistic <- function(d) colSums((root %*% d)^2)
  observed <- statistic(matrix(count(changed, 1) - count(changed, 2)))
  steps <- t(diag(k)[changed[, 1], , drop = FALSE] - diag(k)[changed[, 2], , drop = FALSE])
  possible <- NULL
  if (ncol(steps) <= 14) {
    signs <- t(as.matrix(expand.grid(rep(list(c(-1, 1)), ncol(steps)))))
    possible <- statistic(steps %*% signs)
  }
  share <- function(least) if (is.null(possible)) NA_real_ else mean(possible >= least - 1e-7)
  up <- sum(changed[, 2] > changed[, 1])
  data.frame(
    sample = sample,
    statistic = observed,
    chi_square = pchisq(observed, sum(kept), lower.tail = FALSE),
    exact = share(observed),
    smallest = share(max(possible, 0)),
    mcnemar = if (k == 2) binom.test(up, nrow(changed))$p.value else NA_real_
  )
}

homogeneity_by_coin <- function(sample, pairs) {
  k <- max(pairs)
  table <- as.table(table(factor(pairs[, 1], 1:k), factor(pairs[, 2], 1:k)))
  test <- attempt(mh_test(table))
  known <- isS4(test)
  data.frame(
    sample = sample,
    statistic = if (known) as.numeric(statistic(test)) else NA_real_,
    p = if (known) as.numeric(pvalue(test)) else NA_real_
  )
}

visits <- visit_samples()
categories <- category_samples()
each <- function(samples, row) bind(lapply(names(samples), function(s) row(s, samples[[s]])))
write_oracle(each(visits, test_of_visits), paste0("visits", suffix, ".csv"))
write_oracle(each(categories, test_of_categories), paste0("categories", suffix, ".csv"))
if (suffix == "") {
  write_oracle(each(visits, page_by_coin), "visits_coin.csv")
  write_oracle(each(categories, homogeneity_by_coin), "categories_coin.csv")
  write_oracle(each(visits, function(s, m) {
    data.frame(sample = s, patient = as.vector(row(m)), visit = as.vector(col(m)), value = as.vector(m))
  }), "visits_samples.csv")
  write_oracle(each(categories, function(s, m) {
    data.frame(sample = s, before = as.double(m[, 1]), after = as.double(m[, 2]))
  }), "categories_samples.csv")
}
