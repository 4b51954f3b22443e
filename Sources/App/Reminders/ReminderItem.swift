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
    let now: Instant
    let words: Words
    let level: Level
    /// The rows whose boxes are ticked: after a bulk form was refused.
    let ticked: Set<ID<Reminder>>
    let marks: StatusBadge.All
    let deliveries: DeliveryBadge.Known
    /// What is the same in every row, rendered once.
    let secret, snooze: SafeHTML
    /// The presets' names in the reader's language.
    private var presets: [(stored: Text, shown: Text)] = []

    init(_ person: Person, _ secret: CSRFField, _ now: Instant, _ words: Words, level: Level = .page, ticked: Set<ID<Reminder>> = []) {
      self.ticked = ticked
      (zone, language, self.now, self.words, self.level) = (person.zone, person.language, now, words, level)
      midnight = person.zone.start(of: person.zone.local(now).day.advanced(by: 1))
      marks = StatusBadge.All(words)
      deliveries = DeliveryBadge.Known(words)
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
  private let mark: StatusBadge.All.Mark

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
  var isTicked: Bool { !view.ticked.isEmpty && view.ticked.contains(id) }
  var isOpen: Bool { row.status == .active || row.status == .snoozed }
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
    let when = row.status == .snoozed ? row.snoozedUntil : row.tier != nil ? row.sortAt : row.nextAt
    return when.map { TimeText($0, zone: view.zone, language: view.language, now: view.now) }
  }

  /// "tier 2 of 3" while somebody is being told.
  var tierWords: String? {
    guard let tier = row.tier, tier > 0, let tiers = row.tiers else { return nil }
    return view.words("tier {tier} of {tiers}", ["tier": String(tier), "tiers": String(tiers)])
  }
}

extension ReminderItem.View {
  /// The mark of a row.
  func mark(_ row: ReminderRow) -> StatusBadge.All.Mark {
    switch row.status {
    case .completed: return marks.completed
    case .archived: return marks.archived
    case .snoozed: return marks.snoozed
    case .active: break
    }
    if row.escalationState == "active" { return marks.escalating }
    if row.escalationState == "acknowledged" { return marks.acknowledged }
    guard let next = row.nextAt else { return marks.waiting }
    if next <= now { return marks.overdue }
    return next < midnight ? marks.dueToday : marks.planned
  }
}

/// What a form that snoozes holds: a field for a phrase, and quick buttons.
struct SnoozePanel {}
