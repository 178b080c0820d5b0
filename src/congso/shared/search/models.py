"""What can be found."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id


class Entry(models.Model):
    """One record of a module as search knows it: its words, and who may find it.

    :ivar folded: words without marks (configuration ``congso_folded``), title heavier than text; this is searched.
    :ivar written: words as they are written; the first matches are checked against it when the query has marks.
    :ivar audience: ids of the organs, positions and persons that may find it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=64)
    record_id = models.UUIDField()
    day = models.DateField(_("ngày"))
    title = models.CharField(_("tên"), max_length=500)
    folded = SearchVectorField()
    written = SearchVectorField()
    audience = ArrayField(models.UUIDField())
    # Weeks since a Monday, months since the year 0, by the day: the newest are looked through first, by the index.
    week = models.IntegerField()
    month = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_record_is_found_once_in_its_kind", fields=["kind", "record_id"]),
        ]
        # Entries that wait for the index are read one by one at each search: few may.
        indexes = [
            GinIndex(
                name="search_words_within_audience",
                fields=["folded", "audience", "week", "month"],
                gin_pending_list_limit=256,
            ),
        ]

    def __str__(self) -> str:
        return self.title
