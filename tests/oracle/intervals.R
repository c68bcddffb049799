# The intervals of a shift that wilcox.test(conf.int = TRUE) gives by default, and coin's wilcox_test, of
# the samples of pairs and of two groups. Both versions of R are asked, each for a table of its own.

ends <- function(interval) {
  found <- attempt(as.numeric(interval))
  if (length(found) == 2) found else c(NA_real_, NA_real_)
}

interval_row <- function(sample, kind, r, coin = c(NA_real_, NA_real_)) {
  data.frame(
    sample = sample, kind = kind, low = r[1], high = r[2], coin_low = coin[1], coin_high = coin[2]
  )
}

of_pairs <- lapply(names(paired_samples()), function(s) {
  d <- paired_samples()[[s]]
  interval_row(s, "pairs", ends(wilcox.test(d, conf.int = TRUE, tol.root = 1e-9)$conf.int))
})
of_groups <- lapply(names(group_samples()), function(s) {
  g <- group_samples()[[s]]
  table <- data.frame(value = unlist(g), group = factor(rep(c("a", "b"), lengths(g))))
  by_coin <- ends(coin::confint(coin::wilcox_test(value ~ group, table, conf.int = TRUE))$conf.int)
  of_r <- ends(wilcox.test(g[[1]], g[[2]], conf.int = TRUE, tol.root = 1e-9)$conf.int)
  interval_row(s, "groups", of_r, by_coin)
})
write_oracle(
  bind(c(of_pairs, of_groups)),
  if (getRversion() < "4.6") "intervals.csv" else "intervals_4_6.csv"
)
