"""The container image that steps run in, by a name that says what is in it.

Snakemake runs a step again when its image has another name, and does not look into the image. So
the name holds the SHA-256 of the content, and the content is held against the name before a run.
"""

import re
from pathlib import Path

from casebook.base.errors import UserError
from casebook.base.files import sha256

_ADDRESS_WITH_DIGEST = re.compile(r"\w+://[^\s@]+@sha256:[0-9a-f]{64}")


class ImageError(UserError):
    """An image that is not there, or of which the name does not say the content."""


def image_name(image: str) -> str:
    """What Snakemake is told: the image itself, or, for a link, the file that it leads to.

    Args:
        image: The file of an image, a link to one, or an address in a registry.
    """
    path = Path(image)
    return str(path.parent / path.readlink()) if path.is_symlink() else image


def check_image(name: str) -> None:
    """Make sure that an image is what its name says.

    Raises:
        ImageError: if an address has no digest, or a file is missing or is called otherwise than
            the SHA-256 of its content.
    """
    if "://" in name:
        if not _ADDRESS_WITH_DIGEST.fullmatch(name):
            raise ImageError(
                f"The image {name} can change without notice: write its digest after its name,"
                " as in docker://ghcr.io/someone/casebook@sha256:0123…"
            )
        return
    path = Path(name)
    if not path.is_file():
        raise ImageError(
            f"There is no image {name}: `make image` builds one,"
            " and `image` in config.yaml says which one is used"
        )
    digest = sha256(path)
    if path.name != f"{digest}.sif":
        raise ImageError(
            f"The image {name} is not what its name says: its SHA-256 is {digest}. If it is the"
            f" one that you want, call it {digest}.sif, so that everything is made again with it"
        )
