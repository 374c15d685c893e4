"""How each kind of check is decided, in words: for its page in the docs. The spec tests of each kind hold it true."""

HOW: dict[str, tuple[str, ...]] = {
    "has": (
        "*Met* where at least `at_least` records (one, if nothing is said) satisfy `where` and, with "
        "`no_older_than`, are no older than that on the as-at date: a record of twelve months to the day is still"
        " in date.",
        "*Not met* where even the records that may satisfy it, were everything known, are too few. With `due`, "
        "what is not so is *not yet due* until the last day has passed.",
        "*Cannot decide* where the records that are sure are too few, and those that may count would be enough.",
        "Measured as the age of the newest record where one fresh record is asked for; else as a number of records.",
    ),
    "each": (
        "Every record in scope (`where`, and no older than the standard looks back) must satisfy `must`. One that"
        " does not makes the check *not met*; one of which that cannot be known makes it *cannot decide*, if none"
        " is not met.",
        "No record in scope is *does not apply*: nothing was found, and nothing was passed.",
        "With `refer_if` in place of `must` it is a reader's check: what satisfies it is pointed out, and never "
        "counts against the record.",
        "`each` may name an anchor: then it is about that one record, and does not apply where there is none.",
    ),
    "followed_by": (
        "From the date of each trigger a clock runs for `within`, or until the date of the trigger that `by` "
        "names. The day of the trigger is day 0; a response on the last day is in time.",
        "*Met* where a response is dated from the trigger to the last day: the earliest is the evidence. *Not met"
        " and late* where the earliest comes after it. *Not yet due* where there is none, and the last day has "
        "not passed.",
        "A response of which something cannot be known never makes it met; it makes *cannot decide* what would be"
        " not met.",
        "`mitigated_by` names a reason that was written before the last day: late all the same, and said beside it.",
    ),
    "includes": (
        "The parts of each record that count (`counting`) must cover every value of `includes`, by the field `by`.",
        "A part whose value is not known may cover any: what nothing else covers is then *cannot decide*.",
        "What is covered only by parts as in `or_refer` is for a person to decide.",
    ),
    "no_gap_over": (
        "Within each stretch of time (a record of `during`, or one stretch from `since`) the records stand in the"
        " order of their dates and cut it into intervals: from the start to the first record, from each record to"
        " the next, from the last to the end of the stretch or, where it goes on, to the as-at date.",
        "The limit of an interval is the first of `no_gap_over` that is for it: by its number (`nth`) and by a "
        "condition on the day it began (`from`), the stretch (`span.field`), the child and the anchors. Where "
        "none is, the interval is not judged.",
        "Where the condition of a limit cannot be known, it may be the limit, and so may the next, to the first "
        "that is known to be. In time for the strictest of them is *met* (or *not yet due*), past the most "
        "generous *not met*; between the two, or where there may be no limit at all, it is *cannot decide*.",
        "An interval that a record closed within its limit is *met*, and else *not met and late*. The last one, "
        "while the stretch goes on, is *not yet due* until its last day has passed, with that day as the date "
        "due; then *not met*. One that the end of its stretch overtook is *late*: it needs learning, and no "
        "remedy is left.",
        "A record of which something cannot be known closes no interval; it makes *cannot decide* what it may "
        "have closed in time.",
        "`looks_back` of the standard leaves out what ended before it.",
    ),
    "at_most": (
        "From `from` to `to` no record may have lasted longer than `at_most`. One that ended on the last day is "
        "in time. While it goes on and the last day has not passed, it is *not yet due*.",
        "Longer than that is *not met*, and *late* where it has ended; unless a record as in `unless` explains "
        "it, which makes it *met* and is the evidence.",
    ),
    "share": (
        "At least `at_least` of a hundred of a child's records in scope must satisfy `must`, in whole numbers: 70"
        " % of ten is seven, and of eleven is eight.",
        "*Met* and *not met* are said only where no unknown could change them: every doubt counts against it for "
        "the one, and for it for the other. No record in scope is *does not apply*.",
        "With dated targets the one whose day has passed on the as-at date counts; before the first, what is below "
        "it is *not yet due*.",
    ),
    "asks": (
        "Always *refer to auditor*, until a person has answered. The question stands on the answer form with its "
        "guidance and the records to look at; the answer never changes what is said as recorded.",
    ),
}
