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
  /// What all rows of a page share.
  struct View {
    let zone: Zone
    let language: Language
    let today: Day
    let secret: Secret
    let now: Instant
    let words: Words
    let level: Level

    init(_ person: Person, _ secret: Secret, _ now: Instant, _ words: Words, level: Level = .page) {
      (zone, language, self.secret, self.now, self.words, self.level) = (person.zone, person.language, secret, now, words, level)
      today = person.zone.local(now).day
    }
  }

  /// Where the row stands: right below the page's heading, with a box to tick, or in a section with a heading of its own.
  enum Level { case page, section }

  let id: ID<Reminder>
  let title: Text
  let hasTick: Bool
  let state: StateMark
  /// When it is due, or until when it is snoozed; nil: nothing is planned.
  let time: TimeText?
  let status: String
  let profile: Text
  let tierWords: String?
  let delivery: DeliveryMark?
  let secret: Secret
  let path: Path
  let edit: Path
  let completion: Path
  let acknowledgement: Path
  let archival: Path
  let snooze: SnoozePanel
  let isOpen: Bool
  let isRinging: Bool

  init(_ row: ReminderRow, _ view: View) {
    id = row.id
    title = row.title
    hasTick = view.level == .page
    status = row.status
    isOpen = row.status == "active" || row.status == "snoozed"
    isRinging = row.escalationState == "active"
    state = StateMark(row, view)
    let when = row.status == "snoozed" ? row.snoozedUntil : row.escalation != nil ? row.sortAt : row.nextAt
    time = when.map { TimeText($0, zone: view.zone, language: view.language, now: view.now) }
    profile = row.profile
    tierWords = row.tier.flatMap { tier in
      row.escalation == nil || tier == 0 ? nil : view.words("tier {tier} of {tiers}", ["tier": String(tier), "tiers": String(row.tiers)])
    }
    delivery = DeliveryMark(row, view.words)
    secret = view.secret
    path = Paths.reminder(row.id)
    edit = Paths.editReminder(row.id)
    completion = Paths.completion(row.id)
    acknowledgement = Paths.acknowledgement(row.id)
    archival = Paths.archival(row.id)
    snooze = SnoozePanel(id: row.id.text, action: Paths.snoozes(row.id), secret: view.secret)
  }
}

/// A state as a word, a drawing and a colour.
struct StateMark {
  /// `urgent`, `due`, `calm`, `done`.
  let tone: String
  let icon: String
  let label: String

  init(tone: String, icon: String, label: String) { (self.tone, self.icon, self.label) = (tone, icon, label) }

  init(_ row: ReminderRow, _ view: ReminderItem.View) {
    let words = view.words
    switch row.status {
    case "completed": self.init(tone: "done", icon: "done", label: words("Completed"))
    case "archived": self.init(tone: "calm", icon: "archive", label: words("Archived"))
    case "snoozed": self.init(tone: "calm", icon: "snooze", label: words("Snoozed"))
    default:
      if row.escalationState == "active" {
        self.init(tone: "urgent", icon: "escalations", label: words("Escalating"))
      } else if row.escalationState == "acknowledged" {
        self.init(tone: "calm", icon: "acknowledge", label: words("Acknowledged"))
      } else if let next = row.nextAt, next <= view.now {
        self.init(tone: "urgent", icon: "late", label: words("Overdue"))
      } else if let next = row.nextAt, view.zone.local(next).day == view.today {
        self.init(tone: "due", icon: "clock", label: words("Due today"))
      } else if row.nextAt != nil {
        self.init(tone: "calm", icon: "clock", label: words("Planned"))
      } else {
        self.init(tone: "urgent", icon: "late", label: words("Waiting for you"))
      }
    }
  }
}

/// The last message about a reminder.
struct DeliveryMark {
  let state: String
  let label: String

  init?(_ row: ReminderRow, _ words: Words) {
    guard let agent = row.deliveryAgent, let state = row.deliveryState else { return nil }
    self.state = state
    label = DeliveryWords.label(agent: agent, state: state, words)
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

/// The form that snoozes, with its quick buttons.
struct SnoozePanel {
  let id: String
  let action: Path
  let secret: Secret
}

/// Lists that the reminders' forms offer.
enum ReminderOptions {
  static func importance(_ words: Words) -> [(value: String, label: String)] {
    [
      ("low", words("Low", context: "importance")), ("medium", words("Medium", context: "importance")),
      ("high", words("High", context: "importance")), ("critical", words("Critical", context: "importance")),
    ]
  }
}
