import HTML

extension AuditFacts {
  /// The sentences about escalations; nil for other entries.
  func aboutEscalations(_ words: Words) -> String? {
    switch action {
    case "escalation.completed": words("Completed “{title}”.", titled(words))
    case "escalation.acknowledged": words("Acknowledged “{title}”.", titled(words))
    case "escalation.snoozed": words("Snoozed “{title}”.", titled(words))
    case "escalation.advanced": words("Told the next tier of “{title}”.", titled(words))
    case "escalation.noted": words("Wrote a note about “{title}”.", titled(words))
    case "escalation.declined": words("{contact} cannot take “{title}”.", ["contact": self["contact"], "title": self["title"]])
    case "escalation.expired": words("“{title}” expired: nobody answered.", titled(words))
    default: nil
    }
  }
}
