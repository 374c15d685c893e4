"""The PDF reports: each `render_…` turns a view into bytes."""

from qaengine.report.pdf.dip_sample import render_dip_sample
from qaengine.report.pdf.leadership import render_leadership
from qaengine.report.pdf.manager import render_manager
from qaengine.report.pdf.overview import render_overview

__all__ = ["render_dip_sample", "render_leadership", "render_manager", "render_overview"]
