import Domain
import HTML
import Postgres
import Web

/// The list of reminders.
struct ReminderListPage {
  let layout: Layout
  let chips: [Chip]
  let filters: Filters
  let rows: [ReminderItem]
  let next: Path?
  let empty: EmptyState
  let secret: Secret
  let bulk = Paths.bulkReminders
  let new = Paths.newReminder

  /// One filter with its count.
  struct Chip {
    let path: Path
    let label: String
    let count: String
    let isCurrent: Bool
  }

  /// The search form.
  struct Filters {
    let action = Paths.reminders
    let status: HiddenField
    let search: String
    let importance: ChoiceField
    let sort: ChoiceField
  }

  /// Nothing yet, or nothing that matches.
  struct EmptyState {
    let isFiltered: Bool
    let title: String
    let text: String
    let clear = Paths.reminders
    let new = Paths.newReminder
  }

  init(_ found: [ReminderRow], _ filter: ReminderFilter, _ web: Context) throws {
    let person = try web.person
    let words = web.words
    layout = try Layout(words("Reminders"), .reminders, web)
    secret = layout.secret
    let view = ReminderItem.View(person, layout.secret, web.now, words)
    rows = found.prefix(50).map { ReminderItem($0, view) }
    next = found.count > 50 ? filter.path(after: found[49].cursor(filter.sort).text) : nil
    chips = ReminderListPage.chips(filter, person.counts, words)
    let make = FieldMaker()
    filters = Filters(
      status: HiddenField(name: "status", value: filter.status.rawValue), search: filter.search,
      importance: make.choice(
        "importance", words("Importance"), filter.importance?.rawValue ?? "", [("", words("Any"))] + ReminderOptions.importance(words)),
      sort: make.choice(
        "sort", words("Sort by"), filter.sort.rawValue,
        [("due", words("Due first")), ("title", words("Title")), ("importance", words("Importance"))]))
    let isFiltered = filter.status != .open || filter.importance != nil || !filter.search.utf8.isEmpty
    empty = EmptyState(
      isFiltered: isFiltered, title: isFiltered ? words("Nothing matches") : words("No reminders yet"),
      text: isFiltered
        ? words("No reminder fits these filters.") : words("A reminder asks again, and louder, until you heed it. Write the first one."))
  }

  private static func chips(_ filter: ReminderFilter, _ counts: Person.Counts, _ words: Words) -> [Chip] {
    let all: [(ReminderFilter.Status, String, Int)] = [
      (.open, words("Open", context: "list"), counts.active + counts.snoozed), (.active, words("Active", context: "list"), counts.active),
      (.snoozed, words("Snoozed", context: "list"), counts.snoozed), (.completed, words("Completed", context: "list"), counts.completed),
      (.archived, words("Archived", context: "list"), counts.archived),
      (.all, words("All", context: "list"), counts.active + counts.snoozed + counts.completed + counts.archived),
    ]
    return all.map { Chip(path: filter.path(status: $0.0), label: $0.1, count: String($0.2), isCurrent: $0.0 == filter.status) }
  }
}

/// One reminder in a list.
struct ReminderItem {
  /// What all rows of a page share. A class: fifty rows hold it.
  final class View {
    let zone: Zone
    let language: Language
    let today: Day
    let now: Instant
    let words: Words
    let level: Level
    let marks: StateMark.All
    let deliveries: DeliveryMark.Known
    /// What is the same in every row, rendered once.
    let secret, snooze: SafeHTML
    /// The presets' names in the reader's language.
    private var presets: [(stored: Text, shown: Text)] = []

    init(_ person: Person, _ secret: Secret, _ now: Instant, _ words: Words, level: Level = .page) {
      (zone, language, self.now, self.words, self.level) = (person.zone, person.language, now, words, level)
      today = person.zone.local(now).day
      marks = StateMark.All(words)
      deliveries = DeliveryMark.Known(words)
      self.secret = secret.safe(words)
      snooze = SnoozePanel().safe(words)
    }

    /// The name of a row's profile; each preset is put into words once.
    func profile(_ row: ReminderRow) -> Text {
      guard row.isPreset else { return row.profile }
      if let known = presets.first(where: { $0.stored == row.profile }) { return known.shown }
      let shown = Text(ProfileWords.name(String(row.profile), isPreset: true, words))
      presets.append((row.profile, shown))
      return shown
    }
  }

  /// Where the row stands: right below the page's heading, with a box to tick, or in a section with a heading of its own.
  enum Level { case page, section }

  private let row: ReminderRow
  private let view: View
  private let mark: StateMark.All.Mark

  init(_ row: ReminderRow, _ view: View) {
    (self.row, self.view) = (row, view)
    mark = view.mark(row)
  }

  var tone: String { mark.tone }
  var state: SafeHTML { mark.html }

