from fontTools.ttLib import TTFont

from congso.shared import serif

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


def test_every_style_has_every_vietnamese_letter():
    for file in serif.files():
        with TTFont(file, lazy=True) as font:
            known = font.getBestCmap()
        assert {letter for letter in VIETNAMESE + VIETNAMESE.upper() if ord(letter) not in known} == set()


def test_the_licence_lets_it_be_embedded():
    for file in serif.files():
        with TTFont(file, lazy=True) as font:
            assert font["OS/2"].fsType == 0
