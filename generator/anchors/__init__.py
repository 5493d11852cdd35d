"""Room 4: what is promised of a clause's address, and what the clause is called.

`addresses` knows where every address that was ever promised leads now, `citation` how a clause is cited in prose,
`lock` keeps the published anchors and wordings, `changes` the record of what was added and changed, `worddiff` tells
two wordings apart word by word.
"""
