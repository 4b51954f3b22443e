enum Escalation {}
