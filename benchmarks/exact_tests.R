# Times the exact signed-rank test in R. Reads samples (sample, difference) from the CSV file named
# first; writes a line per function and sample: function, sample, p-value ("NA": none), seconds.

suppressPackageStartupMessages({
  library(coin)
  library(exactRankTests)
})

functions <- list(
  wilcox.test = function(d) {
    result <- wilcox.test(d, exact = TRUE)
    if (grepl("exact", result$method)) result$p.value else NA_real_
  },
  wilcox.exact = function(d) wilcox.exact(d, exact = TRUE)$p.value,
  wilcoxsign_test = function(d) {
    zero <- rep(0, length(d))
    test <- wilcoxsign_test(d ~ zero, distribution = "exact", zero.method = "Wilcoxon")
    as.numeric(pvalue(test))
  }
)

data <- read.csv(commandArgs(trailingOnly = TRUE)[1])
samples <- split(data$difference, data$sample)
for (name in names(functions)) {
  for (sample in names(samples)) {
    d <- samples[[sample]]
    started <- proc.time()[["elapsed"]]
    for (repeated in seq_len(if (length(d) < 100) 200 else 1)) {
      p <- tryCatch(suppressWarnings(functions[[name]](d)), error = function(e) NA_real_)
    }
    seconds <- (proc.time()[["elapsed"]] - started) / repeated
    p_text <- if (is.na(p)) "NA" else sprintf("%.17g", p)
    cat(name, sample, p_text, sprintf("%.6g\n", seconds), sep = ",")
  }
}
