"""Room 7: what `check` and `links` tell.

`doubts` are the places an editor should look at, `report` what `check` prints of a corpus, `explain` why a clause is
analysed as it is, `links` which links of other people's documents are dead.
"""
