import Domain
import HTML
import Web

/// The page of one reminder.
struct ReminderPage {
  let layout: Layout
  let summary: ErrorSummary?
  let back = Paths.reminders
  let title: String
  let status: String
  let statusLabel: StatusBadge
  let description: SafeHTML?
  let schedule: PreviewCard
  let next: TimeText?
  let snoozedUntil: TimeText?
  let importance: String
  let profile: String
  let profilePath: Path
  let made: TimeText
  let open: OpenEscalation?
  let isRinging: Bool
  let history: [HistoryItem]
  let isOpen: Bool
  let canReopen: Bool
  /// The habit whose it is: that is edited, archived, brought back.
  let habit: Path?
  /// The deadline that it belongs to, which says when it rings.
  let deadline: Path?
  /// With whom it is to stay in touch: their page says how often.
  let known: Path?
  /// The event whose next time it rings for.
  let event: Path?
  let isOwn: Bool
  let hasTimes: Bool
  let snooze: SnoozeField
  /// How other programs complete it; nil: none does.
  let completing: CompletionCard?
  let secret: CSRFField
  let runNonce: HiddenField
  let edit: Path
  let calendar: Path
  /// Said where the file for other calendars holds no rule.
  let calendarNote: String?
  let completion: Path
  let acknowledgement: Path
  let reopening: Path
  let archival: Path
  /// nil: there is nobody who could have it.
  let offer: Path?
  /// Where it is asked first.
  let deletion: Path
  let run: Path

  /// The escalation that is running.
  struct OpenEscalation {
    let path: Path
    let badge: StatusBadge
    let meter: TierMeter?
    let next: NextStep?
    /// Somebody has to answer it.
    let isRinging: Bool
  }

  /// Something that happened.
  struct HistoryItem {
    let icon: String
    let tone: String
    let time: TimeText
    /// Nil where the line above is of the same day.
    var day: String?
    let text: String
    let path: Path?
  }

  init(_ details: ReminderDetails, _ web: Context, _ state: FormState = .fresh) throws {
    let person = try web.person
    let words = web.words
    let reminder = details.reminder
    let time = { (instant: Instant) in TimeText(instant, person, web.clock) }
    layout = try Layout(reminder.title, .reminders, web, countsRinging: true)
    title = reminder.title
    status = reminder.status.rawValue
    statusLabel = ReminderPage.badge(reminder.status, words)
    description = details.text?.html
    schedule = PreviewCard(
      reminder.schedule, last: reminder.base(at: web.now), words: reminder.words, isZoneLost: reminder.isZoneLost,
      skipped: reminder.skipped, person, now: web.now)
    // While it is snoozed, a time that has passed is not the next one (RULES 3.6). What a habit asks for next, its schedule does not know.
    let isSlept = reminder.status == .snoozed && reminder.nextAt.map { web.clock.hasCome($0) } ?? false
    next = (isSlept ? reminder.habit == nil ? reminder.coming(after: web.now) : nil : reminder.nextAt).map(time)
    snoozedUntil = reminder.snoozedUntil.map(time)
    importance = ReminderOptions.importance(words).first { $0.value == reminder.importance.rawValue }?.label ?? ""
    profile = details.profile.map { ProfileWords.name($0.name, isPreset: $0.preset != nil, words) } ?? ""
    profilePath = Paths.profile(reminder.profile)
    made = time(reminder.createdAt)
    open = details.escalations.first { $0.isOpen }.map { OpenEscalation($0, time, words) }
    isRinging = open?.isRinging ?? false
    history = ReminderPage.history(details, time, words)
    isOpen = reminder.status == .active || reminder.status == .snoozed
    habit = reminder.habit.map { Paths.habit($0) }
    deadline = details.deadline.map { Paths.deadline($0) }
    known = details.known.map { Paths.person($0) }
    event = details.event.map { Paths.event($0) }
    isOwn = reminder.habit == nil
    canReopen = !isOpen && reminder.habit == nil
    // Which days a habit asks for changes with what is entered.
    hasTimes = isOpen && reminder.habit == nil
    secret = layout.secret
    completing = isOpen ? CompletionCard(reminder, number: details.linkNumber, secret, web) : nil
    var make = FieldBuilder(state)
    let stamp = "revision " + String(details.revision)
    let nonce = { (what: String) in Idempotency.nonce(what, reminder.id.text, stamp) }
    snooze = SnoozeField(
      Paths.snoozes(reminder.id), nonces: (nonce("snooze"), nonce("quick snooze")), &make, layout.secret, words)
    summary = make.summary
    runNonce = HiddenField(name: "nonce", value: nonce("run"))
    edit = Paths.editReminder(reminder.id)
    calendar = Paths.reminderCalendar(reminder.id)
    calendarNote =
      reminder.publishedSeries(at: web.now).isList
      ? words("Other calendars have no rule for this: they get the next 100 times.") : nil
    completion = Paths.completion(reminder.id)
    acknowledgement = Paths.acknowledgement(reminder.id)
    reopening = Paths.reopening(reminder.id)
    archival = Paths.archival(reminder.id)
    offer = isOpen && isOwn && !reminder.isOfDesk && details.hasColleagues ? Paths.offer(reminder.id) : nil
    deletion = Paths.askDeletion(reminder.id)
    run = Paths.run(reminder.id)
  }

