import Domain
import HTML
import Postgres
import Web

/// The page that opens first: what needs the person now.
enum Today {
  /// GET /
  ///
  /// What rings, the one that climbs soonest first; then everything else that is open and due before the day ends: what is late, what comes today.
  static func page(_ web: Context) throws -> Response {
    let person = try web.person
    let day = person.zone.local(web.now).day
    let midnight = person.zone.start(of: day.advanced(by: 1))
    let changes = Query<Int64>(column: "SELECT number FROM audit_heads WHERE account_id = my_account()")
    let (ringing, due, next, changed, lost) = try web.read(
      EscalationRow.ringing(limit: 50), ReminderRow.due(before: midnight, limit: 101), ReminderRow.planned(from: midnight), changes,
      ZoneWarnings.reminders)
    return web.list(try TodayPage(ringing, due, next.first, day, changes: changed.first ?? 0, ZoneWarnings(lost, person, web.words), web))
  }
}

/// What needs the person today.
struct TodayPage {
  let layout: Layout
  let date: String
  let zones: ZoneWarnings?
  let alarms: Part<EscalationItem>?
  let overdue: Part<ReminderItem>?
  let dueToday: Part<ReminderItem>?
  /// Acknowledged, and to be asked about again: neither late nor forgotten.
  let inHand: Part<ReminderItem>?
  let figures: [Figure]
  let isEmpty: Bool
  let nextLine: String?
  let nextPath: Path
  let more: String?
  let secret: CSRFField
  let create = Paths.reminders
  let list = Paths.reminders
  let nonce: HiddenField

  /// A section of the page; nil where nothing stands in it.
  struct Part<Item> {
    let rows: [Item]

    init?(_ rows: [Item]) {
      if rows.isEmpty { return nil }
      self.rows = rows
    }
  }

  /// A large number with its section.
  struct Figure {
    let target: String
    let tone: String
    let icon: String
    let label: String
    let value: Int
    let isZero: Bool
  }

  /// - Parameter changes: how many the account has seen so far.
  init(
    _ ringing: [EscalationRow], _ due: [ReminderRow], _ next: ReminderRow?, _ day: Day, changes: Int64, _ zones: ZoneWarnings?,
    _ web: Context
  )
    throws
  {
    self.zones = zones
    let person = try web.person
    let words = web.words
    layout = try Layout(words("Today"), .today, web)
    let secret = layout.secret
    self.secret = secret
    let view = ReminderItem.View(person, layout.secret, web.now, words, level: .section)
    let handled = due.filter { $0.escalationState == .acknowledged }
    let quiet = due.filter { $0.escalationState != .active && $0.escalationState != .acknowledged }
    let late = quiet.filter { $0.sortAt <= web.now }
    let coming = quiet.filter { $0.sortAt > web.now }
    alarms = Part(ringing.map { EscalationItem($0, person, secret, words, now: web.now, inSection: true) })
    overdue = Part(late.map { ReminderItem($0, view) })
    dueToday = Part(coming.map { ReminderItem($0, view) })
    inHand = Part(handled.map { ReminderItem($0, view) })
    figures = [
      Figure(
        target: "escalating", tone: "urgent", icon: "escalations", label: words("escalating"), value: person.counts.ringing,
        isZero: ringing.isEmpty),
      Figure(target: "overdue", tone: "urgent", icon: "late", label: words("overdue"), value: late.count, isZero: late.isEmpty),
      Figure(target: "due", tone: "due", icon: "clock", label: words("due today"), value: coming.count, isZero: coming.isEmpty),
    ]
    isEmpty = due.isEmpty && ringing.isEmpty
    nextLine = next.map {
      words(
        "Next: {title}, {time}.",
        ["title": String($0.title), "time": TimeWords.dayTime($0.sortAt, person.zone, person.language, now: web.now)])
    }
    nextPath = next.map { Paths.reminder($0.id) } ?? Paths.reminders
    more = due.count > 100 || person.counts.ringing > 50 ? words("There is more: see the whole list.") : nil
    date = TimeWords.date(day, person.language)
    // The same until something changes, so that the page can be answered 304; never again what it was, or a reminder would be taken for one
    // that was made before.
    nonce = HiddenField(name: "nonce", value: Idempotency.nonce("quick", String(changes), person: person, web.services.keys))
  }
}
