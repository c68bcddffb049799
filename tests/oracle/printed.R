# p-values of printed test statistics, and t-tests of samples whose means and SDs, as printed, are those
# of a case: at the corners of what rounds to these, and at points between.

statistics <- rbind(
  expand.grid(kind = "t", statistic = c(0, 0.5, 2.2, -3.1, 12.4), df1 = c(1, 5, 28, 27.4), df2 = 0),
  expand.grid(kind = "z", statistic = c(0, 1.96, -2.58, 6.1), df1 = 0, df2 = 0),
  expand.grid(kind = "F", statistic = c(0.3, 3.6, 11.2), df1 = c(1, 2, 7), df2 = c(3, 28, 250)),
  expand.grid(kind = "chi2", statistic = c(0.2, 3.84, 25.1), df1 = c(1, 4, 9), df2 = 0),
  expand.grid(kind = "r", statistic = c(-0.45, 0.12, 0.9), df1 = c(3, 18, 120), df2 = 0)
)
p_of <- function(kind, x, df1, df2) switch(as.character(kind),
  t = 2 * pt(-abs(x), df1),
  z = 2 * pnorm(-abs(x)),
  F = pf(x, df1, df2, lower.tail = FALSE),
  chi2 = pchisq(x, df1, lower.tail = FALSE),
  r = 2 * pt(-abs(x) * sqrt(df1 / (1 - x^2)), df1)
)
statistics$p <- mapply(p_of, statistics$kind, statistics$statistic, statistics$df1, statistics$df2)
write_oracle(statistics, "printed_p.csv")

set.seed(2018)
sample_of <- function(n, mean, sd) {
  x <- rnorm(n)
  mean + sd * (x - base::mean(x)) / stats::sd(x)
}
cases <- data.frame(
  case = 1:5, decimals = c(2, 1, 1, 0, 2),
  mean1 = c(7.21, 5.0, 12.4, 50, 0.35), sd1 = c(1.93, 1.2, 4.4, 12, 0.21), n1 = c(14, 8, 30, 100, 5),
  mean2 = c(4.15, 4.1, 12.5, 41, 0.05), sd2 = c(2.20, 3.3, 0.9, 30, 0.22), n2 = c(13, 21, 4, 7, 5)
)
offsets <- rbind(expand.grid(rep(list(c(-0.5, 0.5)), 4)), matrix(runif(80, -0.5, 0.5), ncol = 4,
  dimnames = list(NULL, paste0("Var", 1:4))))
rows <- lapply(seq_len(nrow(cases)), function(i) {
  case <- cases[i, ]
  bind(lapply(seq_len(nrow(offsets)), function(j) {
    off <- as.numeric(offsets[j, ]) / 10^case$decimals
    x <- sample_of(case$n1, case$mean1 + off[1], case$sd1 + off[2])
    y <- sample_of(case$n2, case$mean2 + off[3], case$sd2 + off[4])
    tests <- list(
      "Student's" = t.test(x, y, var.equal = TRUE), "Welch's" = t.test(x, y), paired = t.test(x)
    )
    bind(lapply(names(tests), function(name) data.frame(
      case, test = name, t = abs(unname(tests[[name]]$statistic)),
      df = unname(tests[[name]]$parameter), p = tests[[name]]$p.value, corner = j <= 16
    )))
  }))
})
write_oracle(bind(rows), "printed_means.csv")
