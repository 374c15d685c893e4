"""The PDF reports: `render_dip_sample`, `render_manager` and `render_leadership` turn a view into bytes."""

from qaengine.report.pdf.dip_sample import render_dip_sample
from qaengine.report.pdf.leadership import render_leadership
from qaengine.report.pdf.manager import render_manager

__all__ = ["render_dip_sample", "render_leadership", "render_manager"]
