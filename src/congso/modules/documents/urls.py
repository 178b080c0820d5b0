from django.urls import path

from congso.modules.documents.views import acts, compose, document, files, incoming, lists

app_name = "documents"
urlpatterns = [
    path("den/", lists.incoming, name="incoming"),
    path("den/<uuid:incoming_id>/", incoming.detail, name="incoming_detail"),
    path("den/<uuid:incoming_id>/trang/<int:page>.webp", files.incoming_page, name="incoming_page"),
    path("den/<uuid:incoming_id>/tep.pdf", files.incoming_pdf, name="incoming_pdf"),
    path("den/<uuid:incoming_id>/vao-so/", incoming.register, name="register"),
    path("den/<uuid:incoming_id>/tra-lai/", incoming.return_incoming, name="return_incoming"),
    path("den/<uuid:incoming_id>/giao/", incoming.direct, name="direct"),
    path("den/<uuid:incoming_id>/nhan-viec/", incoming.take_on, name="take_on"),
    path("den/<uuid:incoming_id>/xong/", incoming.finish_part, name="finish_part"),
    path("di/", lists.outgoing, name="outgoing"),
    path("du-thao/", lists.drafts, name="drafts"),
    path("cho-ky/", lists.to_sign, name="to_sign"),
    path("soan/", compose.compose, name="compose"),
    path("soan/van-ban-mat/", compose.secret, name="secret"),
    path("di/<uuid:document_id>/", document.detail, name="detail"),
    path("di/<uuid:document_id>/trang/<int:page>.webp", files.document_page, name="page"),
    path("di/<uuid:document_id>/tep.pdf", files.document_pdf, name="pdf"),
    path("di/<uuid:document_id>/soan/", compose.edit, name="edit"),
    path("di/<uuid:document_id>/soan/luu/", compose.autosave, name="autosave"),
    path("di/<uuid:document_id>/soan/xem-truoc/", compose.preview, name="preview"),
    path("di/<uuid:document_id>/soan/xem-truoc/<int:page>.webp", files.preview_page, name="preview_page"),
    path("di/<uuid:document_id>/chuyen-tu-cach/", compose.carry_over, name="carry_over"),
    path("di/<uuid:document_id>/trinh/", acts.submit, name="submit"),
    path("di/<uuid:document_id>/ky-nhay/", acts.initial, name="initial"),
    path("di/<uuid:document_id>/tra-lai/", acts.return_to_author, name="return"),
    path("di/<uuid:document_id>/lay-lai/", acts.take_back, name="take_back"),
    path("di/<uuid:document_id>/cap-so/", acts.number, name="number"),
    path("di/<uuid:document_id>/huy-so/", acts.cancel_number, name="cancel_number"),
    path("di/<uuid:document_id>/phat-hanh/", acts.issue, name="issue"),
    path("di/<uuid:document_id>/rut/", acts.withdraw, name="withdraw"),
]
