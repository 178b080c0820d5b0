"""Every write of the module: one function, one transaction, one journal line."""

from congso.modules.documents.commands.amending import draft_correction, draft_replacement
from congso.modules.documents.commands.answering import finish_part
from congso.modules.documents.commands.assigning import DirectionInput
from congso.modules.documents.commands.attaching import (
    attach,
    move_attachment,
    remove_attachment,
    restore_attachment,
)
from congso.modules.documents.commands.bulk import begin_bulk, go_on_with_bulk, repeat_bulk, stop_bulk
from congso.modules.documents.commands.changing import change_due_date, take_back_direction
from congso.modules.documents.commands.copying import (
    CopyInput,
    copy_document,
    copy_incoming,
    note_failed_copy_signature,
    take_copy_signature,
)
from congso.modules.documents.commands.delivering import deliver_document, judge_arrivals
from congso.modules.documents.commands.directing import direct_incoming
from congso.modules.documents.commands.drafting import DraftInput, carry_over, create_draft, save_draft, stop_for_secret
from congso.modules.documents.commands.embedding import ReceivedFile, add_picture, receive_file, take_file
from congso.modules.documents.commands.entering import EnteringInput, enter_incoming
from congso.modules.documents.commands.forwarding import ForwardingInput, forward_incoming
from congso.modules.documents.commands.from_pdf import drop_pdf, place_on_pdf, take_pdf
from congso.modules.documents.commands.issuing import issue_document, withdraw
from congso.modules.documents.commands.layout import LayoutInput
from congso.modules.documents.commands.numbering import cancel_number, number_document
from congso.modules.documents.commands.reading import mark_read, read_personal
from congso.modules.documents.commands.recalling import (
    cancel_arrivals,
    carry_out_recall,
    confirm_destroyed,
    drop_recall,
    order_recall,
)
from congso.modules.documents.commands.recipients import PaperAddressee, mark_sent_on_paper
from congso.modules.documents.commands.registering import register_incoming, return_incoming
from congso.modules.documents.commands.remarking import remark_on_passage, resolve_remark
from congso.modules.documents.commands.reminding import remind_to_read
from congso.modules.documents.commands.reusing import (
    begin_from_template,
    drop_group,
    drop_template,
    rename_template,
    save_group,
    save_template,
    share_group,
    share_template,
)
from congso.modules.documents.commands.review_chain import (
    add_reviewer,
    bring_forward,
    pass_over_ended,
    skip_reviewer,
)
from congso.modules.documents.commands.reviewing import initial, return_to_author, submit_for_review, take_back
from congso.modules.documents.commands.scanning import ScanInput, issue_paper_signed
from congso.modules.documents.commands.signing import note_failed_signature, take_signature
from congso.modules.documents.commands.splitting import split_part
from congso.modules.documents.commands.stacking import arrange_stack, drop_stack, take_stack
from congso.modules.documents.commands.taking_on import take_on
from congso.modules.documents.commands.versions import keep_version
from congso.modules.documents.commands.wording import StyleInput, TypeInput, choose_series, edit_style, edit_type

__all__ = [
    "CopyInput",
    "DirectionInput",
    "DraftInput",
    "EnteringInput",
    "ForwardingInput",
    "LayoutInput",
    "PaperAddressee",
    "ReceivedFile",
    "ScanInput",
    "StyleInput",
    "TypeInput",
    "add_picture",
    "add_reviewer",
    "arrange_stack",
    "attach",
    "begin_bulk",
    "begin_from_template",
    "bring_forward",
    "cancel_arrivals",
    "cancel_number",
    "carry_out_recall",
    "carry_over",
    "change_due_date",
    "choose_series",
    "confirm_destroyed",
    "copy_document",
    "copy_incoming",
    "create_draft",
    "deliver_document",
    "direct_incoming",
    "draft_correction",
    "draft_replacement",
    "drop_group",
    "drop_pdf",
    "drop_recall",
    "drop_stack",
    "drop_template",
    "edit_style",
    "edit_type",
    "enter_incoming",
    "finish_part",
    "forward_incoming",
    "go_on_with_bulk",
    "initial",
    "issue_document",
    "issue_paper_signed",
    "judge_arrivals",
    "keep_version",
    "mark_read",
    "mark_sent_on_paper",
    "move_attachment",
    "note_failed_copy_signature",
    "note_failed_signature",
    "number_document",
    "order_recall",
    "pass_over_ended",
    "place_on_pdf",
    "read_personal",
    "receive_file",
    "register_incoming",
    "remark_on_passage",
    "remind_to_read",
    "remove_attachment",
    "rename_template",
    "repeat_bulk",
    "resolve_remark",
    "restore_attachment",
    "return_incoming",
    "return_to_author",
    "save_draft",
    "save_group",
    "save_template",
    "share_group",
    "share_template",
    "skip_reviewer",
    "split_part",
    "stop_bulk",
    "stop_for_secret",
    "submit_for_review",
    "take_back",
    "take_back_direction",
    "take_copy_signature",
    "take_file",
    "take_on",
    "take_pdf",
    "take_signature",
    "take_stack",
    "withdraw",
]
