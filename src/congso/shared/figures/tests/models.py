"""Records to count: papers with a day, and points of access that come and go."""

from django.db import models
from django.db.models import Q

from congso.kernel.ids import new_id
from congso.shared.figures import Figure, Flow, Line, MarksFigures, Registry, Stock


class Paper(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id)
    organ_id = models.UUIDField()
    issued_date = models.DateField(null=True)
    state = models.CharField(max_length=16, default="issued")
    is_signed = models.BooleanField(default=True)
    pages = models.PositiveIntegerField(default=1)
    note = models.CharField(max_length=50, default="")
    house_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            MarksFigures(
                name="paper_marks_figures",
                unit="organ_id",
                days=["issued_date"],
                columns=["state", "is_signed", "pages", "house_id"],
            )
        ]
        indexes = [models.Index(name="paper_by_day", fields=["organ_id", "issued_date", "id"])]

    def __str__(self):
        return f"{self.organ_id} {self.issued_date}"


class Hotspot(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id)
    organ_id = models.UUIDField()
    since_date = models.DateField()
    until_date = models.DateField(null=True)
    house_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            MarksFigures(
                name="hotspot_marks_figures",
                unit="organ_id",
                days=["since_date", "until_date"],
                columns=["house_id"],
            )
        ]
        indexes = [
            models.Index(name="hotspot_by_start", fields=["organ_id", "since_date", "id"]),
            models.Index(name="hotspot_by_end", fields=["organ_id", "until_date", "id"]),
        ]

    def __str__(self):
        return f"{self.organ_id} {self.since_date}"


def registry():
    """Return the declarations over these tables."""
    issued = Q(state="issued")
    paper = {"model": Paper, "unit": "organ_id", "day": "issued_date", "house": "house_id"}
    hotspot = {"model": Hotspot, "unit": "organ_id", "house": "house_id"}
    made = Registry()
    made.add(
        Flow("papers.sent", where=issued, **paper),
        Flow("papers.signed", where=issued & Q(is_signed=True), **paper),
        Flow("papers.pages", where=issued, add="pages", **paper),
        Stock("hotspots", where=Q(), start="since_date", end="until_date", **hotspot),
        Figure("sent", "Văn bản đã gửi", num="papers.sent"),
        Figure("signing-rate", "Tỷ lệ ký số", num="papers.signed", den="papers.sent"),
        Figure("pages", "Số trang", num="papers.pages"),
        Figure("hotspots", "Điểm truy cập", num="hotspots"),
    )
    made.describe(Paper, _paper_lines)
    made.describe(Hotspot, lambda rows: [Line(row.id, row.organ_id, row.since_date, "", "Điểm", "") for row in rows])
    return made


def _paper_lines(papers):
    return [Line(paper.id, paper.organ_id, paper.issued_date, "1/KH-UBND", "Kế hoạch", paper.note) for paper in papers]
