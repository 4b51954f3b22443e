import Domain
import HTML
import Postgres
import Web

/// The page that opens first: what needs the person now.
enum Today {
  /// GET /
  ///
  /// One list of everything open that is due before the day ends, soonest first: what rings, what is late, what comes today.
  static func page(_ web: Context) throws -> Response {
    let person = try web.person
    let day = person.zone.local(web.now).day
    let midnight = person.zone.start(of: day.advanced(by: 1))
    let changes = Query<Int64>(column: "SELECT number FROM audit_heads WHERE account_id = my_account()")
    let (due, next, changed) = try web.read(ReminderRow.due(before: midnight, limit: 101), ReminderRow.planned(from: midnight), changes)
    return web.list(try TodayPage(due, next.first, day, changes: changed.first ?? 0, web))
  }
}

/// What needs the person today.
struct TodayPage {
  let layout: Layout
  let date: String
  let escalating: [ReminderItem]
  let overdue: [ReminderItem]
  let dueToday: [ReminderItem]
  let figures: [Figure]
  let isEmpty: Bool
  let nextLine: String?
  let nextPath: Path
  let more: String?
  let secret: Secret
  let create = Paths.reminders
  let list = Paths.reminders
  let nonce: HiddenField

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
  init(_ due: [ReminderRow], _ next: ReminderRow?, _ day: Day, changes: Int64, _ web: Context) throws {
    let person = try web.person
    let words = web.words
    layout = try Layout(words("Today"), .today, web)
    secret = layout.secret
    let view = ReminderItem.View(person, layout.secret, web.now, words, level: .section)
    let ringing = due.filter { $0.escalationState == "active" }
    let late = due.filter { $0.escalationState != "active" && $0.sortAt <= web.now }
    let coming = due.filter { $0.escalationState != "active" && $0.sortAt > web.now }
    escalating = ringing.map { ReminderItem($0, view) }
    overdue = late.map { ReminderItem($0, view) }
    dueToday = coming.map { ReminderItem($0, view) }
    figures = [
      Figure(
        target: "escalating", tone: "urgent", icon: "escalations", label: words("escalating"), value: ringing.count, isZero: ringing.isEmpty
      ),
      Figure(target: "overdue", tone: "urgent", icon: "late", label: words("overdue"), value: late.count, isZero: late.isEmpty),
      Figure(target: "due", tone: "due", icon: "clock", label: words("due today"), value: coming.count, isZero: coming.isEmpty),
    ]
    isEmpty = due.isEmpty
    nextLine = next.map {
      words(
        "Next: {title}, {time}.",
        ["title": String($0.title), "time": TimeWords.dayTime($0.sortAt, person.zone, person.language, now: web.now)])
    }
    nextPath = next.map { Paths.reminder($0.id) } ?? Paths.reminders
    more = due.count > 100 ? words("There is more: see the whole list.") : nil
    date = TimeWords.date(day, person.language)
    // The same until something changes, so that the page can be answered 304; never again what it was, or a reminder would be taken for one
    // that was made before.
    nonce = HiddenField(name: "nonce", value: Once.nonce("quick", String(changes), person: person, web.services.keys))
  }
}
