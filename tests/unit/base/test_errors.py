import pytest

from casebook.base.errors import UserError, suggestion, user_errors


def test_a_user_error_is_printed_without_a_traceback_and_ends_with_status_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stop, user_errors():
        raise UserError("table.csv, row 3: no")

    assert stop.value.code == 1
    assert capsys.readouterr().err == "table.csv, row 3: no\n"


def test_an_error_of_casebook_itself_is_let_through() -> None:
    with pytest.raises(KeyError), user_errors():
        raise KeyError("a fault")


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("phenotpye", ["age", "phenotype"], "did you mean 'phenotype'?"),
        ("HCQ", ["hcq", "mtx"], "did you mean 'hcq'?"),
        ("lowr", ["lower", "higher"], "did you mean 'lower'?"),
        ("avg", ["mean", "median"], "did you mean 'mean'?"),
        ("avg", ["sex", "dose"], ""),
        ("zzz", ["age", "sex"], ""),
        ("age", [], ""),
        ("", ["age"], ""),
    ],
)
def test_a_name_is_suggested_only_where_one_is_close(
    name: str, known: list[str], expected: str
) -> None:
    assert suggestion(name, known) == expected
