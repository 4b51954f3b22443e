import HTML

/// The state of an escalation as a coloured badge.
enum EscalationBadge {
  static func of(_ state: String, _ tier: Int, _ tiers: Int, _ words: Words) -> StatusBadge {
    switch state {
    case "active":
      let label =
        tier == 0
        ? words("Escalating") : words("Escalating, tier {tier} of {tiers}", ["tier": String(tier), "tiers": String(tiers)])
      return StatusBadge(tone: "urgent", icon: "escalations", label: label)
    case "acknowledged": return StatusBadge(tone: "calm", icon: "acknowledge", label: words("Acknowledged"))
    case "snoozed": return StatusBadge(tone: "calm", icon: "snooze", label: words("Snoozed"))
    case "completed": return StatusBadge(tone: "done", icon: "done", label: words("Completed"))
    case "expired": return StatusBadge(tone: "due", icon: "history", label: words("Expired: nobody answered"))
    default: return StatusBadge(tone: "calm", icon: "stop", label: words("Cancelled"))
    }
  }
}
