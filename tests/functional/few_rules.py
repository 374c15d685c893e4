"""A folder of rules with one standard: what a test needs of them, and no more to evaluate."""

from pathlib import Path

RULES = Path(__file__).resolve().parents[2] / "rules"
SDQ = "sdq-annual-update"


def few_rules(folder: Path, standard: str = SDQ) -> Path:
    """The rules with this standard alone."""
    rules = folder / "rules"
    (rules / "standards").mkdir(parents=True)
    for name in ("agencies.yaml", "judgement.yaml", "local.yaml", f"standards/{standard}.yaml"):
        (rules / name).write_bytes((RULES / name).read_bytes())
    return rules
