from django.apps import apps
from django.db import models

from congso.shared.organs.checks import every_model_says_stay_or_move, undeclared


def test_every_model_of_the_site_says_what_becomes_of_its_rows():
    assert every_model_says_stay_or_move() == []


def test_a_model_that_does_not_say_is_refused():
    class Silent(models.Model):
        organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+")

        class Meta:
            app_label = "organs"

        def __str__(self):
            return "silent"

    try:
        assert [error.id for error in undeclared([Silent])] == ["organs.E001"]
        Silent.organ_rows = "move"
        assert undeclared([Silent]) == []
    finally:
        del apps.all_models["organs"]["silent"]
