"""The recipe of thaikpi's Thai line recogniser: data from seeds, model, training, export, figures (see README.md)."""
