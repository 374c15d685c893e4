"""`asks`: only a person can answer."""

from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.verdicts import OF_CHILD, Verdicts, code, verdicts
from qaengine.model.result import Result
from qaengine.model.standard import Asks


def asks(_test: Asks, scene: Scene) -> tuple[Verdicts, None]:
    """Every child of the check is referred."""
    return verdicts(scene.children, OF_CHILD, scene.wanted, result=code(Result.REFER_TO_AUDITOR)), None
