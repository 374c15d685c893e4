"""`python -m qaengine`."""

from qaengine.cli.main import main

main()
