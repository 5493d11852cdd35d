"""Room 5: the corpus turned round, once and without markup: what pages, data and scripts show of many policies at once.

`comparison` gathers commitments by subject, `similar` clauses that say nearly the same, `coverage` counts policies by
indicator, `units` has the tasks of each office, `lists` the corpus as lists, `contents` the contents of a policy.
"""
