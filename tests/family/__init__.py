"""Test documents of the family the parser is made for, with their expected readings."""
