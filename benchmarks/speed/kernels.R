# Times one test or estimate in R at growing sizes. `kernels.py` gives it
# `samples`, a data frame of size and difference, and `tool` and `kernel`, their names. Writes a line per
# size as soon as it is known: the size, processor seconds of one call, and what it gives ("NA":
# nothing that is exact).

suppressPackageStartupMessages({
  if (tool == "coin") library(coin)
  if (tool == "exactRankTests") library(exactRankTests)
})

halves <- function(d) {
  middle <- length(d) %/% 2
  list(x = head(d, middle), y = tail(d, length(d) - middle))
}
exact <- function(result, value) if (grepl("xact", result$method)) value else NA_real_

one_sample <- list(
  wilcox.test = function(d) { r <- wilcox.test(d, exact = TRUE); exact(r, r$p.value) },
  exactRankTests = function(d) wilcox.exact(d, exact = TRUE)$p.value,
  coin = function(d) {
    zero <- rep(0, length(d))
    as.numeric(pvalue(wilcoxsign_test(d ~ zero, distribution = "exact", zero.method = "Wilcoxon")))
  }
)
two_samples <- list(
  wilcox.test = function(d) { h <- halves(d); r <- wilcox.test(h$x, h$y, exact = TRUE); exact(r, r$p.value) },
  exactRankTests = function(d) { h <- halves(d); wilcox.exact(h$x, h$y, exact = TRUE)$p.value },
  coin = function(d) {
    h <- halves(d)
    group <- factor(rep(c("x", "y"), lengths(h)))
    as.numeric(pvalue(wilcox_test(d ~ group, distribution = "exact")))
  }
)
intervals <- list(
  wilcox.test = function(d) {
    r <- wilcox.test(d, conf.int = TRUE, exact = TRUE)
    exact(r, r$conf.int[1])
  },
  exactRankTests = function(d) wilcox.exact(d, conf.int = TRUE, exact = TRUE)$conf.int[1]
)
call <- switch(kernel, "rank-sum" = two_samples, "Hodges-Lehmann" = intervals, one_sample)[[tool]]

for (size in sort(unique(samples$size))) {
  d <- samples$difference[samples$size == size]
  calls <- 0
  spent <- 0
  started <- sum(proc.time()[1:2])
  # The clock ticks a hundred times a second.
  while (spent < 0.2) {
    for (repeated in seq_len(if (size < 100) 20 else 1)) {
      value <- tryCatch(suppressWarnings(call(d)), error = function(e) NA_real_)
      calls <- calls + 1
    }
    spent <- sum(proc.time()[1:2]) - started
  }
  cat(size, sprintf("%.6g", spent / calls), sprintf("%.17g\n", value), sep = ",")
  flush(stdout())
}
