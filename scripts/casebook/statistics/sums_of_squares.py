"""Which sums of squares whole numbers can have, given how many they are and their sum.

It is what GRIMMER needs to know, as a question of whole numbers alone; nothing is rounded here.
"""

import math


def least(n: int, total: int) -> int:
    """The sum of squares of n >= 1 whole numbers with this sum that are as equal as possible.

    No sum of squares of such numbers is less.
    """
    floor, larger = divmod(total, n)
    return n * floor**2 + larger * (2 * floor + 1)


def most(total: int, top: int) -> int:
    """The sum of squares of numbers from 0 to `top` with this sum, all but one at an end.

    No sum of squares of such numbers is greater.
    """
    if top == 0:
        return 0
    at_top, rest = divmod(total, top)
    return at_top * top**2 + rest**2


def exist(n: int, total: int, squares: int) -> bool:
    """Whether n whole numbers, negative ones too, have this sum and sum of squares.

    Both must be odd or both even, and the sum of squares at least `least`. For 5 numbers or more
    that is enough. Of 5, take one out, x, that leaves an odd sum: 4 (squares - x^2) - (total - x)^2
    is 3 modulo 8, so by Legendre's theorem a sum of three squares unless negative, and then the
    other four exist (below). It is not negative for x within 2/5 root(5 squares - total^2) of
    total / 5, which leaves room for such an x unless 5 squares - total^2 is below 6.25; there it
    is 0, 4 or 6, that of the least sum. Of more than 5, take out floor(total / n): what remains is
    at least the least sum again.

    Numbers a, b, c, d exist if 4 squares - total^2 is a sum of three squares, a + b - c - d,
    a - b + c - d and a - b - c + d: if it is not of the form 4^i (8 j + 7) (Legendre 1798).
    """
    if (squares - total) % 2 or squares < least(n, total):
        return False
    left = n * squares - total**2
    if n == 1:
        return left == 0
    if n == 2:
        return math.isqrt(left) ** 2 == left
    if n == 3:
        reach = math.isqrt(2 * left)
        middle = range(-((reach - total) // 3), (total + reach) // 3 + 1)
        return any(exist(2, total - x, squares - x**2) for x in middle)
    if n == 4:
        while left and left % 4 == 0:
            left //= 4
        return left % 8 != 7
    return True


def exist_up_to(top: int, n: int, total: int, squares: int) -> bool:
    """Whether n whole numbers from 0 to `top` have this sum and sum of squares.

    Every possible largest is tried, the highest first, and the rest looked for up to that, until
    the numbers are so close together that no end of the scale is in reach.
    """
    if not 0 <= total <= n * top or not least(n, total) <= squares <= most(total, top):
        return False
    waiting, seen = [(top, n, total, squares)], set()
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        top, n, total, squares = state
        # No number is further from the mean than this n-th: Samuelson's inequality
        reach = math.isqrt((n - 1) * (n * squares - total**2))
        if total - reach > -n and total + reach < n * (top + 1):
            if exist(n, total, squares):
                return True
            continue
        rests = []
        for largest in range(min(top, total, (total + reach) // n), -(-total // n) - 1, -1):
            if most(total, largest) < squares:
                break
            rest = total - largest, squares - largest**2
            if least(n - 1, rest[0]) <= rest[1] <= most(rest[0], largest):
                rests.append((largest, n - 1, *rest))
        waiting.extend(reversed(rests))
    return False


def numbers_up_to(top: int, n: int, total: int, squares: int) -> list[int]:
    """Whole numbers from 0 to `top` with this sum and sum of squares, which must exist.

    One after the other is taken about an SD from the mean of those that are left, above it and
    below it in turn, so that these keep their spread; it is the nearest one with which the others
    exist.
    """
    found: list[int] = []
    for left in range(n, 0, -1):
        reach = math.isqrt(max(0, left * squares - total**2))
        near = (total + (reach if left % 2 else -reach)) // left
        number = next(
            x
            for x in sorted(range(top + 1), key=lambda x: abs(x - near))
            if (left == 1 and (x, x * x) == (total, squares))
            or (left > 1 and exist_up_to(top, left - 1, total - x, squares - x * x))
        )
        found.append(number)
        total, squares = total - number, squares - number * number
    return sorted(found)
