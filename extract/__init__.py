"""What does the page say? Files -> pages -> characters in the right order -> lines, tables -> fields of a form."""
