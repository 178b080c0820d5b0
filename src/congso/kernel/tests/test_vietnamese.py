import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from congso.kernel.vietnamese import fold, name_sort_key, sort_key

ALPHABET = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
syllables = st.text(alphabet="".join(ALPHABET) + "àảãáạằẩẽếịồởũứỵ", min_size=1, max_size=7)


def is_strictly_ordered(texts, key):
    return all(key(before) < key(after) for before, after in pairwise(texts))


class TestFold:
    def test_marks_case_and_the_barred_d_are_gone(self):
        assert fold("Nông Cống, Đông Hòa, Trường Sơn") == "nong cong, dong hoa, truong son"

    def test_composed_and_decomposed_text_fold_alike(self):
        assert fold(unicodedata.normalize("NFD", "Tượng Lĩnh")) == fold("Tượng Lĩnh") == "tuong linh"


class TestSortKey:
    def test_letters_follow_the_vietnamese_alphabet(self):
        assert is_strictly_ordered(ALPHABET, sort_key)

    def test_tones_follow_the_dictionary_within_a_syllable(self):
        tones = ["ma", "mà", "mả", "mã", "má", "mạ", "mai"]
        assert is_strictly_ordered(tones, sort_key)

    def test_another_letter_comes_after_every_word_of_the_bare_letter(self):
        assert sorted(["ăn", "ân", "áy", "an"], key=sort_key) == ["an", "áy", "ăn", "ân"]

    def test_communes_stand_as_a_vietnamese_reader_looks_for_them(self):
        names = ["Tân Khang", "Tân Phúc", "Tế Lợi", "Tế Nông", "Thăng Long", "Trung Chính", "Trường Sơn", "Vạn Hòa"]
        assert is_strictly_ordered(names, sort_key)

    def test_numbers_are_compared_as_numbers(self):
        assert sorted(["Thôn 10", "Thôn 2", "Lê Xá 2", "Lê Xá 1"], key=sort_key) == [
            "Lê Xá 1",
            "Lê Xá 2",
            "Thôn 2",
            "Thôn 10",
        ]

    def test_case_and_punctuation_do_not_count(self):
        assert sort_key("UBND xã Thăng-Long.") == sort_key("ubnd Xã  Thăng Long")

    @given(syllables)
    def test_a_longer_text_never_comes_before_its_own_beginning(self, word):
        assert sort_key(word) < sort_key(f"{word} {word}")

    @given(syllables, syllables)
    def test_decomposed_text_sorts_as_composed_text(self, first, second):
        text = f"{first} {second}"
        assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)


class TestNameSortKey:
    def test_people_are_listed_by_their_given_name_then_their_family_name(self):
        names = ["Lê Thị An", "Nguyễn Văn An", "Đỗ Bình", "Lê Thị Mẫu"]
        assert is_strictly_ordered(names, name_sort_key)

    def test_an_empty_name_has_an_empty_key(self):
        assert name_sort_key("  ") == ""
