"""`python -m qaengine`."""

from qaengine.cli.entry import main

main()
