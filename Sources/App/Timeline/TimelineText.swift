import Domain
import HTML
import Web

/// The sentences of a timeline.
struct TimelineText {
  private let details: EscalationDetails
  private let person: Person
  private let words: Words
  private let clock: PageClock

  init(_ details: EscalationDetails, _ person: Person, _ words: Words, _ clock: PageClock) {
    (self.details, self.person, self.words, self.clock) = (details, person, words, clock)
  }

  /// Which plan it follows.
  var origin: String {
    let escalation = details.escalation
    let values: KeyValuePairs = [
      "profile": ProfileWords.name(escalation.profileName, isPreset: details.isPreset, words), "version": String(escalation.profileVersion),
    ]
    if details.isPreset { return ProfileWords.name(escalation.profileName, isPreset: true, words) }  // Presets are never edited.
    if details.profileVersion == escalation.profileVersion { return words("{profile}, version {version}", values) }
    if details.profileVersion == nil { return words("Started with {profile}, version {version}, deleted since", values) }
    return words("Started with {profile}, version {version}, edited since", values)
  }

  /// What happened, oldest first.
  var past: [TimelineItem] {
    let delivery = DeliveryText(words, time).item(details)
    return details.events.map { event in
      let isStep = event.kind == "escalated" || event.kind == "advanced"
      let sent = isStep ? details.deliveries.filter { $0.run == event.run && $0.tier == event.tier && $0.round == event.round } : []
      // Of a tier whose messages are all held nobody has been told.
      let (icon, tone, text) = sentence(event, isHeld: !sent.isEmpty && sent.allSatisfy { $0.state.state == .held })
      return TimelineItem(
        tone: tone, icon: icon, time: time(event.at), text: text, detail: detail(event, sent),
        deliveries: sent.map(delivery))
    }
  }

  /// What is still to come: at most ten steps and the end; nothing on a page of earlier entries.
  var planned: [TimelineItem] {
    guard let check = details.tiers?.check else { return [] }
    let course = details.escalation.course
    func item(_ at: Instant, _ icon: String, _ text: String, _ detail: String? = nil) -> TimelineItem {
      TimelineItem(tone: "calm", icon: icon, time: time(at), text: text, detail: detail, deliveries: [])
    }
    func again(_ at: Instant?, _ text: String) -> [TimelineItem] {
      let isTold = !details.escalation.told(of: 1).used.isEmpty
      return at.map { [item($0, "repeat", text, isTold ? end(at: max($0, clock.now)) : nil)] } ?? []
    }
    let steps = check.timetable(of: course, at: clock.now, limit: 10).map { line in
      let isFirst = line.step.round == 0
      let text = tier(line.step.tier) + (isFirst ? "" : " " + words("(again)"))
      return item(line.step.at, isFirst ? "raise" : "repeat", text, held(line, check))
    }
    switch course.state {
    case .active:
      guard steps.isEmpty, let end = course.nextStepAt else { return steps }
      return [item(end, "history", words("It expires when nobody answers."))]
    case .snoozed: return again(course.snoozedUntil, words("The snooze ends: it rings again from tier 1."))
    case .acknowledged:
      return again(course.againAt, words("Asks again from tier 1, unless it is done.")) + (course.againAt == nil ? [] : steps)
    case .completed, .expired, .cancelled: return []
    }
  }

  /// What of a step that is to come waits or is not sent; nil: all of it goes at once.
  private func held(_ line: DryCheck.Line, _ check: DryCheck) -> String? {
    let text = DryCheckText(check, words)
    // Of the owner's quiet hours one sentence tells, whatever they hold.
    let quiet = line.told.contains { $0.contact == nil && $0.isHeld } ? end(at: line.step.at) : nil
    let others = line.told.filter { $0.outcome != .told && !($0.contact == nil && $0.isHeld) }
    let sentences = others.prefix(TimelineText.mostHeld).map { one in text.told(one, of: line.step) { absolute($0) }.text + "." }
    let more = others.count - sentences.count
    let rest = more > 0 ? [words("and {n} more", ["n": String(more)])] : []
    let said = (quiet.map { [$0] } ?? []) + sentences + rest
    return said.isEmpty ? nil : said.joined(separator: " ")
  }

  private func end(at: Instant) -> String? {
    person.quiet.end(person.zone, at: at, critical: details.importance == .critical).map {
      words("Your quiet hours hold it until {time}.", ["time": absolute($0)])
    }
  }

  /// Messages of a planned step of which it says each why it waits.
  private static let mostHeld = 4

  private func tier(_ number: Int) -> String {
    let escalation = details.escalation
    let means = escalation.course.ladder.tier(number).map { TierChannel.means($0, isOfDesk: escalation.isOfDesk, words).map(\.name) } ?? []
    return words("Tier {tier}: {agents}.", ["tier": String(number), "agents": means.joined(separator: ", ")])
  }

  private func time(_ instant: Instant) -> TimeText { TimeText(instant, person, clock) }

  private func absolute(_ instant: Instant?) -> String { instant.map { time($0).absolute.text } ?? "" }

