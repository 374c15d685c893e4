"""Where the process begins and ends. What makes it start and stop fast is here, and nothing else."""

import gc
import os
import sys


def main() -> None:
    """Run the command line and end the process with its exit code (README, "Exit codes")."""
    gc.set_threshold(200_000)  # what is loaded is kept to the end: looking through it often finds nothing
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # nobody else's code runs here, nor is looked for
    if not {"-h", "--help"}.isdisjoint(sys.argv) or len(sys.argv) == 1:
        from rich_click.patch import patch

        patch()  # help in panels and colours: only help needs them, and they take long to load
    from qaengine.cli.main import run

    code = run()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # everything is written, and taking Python apart piece by piece would only take time
