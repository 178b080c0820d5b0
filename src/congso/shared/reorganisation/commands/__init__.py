"""Every act of reorganisation: one function, one transaction, one journal line."""

from congso.shared.reorganisation.commands.merging import NotMergeable, merge_areas
from congso.shared.reorganisation.commands.splitting import (
    NotSplittable,
    OrganNotPlaced,
    PartsNotDivided,
    split_area,
)
from congso.shared.reorganisation.opening import AreaCodeTaken
from congso.shared.reorganisation.units import Merger, Share, Split

__all__ = [
    "AreaCodeTaken",
    "Merger",
    "NotMergeable",
    "NotSplittable",
    "OrganNotPlaced",
    "PartsNotDivided",
    "Share",
    "Split",
    "merge_areas",
    "split_area",
]
