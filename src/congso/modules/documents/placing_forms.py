"""Forms of a paper that was made elsewhere: the file, and where things stand on it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.modules.documents.commands.from_pdf import LABELS
from congso.modules.documents.declaring import StatesNotSecret
from congso.modules.documents.placing import NAMES, Place
from congso.shared.files.pages import Sheet


class PdfForm(StatesNotSecret):
    """The file."""

    file = forms.FileField(label=_("Tệp PDF"))


class PlacesForm(forms.Form):
    """Page and millimetres of number, date, signature and seal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NAMES:
            self.fields[f"{name}_page"] = forms.IntegerField(label=_("Trang"), min_value=1)
            for side, label in (("left", _("Cách trái (mm)")), ("top", _("Cách trên (mm)"))):
                field = forms.FloatField(label=label)
                field.widget.attrs |= {"step": "0.1"}
                self.fields[f"{name}_{side}"] = field

    @classmethod
    def of(cls, places: Mapping[str, Place], sheets: tuple[Sheet, ...]) -> "PlacesForm":
        """Return the form as the places stand now."""
        initial: dict[str, float] = {}
        for name, place in places.items():
            sheet = sheets[place.page - 1]
            initial |= {f"{name}_page": place.page, f"{name}_left": place.from_left_mm(sheet)}
            initial[f"{name}_top"] = place.from_top_mm(sheet)
        return cls(initial=initial)

    def corners(self) -> dict[str, tuple[int, float, float]]:
        """Return what was typed, as the command takes it."""
        data = self.cleaned_data
        return {name: (data[f"{name}_page"], data[f"{name}_left"], data[f"{name}_top"]) for name in NAMES}

    def groups(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """Return, for each thing, its name, its label and its three fields."""
        return [(name, LABELS[name], [self[f"{name}_{part}"] for part in ("page", "left", "top")]) for name in NAMES]