  var id: ID<Reminder> { row.id }
  var title: Text { row.title }
  var profile: Text { view.profile(row) }
  var hasTick: Bool { view.level == .page }
  var isOpen: Bool { row.status == "active" || row.status == "snoozed" }
  var isRinging: Bool { row.escalationState == "active" }
  var secret: SafeHTML { view.secret }
  var snooze: SafeHTML { view.snooze }
  var path: Path { Paths.reminder(id) }
  var edit: Path { Paths.editReminder(id) }
  var completion: Path { Paths.completion(id) }
  var acknowledgement: Path { Paths.acknowledgement(id) }
  var archival: Path { Paths.archival(id) }
  var snoozes: Path { Paths.snoozes(id) }
  var delivery: SafeHTML? { view.deliveries.mark(row) }

  /// When it is due, or until when it is snoozed; nil: nothing is planned.
  var time: TimeText? {
    let when = row.status == "snoozed" ? row.snoozedUntil : row.escalation != nil ? row.sortAt : row.nextAt
    return when.map { TimeText($0, zone: view.zone, language: view.language, now: view.now) }
  }

  /// "tier 2 of 3" while somebody is being told.
  var tierWords: String? {
    guard row.escalation != nil, let tier = row.tier, tier > 0, let tiers = row.tiers else { return nil }
    return view.words("tier {tier} of {tiers}", ["tier": String(tier), "tiers": String(tiers)])
  }
}

/// A state as a word, a drawing and a colour.
struct StateMark {
  /// `urgent`, `due`, `calm`, `done`.
  let tone: String
  let icon: String
  let label: String

  /// The marks of a reminder, rendered once for all rows of a page.
  struct All {
    /// A mark's tone and what stands in the row.
    struct Mark {
      let tone: String
      let html: SafeHTML

      init(_ tone: String, _ icon: String, _ label: String, _ words: Words) {
        self.tone = tone
        html = StateMark(tone: tone, icon: icon, label: label).safe(words)
      }
    }

    let completed, archived, snoozed, escalating, acknowledged, overdue, dueToday, planned, waiting: Mark

    init(_ words: Words) {
      completed = Mark("done", "done", words("Completed"), words)
      archived = Mark("calm", "archive", words("Archived"), words)
      snoozed = Mark("calm", "snooze", words("Snoozed"), words)
      escalating = Mark("urgent", "escalations", words("Escalating"), words)
      acknowledged = Mark("calm", "acknowledge", words("Acknowledged"), words)
      overdue = Mark("urgent", "late", words("Overdue"), words)
      dueToday = Mark("due", "clock", words("Due today"), words)
      planned = Mark("calm", "clock", words("Planned"), words)
      waiting = Mark("urgent", "late", words("Waiting for you"), words)
    }
  }
}

extension ReminderItem.View {
  /// The mark of a row.
  func mark(_ row: ReminderRow) -> StateMark.All.Mark {
    switch row.status {
    case "completed": return marks.completed
    case "archived": return marks.archived
    case "snoozed": return marks.snoozed
    default: break
    }
    if row.escalationState == "active" { return marks.escalating }
    if row.escalationState == "acknowledged" { return marks.acknowledged }
    guard let next = row.nextAt else { return marks.waiting }
    if next <= now { return marks.overdue }
    return zone.local(next).day == today ? marks.dueToday : marks.planned
  }
}

/// The last message about a reminder.
struct DeliveryMark {
  let state: String
  let label: String

  /// The marks that rows of one page have asked for. There are a handful, so each is rendered once.
  final class Known {
    private let words: Words
    private var marks: [(agent: String, state: String, html: SafeHTML)] = []

    init(_ words: Words) { self.words = words }

    func mark(_ row: ReminderRow) -> SafeHTML? {
      guard let agent = row.deliveryAgent, let state = row.deliveryState else { return nil }
      if let known = marks.first(where: { $0.state == state && $0.agent == agent }) { return known.html }
      let html = DeliveryMark(state: state, label: DeliveryWords.label(agent: agent, state: state, words)).safe(words)
      marks.append((agent, state, html))
      return html
    }
  }
}

/// What became of a message, in words.
enum DeliveryWords {
  static func label(agent: String, state: String, _ words: Words) -> String {
    words("{agent} {state}", ["agent": self.agent(agent, words), "state": self.state(state, words)])
  }

  static func agent(_ name: String, _ words: Words) -> String {
    switch name {
    case "email": words("e-mail")
    case "sms": words("SMS")
    case "webhook": words("webhook")
    case "push": words("push")
    default: words("pull")
    }
  }

  static func state(_ name: String, _ words: Words) -> String {
    switch name {
    case "pending": words("waiting", context: "message")
    case "sending": words("on its way", context: "message")
    case "sent": words("sent", context: "message")
    case "delivered": words("delivered", context: "message")
    case "failed": words("failed", context: "message")
    case "held": words("held", context: "message")
    default: words("cancelled", context: "message")
    }
  }
}

/// What a form that snoozes holds: a field for a phrase, and quick buttons.
struct SnoozePanel {}

/// Lists that the reminders' forms offer.
enum ReminderOptions {
  static func importance(_ words: Words) -> [(value: String, label: String)] {
    [
      ("low", words("Low", context: "importance")), ("medium", words("Medium", context: "importance")),
      ("high", words("High", context: "importance")), ("critical", words("Critical", context: "importance")),
    ]
  }
}
