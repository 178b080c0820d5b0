"""The form that takes files in."""

from typing import Any, override

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.modules.documents.declaring import StatesNotSecret


class _Several(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files."""

    widget = _Several

    @override
    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given or [None]]


class AttachForm(StatesNotSecret):
    """Files for a draft. ``key`` makes their ids, so that sent twice each is there once."""

    chosen = FilesField(label=_("Thêm tệp"))
    key = forms.UUIDField(initial=new_id, widget=forms.HiddenInput)
