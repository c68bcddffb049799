# Intervals of every count out of small n: prop.test without correction is Wilson's, binom.test is
# Clopper and Pearson's.

cases <- expand.grid(count = 0:20, n = c(1:10, 20), level = c(0.9, 0.95, 0.99))
cases <- cases[cases$count <= cases$n, ]
rows <- lapply(seq_len(nrow(cases)), function(i) {
  case <- cases[i, ]
  wilson <- suppressWarnings(prop.test(case$count, case$n, correct = FALSE,
                                       conf.level = case$level))$conf.int
  exact <- binom.test(case$count, case$n, conf.level = case$level)$conf.int
  data.frame(
    count = case$count, n = case$n, level = case$level,
    wilson_low = wilson[1], wilson_high = wilson[2],
    exact_low = exact[1], exact_high = exact[2]
  )
})
write_oracle(bind(rows), "proportion.csv")
