import Domain
import HTML
import Web

/// The page of one escalation: what happened, now, and what is planned, in one list.
struct TimelinePage {
  let layout: Layout
  let summary: ErrorSummary?
  let back = Paths.escalations
  let title: String
  let reminder: Path
  let badge: StatusBadge
  let state: String
  let tier: String
  let tierLabel: String
  let nextStep: TimeText?
  let meter: TierMeter?
  let ladder: LadderCard
  let started: TimeText
  let origin: String
  /// Of whom its tiers tell; nil on pages of earlier entries, and of notes alone.
  let tiers: TierTable?
  /// The whole timeline or notes alone, as links.
  let views: [Chip]
  /// Where notes alone are asked for and there are none.
  let hasNoNote: Bool
  let past: [TimelineItem]
  /// The page before this one.
  let earlier: Path?
  /// The newest page, where this is another.
  let newest: Path?
  /// "10:13" while it is open; an ended one stays as it is, whenever it is looked at.
  let nowClock: String?
  let planned: [TimelineItem]
  let canAcknowledge: Bool
  let canComplete: Bool
  let canSnooze: Bool
  let canAdvance: Bool
  let again: TextField
  let snooze: SnoozeField
  let note: TextArea
  let nonce: HiddenField
  let secret: CSRFField
  let acknowledgement: Path
  let completion: Path
  let advance: Path
  let notes: Path

  init(_ details: EscalationDetails, _ web: Context, view: EscalationDetails.View = .full, _ state: FormState = .fresh) throws {
    let person = try web.person
    let words = web.words
    let escalation = details.escalation
    let course = escalation.course
    let lines = TimelineText(details, person, words, web.clock)
    layout = try Layout(details.title, .escalations, web, countsRinging: true)
    title = details.title
    reminder = Paths.reminder(escalation.reminder)
    badge = EscalationBadge.of(course.state.rawValue, course.tier, course.ladder.tiers.count, words)
    self.state = course.state.rawValue
    tier = String(course.tier)
    tierLabel = words("tier {tier} of {tiers}", ["tier": String(course.tier), "tiers": String(course.ladder.tiers.count)])
    nextStep = (course.plannedStep?.at ?? course.againAt ?? course.snoozedUntil).map { TimeText($0, person, web.clock) }
    started = TimeText(course.startedAt, person, web.clock)
    origin = lines.origin
    let time = { (instant: Instant) in TimeText(instant, person, web.clock) }
    tiers = details.tiers.map { TierTable(details, $0, words, time, now: web.now) }
    let (told, ahead) = (lines.past, lines.planned)
    let address = TimelinePage.address(escalation.id, view)
    earlier = details.earlier.map { address.adding("before", $0.text) }
    newest = details.isNewest ? nil : address
    hasNoNote = view == .notes && told.isEmpty
    views = [(EscalationDetails.View.full, words("Full timeline")), (.notes, words("Notes only"))].map { one, label in
      Chip(path: TimelinePage.address(escalation.id, one), label: label, count: nil, isCurrent: one == view)
    }
    let days = DayMarks.of((told + ahead).map(\.time))
    past = zip(told, days).map { $0.on($1) }
    planned = zip(ahead, days.dropFirst(told.count)).map { $0.on($1) }
    nowClock = course.isOpen ? TimeText(web.now, person, web.clock).clock.text : nil
    meter = course.state == .active ? TierMeter(course.tier, of: course.ladder.tiers.count) : nil
    ladder = LadderCard(course, isOfDesk: details.escalation.isOfDesk, words) { TimeText($0, person, web.clock) }
    let isLive = details.status == "active" || details.status == "snoozed"
    let isAnswerable = isLive && course.state != .completed && course.state != .cancelled
    canAcknowledge = isAnswerable && course.state != .acknowledged
    canComplete = isAnswerable
    canSnooze = isAnswerable && (course.isOpen || course.state == .expired)
    canAdvance = course.state == .active && course.tier < course.ladder.tiers.count
    var make = FieldBuilder(state)
    let stamp = "revision " + String(details.revision)
    let nonceOf = { (what: String) in Idempotency.nonce(what, escalation.id.text, stamp) }
    snooze = SnoozeField(
      Paths.snoozes(escalation.id), nonces: (nonceOf("snooze"), nonceOf("quick snooze")), &make, layout.secret, words)
    again = make.text("again_in", words("Ask again in"), help: TimelinePage.againHelp(details.againMinutes, words))
    note = make.area("text", words("Note"), rows: 2)
    summary = make.summary
    nonce = HiddenField(name: "nonce", value: nonceOf("note"))
    secret = layout.secret
    acknowledgement = Paths.acknowledgement(escalation.id)
    completion = Paths.completion(escalation.id)
    advance = Paths.advance(escalation.id)
    notes = Paths.notes(escalation.id)
  }

  private static func address(_ id: ID<Escalation>, _ view: EscalationDetails.View) -> Path {
    Paths.escalation(id).adding("view", view == .full ? nil : view.rawValue)
  }

  private static func againHelp(_ minutes: Int?, _ words: Words) -> String {
    guard let minutes else { return words("Leave empty to be asked no more, or write “2 hours”.") }
    return words(
      "Empty means {span}, as your settings say. Or write “2 hours”, or “never”.", ["span": TierChannel.span(minutes: minutes, words)])
  }
}

/// A line of the timeline.
struct TimelineItem {
  let tone: String
  let icon: String
  let time: TimeText
  let text: String
  let detail: String?
  let deliveries: [DeliveryItem]
  /// The day, where the line above is of another one.
  var day: String?

  func on(_ day: String?) -> TimelineItem {
    var item = self
    item.day = day
    return item
  }
}

/// A message in the timeline, with the states it went through.
struct DeliveryItem {
  let tone: String
  let label: String
  let state: String
  let words: String
  let steps: [Step]

  struct Step {
    let state: String
    let time: TimeText
    /// "09:53:04".
    let clock: String
    let lasted: String
    let detail: String
  }
}
