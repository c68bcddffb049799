# Studies with mistakes that are known before the first job, where --keep-going has the others made.

if MISTAKEN:

    rule refuse:
        """Fail for a study that cannot be made, so that a run that leaves it out is no success."""
        output:
            # Never written, so that it is missing in each run.
            refused="results/{mistaken}/refused",
        log:
            "results/logs/{mistaken}.log",
        wildcard_constraints:
            mistaken="|".join(MISTAKEN),
        retries: 0
        localrule: True
        conda:
            "../envs/verify.yaml"
        message:
            "{wildcards.mistaken} has mistakes, and is left out"
        shell:
            "echo 'What is wrong with {wildcards.mistaken} is told at the end.' > {log}; false"
