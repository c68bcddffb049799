import hashlib
from pathlib import Path

import pytest

from casebook.provenance.images import ImageError, check_image, image_name

DIGEST = "0123456789abcdef" * 4


@pytest.fixture
def image(tmp_path: Path) -> Path:
    content = b"an image"
    path = tmp_path / f"{hashlib.sha256(content).hexdigest()}.sif"
    path.write_bytes(content)
    return path


def test_a_link_stands_for_the_image_that_it_leads_to(image: Path) -> None:
    link = image.parent / "casebook.sif"
    link.symlink_to(image.name)

    assert image_name(str(link)) == str(image)


@pytest.mark.parametrize("name", ["containers/some.sif", f"docker://example.org/a@sha256:{DIGEST}"])
def test_a_file_and_an_address_stand_for_themselves(name: str) -> None:
    assert image_name(name) == name


def test_an_image_that_is_called_as_its_content_is_right(image: Path) -> None:
    check_image(str(image))


def test_an_image_with_another_content_is_refused_with_its_digest(image: Path) -> None:
    image.write_bytes(b"changed")
    digest = hashlib.sha256(b"changed").hexdigest()

    with pytest.raises(ImageError, match=f"its SHA-256 is {digest}.*call it {digest}.sif"):
        check_image(str(image))


def test_an_image_that_is_not_there_is_refused_with_what_makes_one() -> None:
    with pytest.raises(ImageError, match=r"no image gone\.sif: `make image` builds one"):
        check_image("gone.sif")


def test_an_address_with_a_digest_is_right() -> None:
    check_image(f"docker://ghcr.io/someone/casebook@sha256:{DIGEST}")


@pytest.mark.parametrize(
    "address",
    [
        "docker://ghcr.io/someone/casebook",
        "docker://ghcr.io/someone/casebook:1.0",
        f"docker://ghcr.io/someone/casebook@sha256:{DIGEST[:12]}",
    ],
)
def test_an_address_that_can_change_without_notice_is_refused(address: str) -> None:
    with pytest.raises(ImageError, match="write its digest after its name"):
        check_image(address)
