"""Our arithmetic beside two validators': the questions, our answers, and the reasons for which theirs may differ."""
