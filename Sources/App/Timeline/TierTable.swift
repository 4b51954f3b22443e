import Domain
import HTML

/// The tiers of an escalation: when each was reached in this run or will be, whom it told or will tell, by what, and why somebody is not told.
struct TierTable {
  let rows: [Row]
  /// Contacts whom no tier tells, each with why; nil: there are none, or no tier tells contacts.
  let leftOut: String?

  struct Row {
    let tier: String
    let isCurrent: Bool
    /// nil: it was not reached, and is not to come.
    let time: TimeText?
    let told: [DryCheckCard.Told]
    let note: String?

    var isSilent: Bool { told.isEmpty }
  }

  /// Names of a row or a sentence.
  private static let most = 12

  init(_ details: EscalationDetails, _ tiers: TierDetails, _ words: Words, _ time: @escaping (Instant) -> TimeText, now: Instant) {
    let escalation = details.escalation
    let course = escalation.course
    let (sent, check) = (DeliveryText(words, time), DryCheckText(tiers.check, words))
    let ahead = course.state == .active ? tiers.check.timetable(of: course, at: now, limit: course.ladder.tiers.count) : []
    rows = course.ladder.tiers.enumerated().map { index, tier in
      let number = index + 1
      let name = words("Tier {tier}", ["tier": String(number)])
      let isCurrent = course.isOpen && number == course.tier
      if number <= course.tier {
        let messages = tiers.deliveries.filter { $0.tier == number }
        return Row(
          tier: name, isCurrent: isCurrent, time: messages.first.map { time($0.createdAt) },
          told: TierTable.few(messages.map(sent.line), words), note: TierTable.note(tier, messages, escalation.isOfDesk, words))
      }
      guard let line = ahead.first(where: { $0.step.tier == number && $0.step.round == 0 }) else {
        return Row(tier: name, isCurrent: false, time: nil, told: [], note: words("Not reached."))
      }
      let told = line.told.map { one in check.told(one, of: line.step) { time($0).when.text } }
      let isForDesk = escalation.isOfDesk && line.missing.isEmpty && line.isInstead
      return Row(
        tier: name, isCurrent: false, time: time(line.step.at), told: TierTable.few(told, words),
        note: isForDesk ? TierTable.forDesk(words) : check.note(line))
    }
    let tellsContacts = !escalation.isOfDesk && course.ladder.tiers.contains { $0.includesContacts }
    leftOut = tellsContacts ? TierTable.leftOut(tiers, words) : nil
  }

  private static func few(_ told: [DryCheckCard.Told], _ words: Words) -> [DryCheckCard.Told] {
    guard told.count > most else { return told }
    let rest = words("and {n} more", ["n": String(told.count - most + 1)])
    return Array(told.prefix(most - 1)) + [DryCheckCard.Told(icon: "contacts", tone: "calm", text: rest, fact: "")]
  }

  /// What a tier that was reached names and has not told.
  private static func note(_ tier: Tier, _ messages: [EscalationDetails.Delivery], _ isOfDesk: Bool, _ words: Words) -> String? {
    if messages.isEmpty { return words("Skipped: the service was down.") }
    let own = Set(messages.filter { $0.contact == nil }.map(\.channel))
    let missing = tier.agents.filter { !own.contains($0) }
    let isInstead = own == [.email] && !tier.agents.contains(.email)
    if missing.isEmpty {
      guard isInstead, tier.agents.isEmpty else { return nil }
      return isOfDesk ? forDesk(words) : words("No trusted contact can be told. By e-mail instead.")
    }
    let agents: KeyValuePairs = ["agents": AgentNames.list(missing, words)]
    return isInstead ? words("Not set up: {agents}. By e-mail instead.", agents) : words("Not set up: {agents}.", agents)
  }

  private static func forDesk(_ words: Words) -> String { words("Contacts are told nothing of the desk. By e-mail instead.") }

  private static func leftOut(_ tiers: TierDetails, _ words: Words) -> String? {
    let names = tiers.contacts.compactMap { contact in
      why(contact, tiers.declined, words).map { words("{name} ({reason})", ["name": contact.name, "reason": $0]) }
    }
    if names.isEmpty { return nil }
    let rest = names.count > most ? [words("and {n} more", ["n": String(names.count - most)])] : []
    return words("Not told: {names}.", ["names": (Array(names.prefix(most)) + rest).joined(separator: ", ")])
  }

  /// Why a contact is told nothing more of this run; nil: they are told.
  private static func why(_ contact: Contact, _ declined: Set<ID<Contact>>, _ words: Words) -> String? {
    if declined.contains(contact.id) { return words("cannot take it") }
    if contact.isToldByMail || contact.isToldBySMS { return nil }
    if contact.stoppedAt != nil { return words("asked for no more") }
    return contact.notifyEmail || contact.notifySMS ? words("has not agreed yet") : words("switched off")
  }
}
