"""Many documents at once: each read in a process that may die, all of them journalled, the outputs written whole."""
