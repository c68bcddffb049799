# Where R gives up or computes something else: recorded, so that a new version of R shows up.

exact_p <- function(n) attempt(wilcox.test(seq_len(n) * (-1)^seq_len(n), exact = TRUE)$p.value)
many_tied <- rep(c(1, 2, 3, -1, -2), 220)
zero <- rep(0, length(many_tied))
coin_p <- function() {
  test <- wilcoxsign_test(many_tied ~ zero, distribution = "exact", zero.method = "Wilcoxon")
  as.numeric(pvalue(test))
}
tied <- c(-3, -1, -1, 0, 2, 2, 2, 5)
write_oracle(
  data.frame(
    case = c("exact_at_1000", "exact_at_1060", "exact_at_1100",
             "coin_at_1100", "exact_rank_tests_at_1100",
             "hodges_lehmann_of_ties", "seventh_of_hundred"),
    value = c(
      exact_p(1000),
      exact_p(1060),
      exact_p(1100),
      attempt(coin_p()),
      attempt(wilcox.exact(many_tied, exact = TRUE)$p.value),
      unname(attempt(wilcox.exact(tied, conf.int = TRUE, exact = TRUE)$estimate)),
      unname(quantile(1:100, 0.07, type = 1))
    )
  ),
  "limits.csv"
)