  private func sentence(_ event: EscalationDetails.Event, isHeld: Bool) -> (icon: String, tone: String, text: String) {
    let who = event.actorName
    let tier = String(event.tier ?? 0)
    switch event.kind {
    case "started": return ("reminders", "urgent", words("It is due."))
    case "escalated" where isHeld, "advanced" where isHeld: return ("held", "due", words("Tier {tier} waits to be told.", ["tier": tier]))
    case "escalated" where event.tier == 1 && event.round == 0: return ("escalations", "urgent", words("Tier 1 told."))
    case "escalated" where event.round ?? 0 > 0:
      return ("repeat", "urgent", words("Still nobody answered. Tier {tier} told again.", ["tier": tier]))
    case "escalated": return ("escalations", "urgent", words("Nobody answered. Tier {tier} told.", ["tier": tier]))
    case "advanced" where event.facts["reason"] == "declined":
      return ("raise", "urgent", words("So tier {tier} was told at once.", ["tier": tier]))
    case "declined": return ("skip", "due", words("{who} cannot take it.", ["who": who]))
    case "advanced": return ("raise", "urgent", words("{who} did not wait: tier {tier} told.", ["who": who, "tier": tier]))
    case "skipped": return ("skip", "calm", words("Tier {tier} skipped: the service was down.", ["tier": tier]))
    case "fired_again" where event.facts["reason"] == DueOccurrence.Reason.byHand.rawValue:
      return ("repeat", "due", words("{who} rang it again.", ["who": who]))
    case "fired_again": return ("repeat", "due", words("It was due again."))
    case "acknowledged": return ("acknowledge", "calm", words("{who} is on it.", ["who": who]))
    case "snoozed":
      return ("snooze", "calm", words("{who} snoozed it until {time}.", ["who": who, "time": absolute(event.instant("until"))]))
    case "unsnoozed": return ("undo", "calm", words("{who} took the snooze back: it goes on where it was.", ["who": who]))
    case "resumed": return ("repeat", "urgent", words("It rings again, from tier 1."))
    case "completed": return ("done", "done", done(event))
    case "expired": return ("history", "due", words("It expired: nobody answered."))
    case "cancelled": return ("stop", "calm", cancelled(event))
    case "replaced": return ("stop", "calm", words("The next time came before it asked again."))
    case "note": return ("note", "calm", words("{who} noted:", ["who": who]))
    default: return ("info", "calm", event.kind)
    }
  }

  /// What a habit's reminder is about ends with the habit's date, by whatever that is done or left out.
  private func done(_ event: EscalationDetails.Event) -> String {
    let values: KeyValuePairs = ["who": event.actorName, "date": date(event)]
    return switch event.facts["reason"] {
    case "habit_ticked": words("{who} entered it on the habit itself, for {date}: done.", values)
    case "habit_enough": words("With what {who} entered, the habit asks for no more: done.", values)
    default: words("{who} says that it is done.", values)
    }
  }

  private func cancelled(_ event: EscalationDetails.Event) -> String {
    let values: KeyValuePairs = ["who": event.actorName, "date": date(event)]
    return switch event.facts["reason"] {
    case "moved": words("{who} chose a new time: the snooze ended.", values)
    case "habit_skipped": words("{who} skipped {date}: nothing rings for it.", values)
    case "habit_paused": words("{who} paused the habit: nothing rings.", values)
    case "habit_archived": words("{who} put the habit into the archive: nothing rings.", values)
    case "habit_deleted": words("{who} deleted the habit: nothing rings.", values)
    case "habit_unasked": words("{who} changed the habit: it asks for nothing on {date} any more.", values)
    default: words("Cancelled: the reminder was archived.")
    }
  }

  /// The date of a habit that an entry is about, in words.
  private func date(_ event: EscalationDetails.Event) -> String {
    event.facts["date"].flatMap { Day(iso: $0) }.map { TimeWords.date($0, person.language) } ?? ""
  }

  private func detail(_ event: EscalationDetails.Event, _ sent: [EscalationDetails.Delivery]) -> String? {
    let contacts = sent.compactMap(\.contact)
    if contacts.isEmpty { return detail(event) }
    let told = words("Trusted contacts: {names}.", ["names": contacts.joined(separator: ", ")])
    return [told, detail(event)].compactMap(\.self).joined(separator: " ")
  }

  private func detail(_ event: EscalationDetails.Event) -> String? {
    if let text = event.facts["text"] { return text }
    if let agents = event.facts["not_set_up"] {
      let names = agents.utf8.split(separator: 32).compactMap { AgentType(rawValue: String(decoding: $0, as: UTF8.self)) }
        .map { AgentNames.name($0, words) }.joined(separator: ", ")
      return event.facts["instead"] == nil
        ? words("Not set up: {agents}.", ["agents": names]) : words("Not set up: {agents}. By e-mail instead.", ["agents": names])
    }
    if event.facts["instead"] != nil {
      return details.escalation.isOfDesk
        ? words("Contacts are told nothing of the desk. By e-mail instead.") : words("No trusted contact can be told. By e-mail instead.")
    }
    if let again = event.instant("again_at") { return words("Asks again {time}.", ["time": absolute(again)]) }
    let missed = event.facts["missed"].flatMap { Int($0) } ?? 0
    if let sentence = MissedText.sentence(missed, from: event.instant("missed_from"), words, { absolute($0) }) { return sentence }
    if event.kind == "started", event.facts["reason"] == "by_hand" { return words("Run by hand.") }
    if let words = event.facts["words"] { return "“\(words)”" }
    // When it was due, unless it rang in that very minute.
    return event.instant("occurrence").map(absolute).flatMap { $0 == absolute(event.at) ? nil : $0 }
  }
}
