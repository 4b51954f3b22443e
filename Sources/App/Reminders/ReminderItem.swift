import Domain
import HTML
import Postgres

/// One reminder in a list.
struct ReminderItem {
  /// What all rows of a page share. A class: fifty rows hold it.
  final class View {
    let zone: Zone
    let language: Language
    /// When the next day begins.
    let midnight: Instant
    let clock: PageClock
    let words: Words
    let level: Level
    /// The rows whose boxes are ticked: after a bulk form was refused.
    let ticked: Set<ID<Reminder>>
    private var rows = 0

    init(_ person: Person, _ clock: PageClock, _ words: Words, level: Level = .page, ticked: Set<ID<Reminder>> = []) {
      self.ticked = ticked
      (zone, language, self.clock, self.words, self.level) = (person.zone, person.language, clock, words, level)
      midnight = clock.midnight(in: person.zone)
    }

    /// How many rows there are with this one.
    fileprivate func counted() -> Int {
      rows += 1
      return rows
    }
  }

  /// Where the row stands: right below the page's heading, with a box to tick, or in a section with a heading of its own.
  enum Level { case page, section }

  private let row: ReminderRow
  private let view: View
  /// Its place among the rows of the page.
  private let number: Int
  let condition: ReminderCondition

  init(_ row: ReminderRow, _ view: View) {
    (self.row, self.view, number) = (row, view, view.counted())
    condition = ReminderCondition(row, view.clock, midnight: view.midnight)
  }

  var id: ID<Reminder> { row.id }
  /// The id of the title on the page: controls are named after it. Short, for each row says it four times.
  var mark: String { "r" + String(number) }
  var title: Text { row.title }
  var profile: Text { row.profile.name }
  var preset: LadderPreset? { row.profile.preset }
  /// The preset's name in the reader's language.
  var presetName: String { ProfileWords.name(String(row.profile.name), isPreset: true, view.words) }
  var hasTick: Bool { view.level == .page }
  var isTicked: Bool { !view.ticked.isEmpty && view.ticked.contains(id) }
  var isOpen: Bool { row.status == .active || row.status == .snoozed }
  var isRinging: Bool { row.escalationState == .active }
  var path: Path { Paths.reminder(id) }
  /// Where it is snoozed in words; with script, in place.
  var snooze: Path { Paths.snoozing(id) }
  var completion: Path { Paths.completion(id) }
  var acknowledgement: Path { Paths.acknowledgement(id) }
  /// Whose it is.
  var habit: Path? { row.habit.map { Paths.habit($0) } }
  /// What rings is answered first; a habit's is archived with the habit.
  var isArchivable: Bool { row.habit == nil && !isRinging }
  var archival: Path { Paths.archival(id) }
  var badge: StatusBadge { condition.badge(view.words) }
  var delivery: DeliverySummary? { row.delivery }
  /// "e-mail sent".
  var deliveryWords: String? { row.delivery.map { DeliveryWords.label($0.agent, $0.state, view.words) } }

  /// When it is due, or until when it is snoozed; nil: nothing is planned.
  var time: TimeText? {
    let when = row.status == .snoozed ? row.snoozedUntil : row.tier != nil ? row.sortAt : row.nextAt
    return when.map { TimeText($0, zone: view.zone, language: view.language, view.clock) }
  }

  /// "tier 2 of 3" while somebody is being told.
  var tierWords: String? {
    guard let tier = row.tier, tier > 0, let tiers = row.tiers else { return nil }
    return view.words("tier {tier} of {tiers}", ["tier": String(tier), "tiers": String(tiers)])
  }
}

/// What a person should know first about a reminder.
enum ReminderCondition {
  case completed, archived, snoozed, escalating, acknowledged, overdue, dueToday, planned
  /// Nothing is planned, and nobody has answered.
  case waiting

  /// - Parameter midnight: when the next day begins.
  init(_ row: ReminderRow, _ clock: PageClock, midnight: Instant) {
    switch (row.status, row.escalationState, row.nextAt) {
    case (.completed, _, _): self = .completed
    case (.archived, _, _): self = .archived
    case (.snoozed, _, _): self = .snoozed
    case (.active, .active, _): self = .escalating
    case (.active, .acknowledged, _): self = .acknowledged
    case (.active, _, let next?): self = clock.hasCome(next) ? .overdue : next < midnight ? .dueToday : .planned
    case (.active, _, nil): self = .waiting
    }
  }

  /// Whether the whole row has a colour other than that of what needs nobody.
  var stands: Bool { tone != "calm" }

  /// The colour of the whole row.
  var tone: String {
    switch self {
    case .escalating, .overdue, .waiting: "urgent"
    case .dueToday: "due"
    case .archived, .snoozed, .acknowledged, .planned: "calm"
    case .completed: "done"
    }
  }

  func badge(_ words: Words) -> StatusBadge {
    let (icon, label) =
      switch self {
      case .completed: ("done", words("Completed"))
      case .archived: ("archive", words("Archived"))
      case .snoozed: ("snooze", words("Snoozed"))
      case .escalating: ("escalations", words("Escalating"))
      case .acknowledged: ("acknowledge", words("Acknowledged"))
      case .overdue: ("late", words("Overdue"))
      case .dueToday: ("clock", words("Due today"))
      case .planned: ("clock", words("Planned"))
      case .waiting: ("late", words("Waiting for you"))
      }
    return StatusBadge(tone: tone, icon: icon, label: label)
  }
}
