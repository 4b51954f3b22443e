import Domain
import HTML
import Postgres
import Web

/// A section of Today: reminders that are late, due, or in somebody's hands.
struct ReminderSection {
  let id: String
  let heading: String
  let title: String
  let rows: [ReminderItem]

  /// What reminders put on Today: a form for a new one, what is late, what comes before the day ends, and what somebody has taken in hand.
  static func today(_ day: DayView) -> Reading<TodayPart> {
    let due = ReminderRow.due(before: day.midnight, limit: counted)
    return Reading(ProfileName.mine, due, ReminderRow.planned(from: day.midnight), LostReminder.next) { names, due, planned, lost in
      let due = due.map { $0.named(names) }
      let view = ReminderItem.View(day.person, day.clock, day.words, level: .section)
      var part = TodayPart(form: QuickReminder(day.secret, day.person, day.words))
      part.warnings = lost.map { $0.warning(day.words) }
      part.sections = sections(due, day, view)
      let shown = part.sections.reduce(0) { $0 + (($1.view as? ReminderSection)?.rows.count ?? 0) }
      part.next = planned.first.map { next($0, day) }
      part.more = due.count { $0.escalationState != .active } > shown ? Paths.reminders : nil
      return part
    }
  }

  /// How many reminders a section shows, and up to how many are counted for the number above it.
  private static let most = 20
  private static let counted = 100

  /// What rings stands among the escalations.
  private static func sections(_ due: [ReminderRow], _ day: DayView, _ view: ReminderItem.View) -> [TodaySection] {
    let words = day.words
    let handled = due.filter { $0.escalationState == .acknowledged }
    let quiet = due.filter { $0.escalationState != .active && $0.escalationState != .acknowledged }
    let late = quiet.filter { day.clock.hasCome($0.sortAt) }
    let coming = quiet.filter { !day.clock.hasCome($0.sortAt) }
    func section(_ id: String, _ heading: String, _ title: String, _ rows: [ReminderRow]) -> ReminderSection? {
      rows.isEmpty ? nil : ReminderSection(id: id, heading: heading, title: title, rows: rows.prefix(most).map { ReminderItem($0, view) })
    }
    func figure(_ target: String, _ tone: String, _ icon: String, _ label: String, _ rows: [ReminderRow]) -> TodayFigure {
      TodayFigure(target: target, tone: tone, icon: icon, label: label, value: rows.count, isZero: rows.isEmpty)
    }
    return [
      TodaySection(
        rank: .late, figure: figure("overdue", "urgent", "late", words("overdue"), late),
        view: section("overdue", "h-o", words("Overdue"), late)),
      TodaySection(
        rank: .today, figure: figure("due", "due", "clock", words("due today"), coming),
        view: section("due", "h-d", words("Due today"), coming)),
      // Neither late nor forgotten: Heed will ask about it again.
      TodaySection(rank: .inHand, figure: nil, view: section("in-hand", "h-i", words("You are on it"), handled)),
    ]
  }

  private static func next(_ row: ReminderRow, _ day: DayView) -> TodayPart.Next {
    // Good for the day, as all of the page.
    let time = TimeWords.dayTime(row.sortAt, day.person.zone, day.person.language, now: day.clock.now)
    return TodayPart.Next(
      at: row.sortAt, line: day.words("Next: {title}, {time}.", ["title": String(row.title), "time": time]), path: Paths.reminder(row.id))
  }
}

/// A reminder in a zone that this machine no longer knows, as the worker found.
struct LostReminder {
  let id: ID<Reminder>
  let title: String
  let zone: String

  /// The next three; when one is mended, another comes up.
  static var next: Query<LostReminder> {
    Query(
      """
      SELECT r.id, r.title, s.timezone AS zone FROM schedules s JOIN reminders r ON r.id = s.reminder_id
      WHERE s.user_id = me() AND s.zone_lost AND r.user_id = me() AND r.status IN ('active', 'snoozed') ORDER BY r.sort_at, r.id LIMIT 3
      """, into: LostReminder.init)
  }

  func warning(_ words: Words) -> ZoneWarnings.Line {
    let text = words(
      "“{title}” is in the time zone {zone}, which this site no longer knows. Choose another.", ["title": title, "zone": zone])
    return ZoneWarnings.Line(text: text, path: Paths.editReminder(id))
  }
}
