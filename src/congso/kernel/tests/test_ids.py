from congso.kernel.ids import new_id


def test_identifiers_are_version_7_and_grow_with_time():
    made = [new_id() for _ in range(100)]

    assert {value.version for value in made} == {7}
    assert {value.variant for value in made} == {"specified in RFC 4122"}
    assert [value.int >> 80 for value in made] == sorted(value.int >> 80 for value in made)
    assert len(set(made)) == 100
