"""A new standard to begin from: it loads, its examples pass, and every line says what to put there."""

from string import Template

SKELETON = Template(
    """\
id: $id
title: $title
theme: practice
severity: major                       # critical | major | minor: of the standard, never of a check
intent: >-
  Say here why it matters for a child.
short: $short
reads:                                # how a report goes on after a number of children
  one: has been visited in time
  many: have been visited in time
sources:                              # where it comes from; `covers` names points of coverage.yaml, such as PLAN 18
  - {document: a policy of the council, reference: "paragraph 1"}

parameters:                           # every number has a source and an owner; `proposed` is nobody's rule but ours
  visit_every:
    value: 20 working days
    source: "proposed: write here where yours comes from"
    owner: head of service
    proposed: true
  mend_within: {value: 5 working days, source: "proposed", owner: team manager, proposed: true}

applies_to:                           # the children whom it is for: a condition on the child
  status: [cin, cp]

checks:
  - id: visited-in-time
    says: The child was seen in the last {visit_every}
    has: visits
    where: {seen: true}
    no_older_than: visit_every
  - id: visit-had-a-purpose
    asks: Did the visit have a purpose that fits the plan?
    look_at: [visits, plans]

remedy: {action: See the child, owner: social worker, within: mend_within}

# The case that lies under each example: a child in need, seen two weeks ago.
given:
  child: {born: 2012-05-01}
  plans: [{kind: cin, started: 2019-01-07, ended: null}]
  referrals: [{received: 2019-01-02, closed: null, no_further_action: false}]
  episodes: []
  visits: [{held: 2019-09-12, seen: true}]

examples:
  - name: seen two weeks ago
    as_at: 2019-09-26
    expect: {visited-in-time: met, visit-had-a-purpose: refer_to_auditor, standard: met, read: refer_to_auditor}
  - name: nineteen working days ago
    as_at: 2019-09-26
    case: {visits: [{held: 2019-08-30, seen: true}]}
    expect: {visited-in-time: met}
  - name: twenty working days ago
    as_at: 2019-09-26
    case: {visits: [{held: 2019-08-29, seen: true}]}
    expect: {visited-in-time: met}
  - name: twenty-one working days ago
    as_at: 2019-09-26
    case: {visits: [{held: 2019-08-28, seen: true}]}
    expect: {visited-in-time: not_met, standard: not_met}
  - name: visited, and not seen
    as_at: 2019-09-26
    case: {visits: [{held: 2019-09-12, seen: false}]}
    expect: {visited-in-time: not_met}
  - name: the record does not say whether the child was seen
    as_at: 2019-09-26
    case: {visits: [{held: 2019-09-12, seen: null}]}
    expect: {visited-in-time: cannot_decide, standard: cannot_decide}
  - name: a case that is closed
    as_at: 2019-09-26
    case: {plans: [], referrals: []}
    expect: {standard: not_applicable}
  - name: a child who is looked after
    as_at: 2019-09-26
    case: {episodes: [{started: 2019-06-03, ended: null, legal_status: C2}]}
    expect: {standard: not_applicable}
"""
)


def skeleton(name: str) -> str:
    """The text of a new standard with this id."""
    words = name.replace("-", " ")
    return SKELETON.substitute(id=name, title=words.capitalize(), short=words.capitalize()[:24].strip())
