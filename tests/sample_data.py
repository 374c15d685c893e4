"""The public sample data beside the project, for tests that use it; they are skipped where it is absent."""

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("QAENGINE_SAMPLE_DATA", Path(__file__).parents[2] / "shared" / "data"))

needs_sample_data = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="the public sample data is not beside the project"),
]
