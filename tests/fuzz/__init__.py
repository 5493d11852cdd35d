"""Fuzzing: promises that hold for any input (`targets`), and inputs made by spoiling real ones (`mutations`).

The tests try a few hundred inputs of each target (tests/test_fuzz.py), `make fuzz MINUTES=…` as many as there is time for.
"""
