"""`asks`: only a person can answer."""

from typing import Any

import narwhals as nw

from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.verdicts import CHECK_COLUMNS, code, verdicts
from qaengine.model.result import Result
from qaengine.model.standard import Asks


def asks(_test: Asks, scene: Scene) -> tuple[nw.LazyFrame[Any], None]:
    """Every child of the check is referred."""
    return verdicts(scene.children, CHECK_COLUMNS, result=code(Result.REFER_TO_AUDITOR)), None
