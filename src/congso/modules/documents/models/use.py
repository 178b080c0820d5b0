"""Small records of use: who opened which file, which form was already pressed."""

from django.db import models

from congso.kernel.ids import new_id


class ReadMark(models.Model):
    """A position opened this version of a paper for the first time.

    ``subject_id`` is the outgoing or incoming paper through which the file was opened.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_id = models.UUIDField()
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", db_index=False)
    position = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reading_is_marked_once", fields=["subject_id", "file", "position"]),
        ]

    def __str__(self) -> str:
        return f"{self.position_id} {self.subject_id}"


class Press(models.Model):
    """A form that was sent: the same form sent twice lands on the first's result."""

    key = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField()
    act = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.act} {self.subject_id}"
