# Exact intervals of Poisson rates, and one-sided upper bounds of proportions.

cases <- expand.grid(events = c(0:12, 50, 300), time = c(0.25, 1, 37.5, 1200), level = c(0.9, 0.95))
rows <- lapply(seq_len(nrow(cases)), function(i) {
  case <- cases[i, ]
  interval <- poisson.test(case$events, case$time, conf.level = case$level)$conf.int
  data.frame(events = case$events, time = case$time, level = case$level,
             low = interval[1], high = interval[2])
})
write_oracle(bind(rows), "rate.csv")

cases <- expand.grid(count = 0:20, n = c(1:10, 20), level = c(0.9, 0.95))
cases <- cases[cases$count <= cases$n, ]
rows <- lapply(seq_len(nrow(cases)), function(i) {
  case <- cases[i, ]
  bound <- binom.test(case$count, case$n, alternative = "less", conf.level = case$level)$conf.int[2]
  data.frame(count = case$count, n = case$n, level = case$level, bound = bound)
})
write_oracle(bind(rows), "upper_bound.csv")
