"""Sample: whom to audit, drawn so that anyone can replay it, and what the sample says of everyone."""

from qaengine.sample.draw import Draw, Drawn, Exclusion, Replacement, Stratum, draw
from qaengine.sample.frame import Frame, FrameChild
from qaengine.sample.independence import Part, Role, Window, conflicts
from qaengine.sample.rate import Interval, Method, Rate, Tally, rate, tallies
from qaengine.sample.size import Count, Each, Everyone, Percent, Size, SizePlan, parse_size, plan_size
from qaengine.sample.tickets import Ticket, tickets
from qaengine.sample.where import Where, narrow, parse_where

__all__ = [
    "Count",
    "Draw",
    "Drawn",
    "Each",
    "Everyone",
    "Exclusion",
    "Frame",
    "FrameChild",
    "Interval",
    "Method",
    "Part",
    "Percent",
    "Rate",
    "Replacement",
    "Role",
    "Size",
    "SizePlan",
    "Stratum",
    "Tally",
    "Ticket",
    "Where",
    "Window",
    "conflicts",
    "draw",
    "narrow",
    "parse_size",
    "parse_where",
    "plan_size",
    "rate",
    "tallies",
    "tickets",
]
