"""Access is decided here: one rule allows an act, one guard stands at a route, a route without one does not start."""

from congso.shared.authz.guards import for_everyone, guarded, signed_in
from congso.shared.authz.rules import Permission, permission

__all__ = ["Permission", "for_everyone", "guarded", "permission", "signed_in"]
