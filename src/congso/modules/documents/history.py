"""What the acts of this module are called in the history of a paper."""

from django.utils.translation import gettext_lazy as _

from congso.shared.journal import acts

PHRASES = {
    "documents.drafted": _("soạn dự thảo"),
    "documents.version_kept": _("giữ phiên bản %(number)s"),
    "documents.file_taken": _("lấy nội dung từ tệp"),
    "documents.submitted": _("trình xem xét"),
    "documents.initialled": _("xem xét và ký nháy"),
    "documents.approved": _("chuyển người ký, bản trình ký đã dựng"),
    "documents.returned": _("trả lại người soạn"),
    "documents.taken_back": _("lấy lại để sửa"),
    "documents.carried_over": _("nhận dự thảo sang tư cách đang giữ"),
    "documents.secret_stopped": _("dừng soạn vì có thể là văn bản mật, không lưu nội dung"),
    "documents.secret_refused": _("bị dừng vì nội dung có dấu chỉ độ mật, không lưu gì"),
    "documents.stated_not_secret": _("khai rõ chữ giống dấu độ mật không phải là dấu"),
    "documents.attached": _("đính kèm một tệp"),
    "documents.attachment_removed": _("bỏ một tệp đính kèm"),
    "documents.attachment_restored": _("lấy lại một tệp đính kèm"),
    "documents.attachments_ordered": _("đổi thứ tự tệp đính kèm"),
    "documents.attachment_sealed": _("ghi chữ ký của cơ quan vào tệp kèm theo"),
    "documents.signed": _("ghi chữ ký của lãnh đạo vào văn bản"),
    "documents.numbered": _("cấp số %(number)s"),
    "documents.number_cancelled": _("hủy số %(number)s"),
    "documents.sealed": _("ghi chữ ký của cơ quan vào văn bản"),
    "documents.signature_unused": _("bỏ một chữ ký vì văn bản đã thay đổi"),
    "documents.issued": _("phát hành văn bản"),
    "documents.issued_on_paper": _("phát hành bản quét của văn bản ký giấy"),
    "documents.withdrawn": _("rút văn bản"),
    "documents.recall_ordered": _("ra lệnh thu hồi văn bản số %(number)s"),
    "documents.recall_dropped": _("bỏ lệnh thu hồi"),
    "documents.recalled": _("thu hồi văn bản số %(number)s"),
    "documents.replaced": _("thay thế văn bản số %(number)s"),
    "documents.replacement_drafted": _("soạn văn bản thay thế"),
    "documents.correction_drafted": _("soạn công văn đính chính"),
    "documents.incoming_recalled": _("hủy văn bản đến theo nơi gửi thu hồi"),
    "documents.copy_destroyed": _("báo nơi gửi đã hủy bản nhận được"),
    "documents.delivered": _("gửi đến %(count)s nơi nhận"),
    "documents.sent_on_paper": _("gửi %(count)s bản giấy"),
    "documents.arrived": _("nhận văn bản đến"),
    "documents.validated": _("kiểm tra chữ ký"),
    "documents.registered": _("vào sổ, số đến %(number)s"),
    "documents.incoming_returned": _("trả lại nơi gửi"),
    "documents.directed": _("cho ý kiến chỉ đạo, giao xử lý"),
    "documents.split_onward": _("giao tiếp phần việc cho người của đơn vị mình"),
    "documents.due_changed": _("đổi hạn xử lý sang ngày %(day)s"),
    "documents.direction_taken_back": _("rút lại ý kiến chỉ đạo"),
    "documents.forwarded": _("chuyển tiếp đến %(count)s nơi"),
    "documents.reminded_to_read": _("nhắc %(count)s người chưa đọc"),
    "documents.taken_on": _("nhận việc, bắt đầu xử lý"),
    "documents.part_finished": _("báo xong phần việc"),
    "documents.answered": _("trả lời bằng văn bản đã phát hành"),
    "documents.register_exported": _("xuất sổ văn bản năm %(year)s"),
    "documents.register_closed": _("khóa sổ văn bản năm %(year)s, %(lines)s dòng"),
    "documents.register_filed": _("lưu tệp của sổ đã khóa"),
    "documents.filter_saved": _("lưu một bộ lọc"),
    "documents.filter_dropped": _("xóa một bộ lọc đã lưu"),
    "documents.bulk_begun": _("làm hàng loạt với %(count)s văn bản"),
    "documents.bulk_stopped": _("dừng việc hàng loạt, còn %(count)s văn bản"),
    "documents.bulk_repeated": _("làm lại %(count)s văn bản của việc hàng loạt"),
    "documents.type_edited": _("sửa loại văn bản %(type)s"),
    "documents.style_edited": _("sửa thể thức văn bản của loại cơ quan này"),
    "documents.series_chosen": _("chọn cách đánh số văn bản từ năm %(from_year)s"),
    "documents.read": _("mở đọc văn bản"),
}


def register() -> None:
    """Name the acts; safe to repeat."""
    for act, phrase in PHRASES.items():
        acts.register(act, phrase)
