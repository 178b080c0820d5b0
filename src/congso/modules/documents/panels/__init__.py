"""Panels of a paper's page: parts that are fetched only when somebody opens them; the page itself stays light."""

from congso.modules.documents.panels.registry import INCOMING, OUTGOING, Panel

__all__ = ["INCOMING", "OUTGOING", "Panel"]
