"""What the acts on people are called in a history."""

from django.utils.translation import gettext_lazy as _

from congso.shared.journal import acts

acts.register("people.person_registered", _("ghi tên người vào hệ thống"))
acts.register("people.appointed", _("giao chức vụ từ ngày %(start)s"))
acts.register("people.position_ended", _("kết thúc chức vụ từ ngày %(end)s"))
acts.register("people.signing_delegated", _("ủy quyền ký (TUQ.) đến hết ngày %(last)s"))
acts.register("people.signing_delegation_revoked", _("chấm dứt ủy quyền ký (TUQ.)"))
