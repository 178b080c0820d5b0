"""Forms on the page of an incoming paper: they read what was typed; commands decide."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.modules.documents.commands import DirectionInput, ForwardingInput
from congso.modules.documents.forms import ActForm, ReasonForm
from congso.modules.documents.queries.choices import Choices
from congso.shared.calendar import add_working_days
from congso.shared.ui.forms import DateField

# Working days from today that a leader chooses with one press.
QUICK_DAYS = (1, 3, 5, 10)


class DuplicateForm(ActForm):
    """Why a paper is registered that looks like one that is here already."""

    duplicate_reason = forms.CharField(
        label=_("Lý do vẫn vào sổ"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class QuickDueForm(ActForm):
    """A day: typed, or as so many working days from today."""

    due_in = forms.TypedChoiceField(
        label=_("Hạn xử lý"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Theo ngày bên dưới")), *((days, _("%d ngày làm việc") % days) for days in QUICK_DAYS)],
        widget=forms.RadioSelect,
    )
    due_date = DateField(label=_("Ngày hạn"), required=False)

    def due(self, today: date) -> date | None:
        """Return the day that was chosen."""
        days: int | None = self.cleaned_data["due_in"]
        typed: date | None = self.cleaned_data["due_date"]
        return typed if days is None else add_working_days(today, days)


class DirectionForm(QuickDueForm):
    """The leader's order (bút phê), or what a head gives to own staff."""

    use_required_attribute = False
    beside = forms.BooleanField(required=False, widget=forms.HiddenInput)
    lead = forms.ChoiceField(label=_("Chủ trì"), required=False)
    support = forms.MultipleChoiceField(label=_("Phối hợp"), required=False, widget=forms.CheckboxSelectMultiple)
    informed = forms.MultipleChoiceField(label=_("Để biết"), required=False, widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(
        label=_("Ý kiến chỉ đạo"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("lead", "support", "informed", "due_in", "due_date", "text")

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        """Offer ``offered`` as lead, as support and to be informed."""
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [("", _("Chọn người, đơn vị")), *offered]  # type: ignore[attr-defined]
        for name in ("support", "informed"):
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def mark_needed(self) -> None:
        """Show the lead as needed; «Chỉ để biết» goes without. Called when all is checked."""
        self.fields["lead"].required = not self.initial.get("beside")

    def order(self, today: date, *, only_to_know: bool = False) -> DirectionInput:
        """Return the order; ``only_to_know`` makes those named informed only."""
        data = self.cleaned_data
        named = [UUID(value) for value in dict.fromkeys([data["lead"], *data["support"], *data["informed"]]) if value]
        if only_to_know:
            return DirectionInput(
                lead=None, informed=named, text=data["text"], only_to_know=True, beside=data["beside"]
            )
        return DirectionInput(
            lead=UUID(data["lead"]) if data["lead"] else None,
            support=[UUID(value) for value in data["support"]],
            informed=[UUID(value) for value in data["informed"]],
            text=data["text"],
            due_date=self.due(today),
            beside=data["beside"],
        )


class DueForm(QuickDueForm, ReasonForm):
    """Another day for a direction."""

    field_order = ("due_in", "due_date", "reason")


class ForwardForm(ActForm):
    """Where a paper is passed on to."""

    organs = forms.MultipleChoiceField(
        label=_("Cơ quan, đơn vị"),
        help_text=_("Văn bản đến văn thư nơi đó để vào sổ."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people = forms.MultipleChoiceField(
        label=_("Người trong cơ quan, để biết"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=_("Lời nhắn"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, organs: Choices, people: Choices, **kwargs: Any) -> None:
        """Offer ``organs`` and ``people``."""
        super().__init__(*args, **kwargs)
        self.fields["organs"].choices = organs  # type: ignore[attr-defined]
        self.fields["people"].choices = people  # type: ignore[attr-defined]

    def to(self) -> ForwardingInput:
        """Return where to, as the command takes it."""
        data = self.cleaned_data
        return ForwardingInput(
            organs=[UUID(value) for value in data["organs"]],
            people=[UUID(value) for value in data["people"]],
            text=data["text"],
        )
