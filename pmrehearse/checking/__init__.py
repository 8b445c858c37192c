"""Words to findings: normaliser, lexicons, rules, checker, delivery."""
