"""What programs may ask of signatures. Confirming one needs the PIN on a page: no program does it."""

from uuid import UUID

from ninja import Router

from congso.kernel.web import ActorRequest
from congso.modules.signing import permissions, queries
from congso.modules.signing.schemas import ProgressGiven
from congso.shared.authz import guarded

router = Router(tags=["Ký số"])


@router.get("/{uuid:request_id}", response=ProgressGiven, summary="Xem lượt ký của mình đến đâu")
@guarded(permissions.FOLLOW)
def signing_progress(request: ActorRequest, request_id: UUID) -> ProgressGiven:
    return ProgressGiven.of(queries.progress_of(request_id, by=request.actor))
