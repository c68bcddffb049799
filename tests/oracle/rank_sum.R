# Rank-sum tests of every pair of groups: wilcox.test (stats) and wilcox_test (coin).

one_test <- function(sample, groups, alternative) {
  side <- r_name(alternative)
  first <- groups[[1]]
  second <- groups[[2]]
  pooled <- c(first, second)
  group <- factor(rep(c("first", "second"), lengths(groups)))
  stats_test <- function(...) suppressWarnings(wilcox.test(first, second, alternative = side, ...))
  data.frame(
    sample = sample,
    alternative = alternative,
    statistic = unname(stats_test(exact = FALSE)$statistic),
    turned = unname(suppressWarnings(wilcox.test(second, first, exact = FALSE))$statistic),
    z = as.numeric(statistic(wilcox_test(pooled ~ group), "standardized")),
    r_4_5 = stats_test()$p.value,
    normal_corrected = stats_test(exact = FALSE)$p.value,
    normal = stats_test(exact = FALSE, correct = FALSE)$p.value,
    coin = as.numeric(pvalue(wilcox_test(pooled ~ group, alternative = side))),
    exact = as.numeric(pvalue(
      wilcox_test(pooled ~ group, distribution = "exact", alternative = side)
    ))
  )
}

samples <- group_samples()
write_oracle(
  bind(unlist(lapply(names(samples), function(s) {
    lapply(1:2, function(g) {
      data.frame(sample = s, group = c("first", "second")[g], value = samples[[s]][[g]])
    })
  }), recursive = FALSE)),
  "group_samples.csv"
)
write_oracle(
  bind(unlist(lapply(names(samples), function(s) {
    lapply(alternatives, function(a) one_test(s, samples[[s]], a))
  }), recursive = FALSE)),
  "rank_sum.csv"
)
