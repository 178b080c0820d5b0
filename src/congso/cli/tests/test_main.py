import pytest

from congso.cli import main, options
from congso.cli.options import Misunderstood


def test_the_overview_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main.main([])

    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert all(f"congso {name}" in said for name in main.COMMANDS)


def test_an_unknown_command_is_named_and_fails(capsys):
    with pytest.raises(SystemExit) as ended:
        main.main(["chạy"])

    assert ended.value.code == 1
    assert "Không có lệnh “chạy”" in capsys.readouterr().err


def test_a_missing_word_shows_how_to_call(capsys):
    with pytest.raises(SystemExit) as ended:
        main.main(["backup"])

    assert ended.value.code == 1
    assert "congso backup TỆP" in capsys.readouterr().err


def test_words_flags_and_values_are_told_apart():
    given = options.read(["pages", "--json", "--scale", "0.1"], words=["TÊN"], flags=["--json"], values=["--scale"])

    assert given == {"TÊN": "pages", "--json": "yes", "--scale": "0.1"}


@pytest.mark.parametrize("arguments", [["--rest"], ["a", "b"], ["--scale"]])
def test_what_makes_no_sense_is_refused(arguments):
    with pytest.raises(Misunderstood):
        options.read(arguments, words=["TÊN"], values=["--scale"])
