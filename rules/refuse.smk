# Studies with mistakes that are known before the first job: the others are made all the same.

if MISTAKEN:

    rule refuse:
        """Fail for a study that cannot be made, so that a run that leaves it out is no success."""
        input:
            # The others come first, as Snakemake begins nothing more once a job has failed.
            OVERVIEW,
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
            "Leaving out {wildcards.mistaken}, which has mistakes"
        shell:
            "echo 'What is wrong with {wildcards.mistaken} is told at the end.' > {log}; false"
