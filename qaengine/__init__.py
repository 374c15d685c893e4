"""qaengine: rule-based audit and quality assurance for English children's services."""

__version__ = "0.1.0"
