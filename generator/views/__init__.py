"""Room 5: the corpus turned round, once and without markup: what pages, data and scripts show, worked out before.

Of a policy: `contents` its contents, `policies` what stands off from its clauses, `terms` the terms to explain in it,
`due` its deadlines, `descriptions` what it is in a sentence. Of all of them: `lists` and `page_ids` what there is,
`coverage` counts by indicator, `comparison`, `indicators`, `plots` and `phrases` what is promised on an indicator and how
that is said, `units` the tasks of each office, `similar` and `likeness` what is alike, `fidelity` the accounts and doubts.
"""
