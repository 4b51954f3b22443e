import Domain
import HTML

/// What a dry check of a ladder finds (RULES 3.10), and its timetables: for a reminder that rings now, and for one in the middle of quiet hours.
struct DryCheckCard {
  let notes: ProfileNotes?
  let tables: [Table]
  /// Said where nothing ever waits for quiet hours.
  let noQuiet: String?

  struct Table {
    let id: String
    let title: String
    let rows: [Row]
  }

  /// A step.
  struct Row {
    let tier: String
    let time: TimeText
    let told: [Told]
    let note: String?
  }

  /// A message.
  struct Told {
    let icon: String
    let tone: String
    let text: String
    /// "2 email held": tier, agent and what becomes of it, for tools.
    let fact: String
  }

  init(_ ladder: Ladder, _ reach: ProfileReach, _ person: Person, _ words: Words, _ clock: PageClock) {
    let check = reach.check(ladder)
    let text = DryCheckText(check, words)
    func table(_ id: String, _ title: String, from start: Instant) -> Table {
      Table(
        id: id, title: title,
        rows: check.timetable(from: start).map { line in
          Row(
            tier: text.tier(line.step), time: TimeText(line.step.at, person, clock),
            told: line.told.map { told in text.told(told, of: line.step) { TimeText($0, person, clock).when.text } }, note: text.note(line))
        })
    }
    var lines = text.findings
    if person.counts[.deskChannels] > 0, ladder.tiers.contains(where: \.includesContacts) {
      lines.append(words("Contacts are told nothing of the desk: of late customers and failing channels those tiers tell only you."))
    }
    var tables = [table("check-now", words("If it rings now"), from: clock.now)]
    let quiet = person.quiet
    lines += text.quiet(quiet, person.zone, at: clock.now) { TimeText($0, person, clock).when.text }
    if quiet.hasHours {
      if let middle = quiet.middle(person.zone, after: clock.now) {
        if let end = check.swallowed(from: middle) {
          let values: KeyValuePairs = ["time": person.zone.local(end).time.text]
          lines.append(words("In your quiet hours nobody is told before {time}: they hold the whole ladder.", values))
        }
        tables.append(table("check-quiet", words("If it rings in the middle of your quiet hours"), from: middle))
      }
    }
    (self.tables, notes) = (tables, ProfileNotes(lines))
    noQuiet = !quiet.hasHours ? words("You have no quiet hours, so nothing waits for them to end.") : nil
  }
}

/// The sentences about a dry check.
struct DryCheckText {
  private let check: DryCheck
  private let words: Words

  init(_ check: DryCheck, _ words: Words) { (self.check, self.words) = (check, words) }

  /// What keeps the ladder from reaching people, whenever it begins.
  var findings: [String] {
    check.findings.map { finding in
      switch finding {
      case .notSetUp(let agents):
        words("Not set up: {agents}. Tiers with nothing else are sent by e-mail.", ["agents": AgentNames.list(agents, words)])
      case .reachesNobody: words("E-mail is off: no tier reaches you.")
      case .tiersReachNobody: words("E-mail is off: tiers with nothing else do not reach you.")
      case .unverified: words("Your address is not verified: mails wait until it is.")
      case .noContacts: words("No trusted contact can be told: those tiers tell only you.")
      }
    }
  }

  /// - Parameter time: an instant as the page says it.
  func quiet(_ quiet: QuietHours, _ zone: Zone, at now: Instant, _ time: (Instant) -> String) -> [String] {
    let paused = quiet.pausedUntil.flatMap { $0 > now ? words("You want no messages until {time}.", ["time": time($0)]) : nil }
    return [paused].compactMap(\.self) + QuietText(words).hours(quiet)
  }

  /// "Tier 2", "Tier 3 again".
  func tier(_ step: LadderStep) -> String {
    let tier: KeyValuePairs = ["tier": String(step.tier)]
    return step.round == 0 ? words("Tier {tier}", tier) : words("Tier {tier} again", tier)
  }

  /// - Parameter time: an instant as the page says it.
  func told(_ told: DryCheck.Told, of step: LadderStep, _ time: (Instant) -> String) -> DryCheckCard.Told {
    let agent = AgentNames.name(told.agent, words)
    let who =
      told.contact.map { words("{name}, by {agent}", ["name": check.contacts[$0].name, "agent": agent]) }
      ?? words("You, by {agent}", ["agent": agent])
    let limit = DeliveryWords.why(.limited, nil, "", by: .sms, words) ?? ""
    let (word, tone, rest): (String, String, String?) =
      switch told.outcome {
      case .told: ("told", "done", nil)
      case .held(let until): ("held", "calm", words("waits until {time}", ["time": time(until)]))
      case .overtaken(let until):
        ("overtaken", "calm", words("waits until {time}, when a later tier takes its place", ["time": time(until)]))
      case .limited(let until):
        ("limited", "calm", words("waits until {time}: {reason}", ["time": time(until), "reason": limit]))
      case .unverified: ("unverified", "due", words("waits until the address is verified"))
      case .off: ("off", "urgent", words("not sent: switched off"))
      case .muted: ("muted", "urgent", words("not sent: the address gets no more mail"))
      }
    return DryCheckCard.Told(
      icon: told.agent.rawValue, tone: tone, text: rest.map { who + ": " + $0 } ?? who,
      fact: "\(step.tier) \(told.agent.rawValue) \(word)")
  }

  /// What is missing of a step, and what comes instead.
  func note(_ line: DryCheck.Line) -> String? {
    if line.missing.isEmpty {
      return line.isInstead ? words("There is no trusted contact. By e-mail instead.") : nil
    }
    let agents: KeyValuePairs = ["agents": AgentNames.list(line.missing, words)]
    return line.isInstead ? words("Not set up: {agents}. By e-mail instead.", agents) : words("Not set up: {agents}.", agents)
  }
}
