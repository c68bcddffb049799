# Kaplan-Meier of small samples with ties, censoring and times of 0: log-log intervals, and the
# median by Brookmeyer and Crowley.

suppressPackageStartupMessages(library(survival))
set.seed(20240609)
named <- list(
  one_ended = list(5, 1),
  one_censored = list(5, 0),
  all_censored = list(c(3, 5, 5, 9), c(0, 0, 0, 0)),
  all_ended = list(1:6, rep(1, 6)),
  all_at_once = list(c(4, 4, 4), c(1, 1, 1)),
  half_at_once = list(c(4, 4, 8, 8), c(1, 1, 0, 0)),
  half_for_a_while = list(c(1, 2, 5, 6), c(1, 1, 1, 1)),
  half_to_the_end = list(c(1, 2, 5, 6), c(1, 1, 0, 0)),
  zero_ended = list(c(0, 0, 3, 4, 9), c(1, 0, 1, 1, 0)),
  only_zero = list(c(0, 0), c(1, 0)),
  last_ended = list(c(2, 3, 4), c(0, 0, 1)),
  aml = list(aml$time[aml$x == "Maintained"], aml$status[aml$x == "Maintained"]),
  aml_other = list(aml$time[aml$x != "Maintained"], aml$status[aml$x != "Maintained"])
)
random <- lapply(1:220, function(i) {
  n <- sample(1:16, 1)
  times <- switch(i %% 3 + 1, sample(0:6, n, TRUE), sample(0:40, n, TRUE), sample((0:400) / 8, n))
  list(times, rbinom(n, 1, switch(i %% 4 + 1, 0.2, 0.5, 0.8, 1)))
})
names(random) <- sprintf("random_%03d", seq_along(random))
samples <- c(named, random)
levels <- c(0.9, 0.95)

steps <- list()
medians <- list()
given <- list()
for (name in names(samples)) {
  times <- samples[[name]][[1]]
  ended <- samples[[name]][[2]]
  given[[name]] <- data.frame(sample = name, time = times, ended = ended)
  for (level in levels) {
    fit <- survfit(Surv(times, ended) ~ 1, conf.type = "log-log", conf.int = level)
    steps[[paste(name, level)]] <- data.frame(
      sample = name, level = level, time = fit$time, at_risk = fit$n.risk, ended = fit$n.event,
      censored = fit$n.censor, share = fit$surv, low = fit$lower, high = fit$upper
    )
    half <- quantile(fit, 0.5)
    medians[[paste(name, level)]] <- data.frame(
      sample = name, level = level, median = as.double(half$quantile),
      low = as.double(half$lower), high = as.double(half$upper)
    )
  }
}
write_oracle(bind(given), "survival_samples.csv")
write_oracle(bind(steps), "survival_steps.csv")
write_oracle(bind(medians), "survival_medians.csv")
