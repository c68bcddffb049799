"""Names that rest on each other in a circle."""

from collections.abc import Iterable, Iterator, Mapping


def circles(rests_on: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, list[str]]]:
    """A name of each circle, and those on the way from it back to itself, which may be none.

    Every step from name to name is made once, as a circle can have thousands of them.

    Args:
        rests_on: The names that each name rests on; one that is no key rests on nothing.
    """
    ahead = {name: list(others) for name, others in rests_on.items()}
    for start in rests_on:
        path, place = [start], {start: 0}
        while path:
            if not ahead[path[-1]]:
                del place[path.pop()]
                continue
            name = ahead[path[-1]].pop()
            if name in place:
                yield name, path[place[name] + 1 :]
            elif ahead.get(name):
                place[name] = len(path)
                path.append(name)
