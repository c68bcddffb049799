# How grades and conditions changed, compared between groups. Patients have a grade from 1 to 3 before
# and after, or none then; the condition is the grade 1. The steps of a grade, and whether the
# condition was gained or lost, are compared by every division of the patients into groups of these
# sizes: of two groups by the distance of the rank sum from its mean, as coin does, and of three by H.

state_samples <- function() {
  set.seed(20261130)
  samples <- lapply(1:120, function(i) {
    sizes <- if (i %% 3) sample(2:6, 2, replace = TRUE) else sample(1:3, 3, replace = TRUE)
    n <- sum(sizes)
    before <- sample(1:3, n, replace = TRUE, prob = c(1, 2, 3))
    after <- sample(c(1:3, NA), n, replace = TRUE, prob = c(3, 2, 2, 0.7))
    data.frame(group = rep(seq_along(sizes), sizes), before = before, after = after)
  })
  names(samples) <- sprintf("states_%03d", seq_along(samples))
  samples
}

# The probability of a division at least as extreme; none where all values are equal, or a group has
# no value.
by_ranks <- function(value, group, groups) {
  known <- !is.na(value)
  sizes <- tabulate(group[known], groups)
  ranks <- rank(value[known])
  if (any(sizes == 0) || length(unique(ranks)) == 1) return(NA_real_)
  of_group <- function(g) ranks[group[known] == g]
  if (groups > 2) {
    observed <- sum(vapply(seq_len(groups), function(g) sum(of_group(g))^2 / sizes[g], 0))
    return(mean(divisions(ranks, sizes) >= observed * (1 - 1e-12)))
  }
  sums <- combn(ranks, sizes[2], sum)
  distance <- abs(sum(of_group(2)) - mean(sums))
  p <- mean(abs(sums - mean(sums)) >= distance - 1e-9)
  data <- data.frame(value = value[known], group = factor(group[known]))
  by_coin <- as.numeric(pvalue(wilcox_test(value ~ group, data, distribution = "exact")))
  stopifnot(abs(p - by_coin) < 1e-9)
  p
}

# Fisher's test of who changed, of those who could and are known after.
by_counts <- function(changed, could, group, groups) {
  table <- table(factor(group[could], seq_len(groups)), factor(changed[could], c(TRUE, FALSE)))
  tested <- all(rowSums(table) > 0) && all(colSums(table) > 0)
  if (tested) fisher.test(table)$p.value else NA_real_
}

one_state <- function(sample, patients) {
  groups <- max(patients$group)
  before <- patients$before == 1
  after <- patients$after == 1
  data.frame(
    sample = sample, steps = by_ranks(patients$after - patients$before, patients$group, groups),
    turned = by_ranks(after - before, patients$group, groups),
    gained = by_counts(after, !is.na(after) & !before, patients$group, groups),
    lost = by_counts(!after, !is.na(after) & before, patients$group, groups)
  )
}

states <- state_samples()
write_oracle(
  bind(lapply(names(states), function(s) {
    data.frame(sample = s, states[[s]][c("group", "before")], after = states[[s]]$after * 1)
  })),
  "states_samples.csv"
)
write_oracle(bind(lapply(names(states), function(s) one_state(s, states[[s]]))), "states.csv")
