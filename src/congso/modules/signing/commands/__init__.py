"""Every write of signing: a confirmed request, each signature of it, what a check found."""

from congso.modules.signing.commands.checking import check_again, recheck_file, validate_file
from congso.modules.signing.commands.making import sign_item
from congso.modules.signing.commands.requesting import request_signatures

__all__ = ["check_again", "recheck_file", "request_signatures", "sign_item", "validate_file"]
