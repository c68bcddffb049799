# What the claims of the paper on retinal vein occlusion should print, from its raw table and R alone:
# of every claim of benchmarks/papers/occlusion that the table can tell, what occlusion_claims.tsv
# computes of it. What was printed wrong on purpose stands in the notes of the claims.

d <- read.csv("benchmarks/papers/occlusion/eyes.csv", check.names = FALSE)
names(d) <- c(
  "no", "age", "sex", "eye", "occ", "dur", "htn", "dm", "gl", "prior", "inj", "lens", "b0", "b2",
  "b6", "c0", "c2", "c6", "i0", "i2", "i6", "s0", "s6", "re", "drops", "ae"
)
d$re <- suppressWarnings(as.numeric(d$re))
B <- d$occ == "BRVO"
re <- !is.na(d$re)
ph <- d$lens == "phakic"
oh <- grepl("ocular", d$ae)
cat2 <- grepl("cataract", d$ae)
ch2 <- d$b2 - d$b0
ch6 <- d$b6 - d$b0
cc2 <- d$c2 - d$c0
nae <- ifelse(d$ae == "none", 0, lengths(strsplit(d$ae, "; ")))
nd <- vapply(strsplit(d$prior, "; "), function(p) sum(p != "laser" & p != "none"), 0L)

P <- function(x) 100 * mean(x, na.rm = TRUE)
K <- function(x) sum(x, na.rm = TRUE)
q <- function(x) quantile(x, c(.25, .5, .75), type = 6, na.rm = TRUE)
normal <- function(...) suppressWarnings(wilcox.test(..., exact = FALSE, correct = FALSE)$p.value)
mw <- function(x) normal(x[B], x[!B])
mwi <- function(x) normal(x[d$inj == 0], x[d$inj > 0])
sr <- function(x, y) normal(y, x, paired = TRUE)
tt0 <- function(x) t.test(x ~ B, var.equal = TRUE)$p.value
fi <- function(x) {
  known <- !is.na(x)
  fisher.test(table(factor(B[known], c(TRUE, FALSE)), factor(x[known], c(TRUE, FALSE))))$p.value
}
fr <- function(o) {
  m <- as.matrix(d[paste0(o, c(0, 2, 6))])
  friedman.test(m[complete.cases(m), ])$p.value
}
rho <- function(x, y) {
  r <- cor(x, y, use = "c", method = "spearman")
  n <- sum(complete.cases(x, y))
  c(r, 2 * pt(-abs(r * sqrt((n - 2) / (1 - r^2))), n - 2))
}

claims <- read.delim(
  "tests/oracle/occlusion_claims.tsv", quote = "", colClasses = "character", encoding = "UTF-8"
)
value <- vapply(claims$r, function(r) as.numeric(eval(parse(text = r))), 0)
write_oracle(data.frame(claim = claims$claim, value = unname(value)), "occlusion_numbers.csv")
