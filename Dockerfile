FROM docker.io/condaforge/miniforge3:26.3.2-3
LABEL io.github.snakemake.containerized="true"
LABEL io.github.snakemake.conda_env_hash="0bf639af9c4c47400223ab65b999c82bcf6d3e7d729c924290b72c31416eeb61"
# Conda environment:
#   source: envs/audit.yaml
#   prefix: /conda-envs/eb2c5d9c2039d9a230432a11b1886aa1
#   channels:
#     - conda-forge
#   dependencies:
#     - python =3.12
#     - pydantic =2.13
#     - ruamel.yaml =0.19
#     - numpy =2.4
#     - scipy =1.17
RUN mkdir -p /conda-envs/eb2c5d9c2039d9a230432a11b1886aa1
COPY envs/audit.yaml /conda-envs/eb2c5d9c2039d9a230432a11b1886aa1/environment.yaml
# Conda environment:
#   source: envs/changes.yaml
#   prefix: /conda-envs/6df54893ca306f9135506b92cf1f0f2e
#   channels:
#     - conda-forge
#   dependencies:
#     - python =3.12
#     - pydantic =2.13
#     - ruamel.yaml =0.19
RUN mkdir -p /conda-envs/6df54893ca306f9135506b92cf1f0f2e
COPY envs/changes.yaml /conda-envs/6df54893ca306f9135506b92cf1f0f2e/environment.yaml
# Conda environment:
#   source: envs/conventions.yaml
#   prefix: /conda-envs/82cfd89834bc4ae61fb5aaa3649bc6dc
#   channels:
#     - conda-forge
#   dependencies:
#     - python =3.12
#     - pydantic =2.13
#     - ruamel.yaml =0.19
#     - matplotlib-base =3.11
RUN mkdir -p /conda-envs/82cfd89834bc4ae61fb5aaa3649bc6dc
COPY envs/conventions.yaml /conda-envs/82cfd89834bc4ae61fb5aaa3649bc6dc/environment.yaml
# Conda environment:
#   source: envs/each_two.yaml
#   prefix: /conda-envs/732ecfa85ee6c7bc69d939272378f12f
#   channels:
#     - conda-forge
#   dependencies:
#     - python =3.12
#     - pydantic =2.13
#     - ruamel.yaml =0.19
#     - jinja2 =3.1
#     - python-docx =1.2
RUN mkdir -p /conda-envs/732ecfa85ee6c7bc69d939272378f12f
COPY envs/each_two.yaml /conda-envs/732ecfa85ee6c7bc69d939272378f12f/environment.yaml
# Conda environment:
#   source: envs/events.yaml
#   prefix: /conda-envs/987ad8a9fd565b9dbe74e8fdc091cf7e
#   channels:
#     - conda-forge
#   dependencies:
#     - python =3.12
#     - pydantic =2.13
#     - ruamel.yaml =0.19
#     - openpyxl =3.1
#     - pandas =2.3
#     - xlrd =2.0
#     - numpy =2.4
#     - pyreadstat =1.3
RUN mkdir -p /conda-envs/987ad8a9fd565b9dbe74e8fdc091cf7e
COPY envs/events.yaml /conda-envs/987ad8a9fd565b9dbe74e8fdc091cf7e/environment.yaml
# Conda environment:
#   source: envs/manifest.yaml
#   prefix: /conda-envs/1c2afb3ee33ba1f67dc61c70732fb052
#   channels:
#     - conda-forge
#   dependencies:
#     - python =3.12
RUN mkdir -p /conda-envs/1c2afb3ee33ba1f67dc61c70732fb052
COPY envs/manifest.yaml /conda-envs/1c2afb3ee33ba1f67dc61c70732fb052/environment.yaml
# Conda environment:
#   source: envs/overview.yaml
#   prefix: /conda-envs/6a6a93db8338f9f55f5e6d335a0909c6
#   channels:
#     - conda-forge
#   dependencies:
#     - python =3.12
#     - pydantic =2.13
#     - ruamel.yaml =0.19
#     - jinja2 =3.1
RUN mkdir -p /conda-envs/6a6a93db8338f9f55f5e6d335a0909c6
COPY envs/overview.yaml /conda-envs/6a6a93db8338f9f55f5e6d335a0909c6/environment.yaml

RUN conda env create --prefix /conda-envs/eb2c5d9c2039d9a230432a11b1886aa1 --file /conda-envs/eb2c5d9c2039d9a230432a11b1886aa1/environment.yaml && \
    conda env create --prefix /conda-envs/6df54893ca306f9135506b92cf1f0f2e --file /conda-envs/6df54893ca306f9135506b92cf1f0f2e/environment.yaml && \
    conda env create --prefix /conda-envs/82cfd89834bc4ae61fb5aaa3649bc6dc --file /conda-envs/82cfd89834bc4ae61fb5aaa3649bc6dc/environment.yaml && \
    conda env create --prefix /conda-envs/732ecfa85ee6c7bc69d939272378f12f --file /conda-envs/732ecfa85ee6c7bc69d939272378f12f/environment.yaml && \
    conda env create --prefix /conda-envs/987ad8a9fd565b9dbe74e8fdc091cf7e --file /conda-envs/987ad8a9fd565b9dbe74e8fdc091cf7e/environment.yaml && \
    conda env create --prefix /conda-envs/1c2afb3ee33ba1f67dc61c70732fb052 --file /conda-envs/1c2afb3ee33ba1f67dc61c70732fb052/environment.yaml && \
    conda env create --prefix /conda-envs/6a6a93db8338f9f55f5e6d335a0909c6 --file /conda-envs/6a6a93db8338f9f55f5e6d335a0909c6/environment.yaml && \
    conda clean --all -y

# Above is what steps need when Snakemake runs outside and starts each in this image. What follows is
# for the whole workflow inside: the locked packages that `make` installs, and no file of casebook.
COPY requirements.txt /opt/casebook/
RUN python -m venv --without-pip /opt/casebook && \
    python -m pip --python /opt/casebook/bin/python install --no-cache-dir --require-hashes \
    --requirement /opt/casebook/requirements.txt
# Snakemake and matplotlib keep lists in the home folder, and only /tmp can be written.
ENV PATH=/opt/casebook/bin:$PATH HOME=/tmp
WORKDIR /work