  static func badge(_ status: ReminderStatus, _ words: Words) -> StatusBadge {
    switch status {
    case .active: StatusBadge(tone: "calm", icon: "clock", label: words("Active"))
    case .snoozed: StatusBadge(tone: "calm", icon: "snooze", label: words("Snoozed"))
    case .completed: StatusBadge(tone: "done", icon: "done", label: words("Completed"))
    case .archived: StatusBadge(tone: "calm", icon: "archive", label: words("Archived"))
    }
  }

  private static func history(_ details: ReminderDetails, _ time: (Instant) -> TimeText, _ words: Words) -> [HistoryItem] {
    let escalations = details.escalations.map { past in
      let rang = words(
        "Rang, tier {tier}: {state}.", ["tier": String(past.progress.tier), "state": EscalationWords.state(past.progress.state, words)])
      let missed = MissedText.sentence(past.missed, from: past.missedFrom, words) { time($0).absolute.text }
      return (
        past.createdAt,
        HistoryItem(
          icon: past.progress.badge(words).icon, tone: past.progress.badge(words).tone, time: time(past.createdAt),
          text: missed.map { rang + " " + $0 } ?? rang, path: Paths.escalation(past.id))
      )
    }
    let snoozes = details.snoozes.map { past in
      (
        past.from,
        HistoryItem(
          icon: "snooze", tone: "calm", time: time(past.from),
          text: words("Snoozed until {time} (“{words}”).", ["time": time(past.until).when.text, "words": past.words])
            + (past.reason.utf8.isEmpty ? "" : " " + past.reason), path: nil)
      )
    }
    var items = (escalations + snoozes).sorted { $0.0 > $1.0 }.map { $0.1 }
    for (index, day) in DayMarks.of(items.map(\.time)).enumerated() { items[index].day = day }
    return items
  }
}

extension ReminderPage.OpenEscalation {
  init(_ past: EscalationSummary, _ time: (Instant) -> TimeText, _ words: Words) {
    path = Paths.escalation(past.id)
    badge = past.progress.badge(words)
    meter = past.progress.meter
    next = past.progress.nextStep(words, time)
    isRinging = past.progress.state == "active"
  }
}

/// The states of an escalation in words.
enum EscalationWords {
  static func state(_ state: String, _ words: Words) -> String {
    switch state {
    case "active": words("escalating")
    case "acknowledged": words("acknowledged")
    case "snoozed": words("snoozed")
    case "completed": words("completed")
    case "expired": words("expired")
    default: words("cancelled")
    }
  }
}
