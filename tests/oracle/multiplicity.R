# Adjusted p-values of families of 1 to 9 tests, some with ties.

set.seed(20240609)
families <- lapply(1:40, function(i) {
  p <- runif(sample(1:9, 1))^3
  if (i %% 2) round(p, 2) else p
})
rows <- lapply(seq_along(families), function(i) {
  p <- families[[i]]
  data.frame(
    family = i, p = p, holm = p.adjust(p, "holm"), hochberg = p.adjust(p, "hochberg"),
    bonferroni = p.adjust(p, "bonferroni"),
    benjamini_hochberg = p.adjust(p, "BH"), benjamini_yekutieli = p.adjust(p, "BY")
  )
})
write_oracle(bind(rows), "multiplicity.csv")
