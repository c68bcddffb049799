# Mean, SD and Tukey's hinges of the differences of every sample; nine quantiles of the first 60.

samples <- paired_samples()
probabilities <- c(0, 0.1, 0.25, 0.5, 0.625, 0.75, 0.9, 1)

write_oracle(
  bind(lapply(names(samples), function(s) {
    d <- samples[[s]]
    five <- fivenum(d)
    data.frame(
      sample = s, mean = mean(d), sd = sd(d), median = median(d),
      population_sd = sqrt(mean((d - mean(d))^2)),
      lower_hinge = five[2], upper_hinge = five[4]
    )
  })),
  "describe.csv"
)
write_oracle(
  bind(unlist(lapply(names(samples)[1:60], function(s) {
    lapply(1:9, function(kind) {
      data.frame(
        sample = s, kind = kind, probability = probabilities,
        quantile = unname(quantile(samples[[s]], probabilities, type = kind))
      )
    })
  }), recursive = FALSE)),
  "quantile.csv"
)
