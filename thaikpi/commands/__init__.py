"""One module a command: `arguments(parser)` declares, `run(options)` does and returns the exit code.

Nothing heavy is imported at the top of these modules: `thaikpi --help` answers at once.
"""
