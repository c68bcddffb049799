
# Above is what steps need when Snakemake runs outside and starts each in this image. What follows is
# for the whole workflow inside: the locked packages that `make` installs, and no file of casebook.
COPY requirements.txt /opt/casebook/
RUN python -m venv --without-pip /opt/casebook && \
    python -m pip --python /opt/casebook/bin/python install --no-cache-dir --require-hashes \
    --requirement /opt/casebook/requirements.txt
# Snakemake and matplotlib keep lists in the home folder, and only /tmp can be written.
ENV PATH=/opt/casebook/bin:$PATH HOME=/tmp
WORKDIR /work
