import Domain
import Postgres

extension EventRecord {
  /// Of a series these are one: what is changed of one is not mixed with another telling of the others.
  private static let ofSeries = ["times", "rule", "dates", "changes"]

  /// Takes what a file says of it, but for some fields.
  ///
  /// - Parameter isBare: a cancellation alone.
  func taking(_ other: EventRecord, but kept: [String], isBare: Bool) -> EventRecord {
    var row = self
    if !kept.contains("status") { row.content.status = other.content.status }
    if row.content.status != .cancelled { row.cancelledAt = nil }
    if isBare { return row }
    if !kept.contains("title") { row.content.title = other.content.title }
    if !kept.contains("description") { row.content.description = other.content.description }
    if !kept.contains("visibility") { row.content.visibility = other.content.visibility }
    if !kept.contains("busy") { row.content.busy = other.content.busy }
    if !kept.contains("location") { row.content.location = other.content.location }
    if !kept.contains("virtual_url") { row.content.virtualURL = other.content.virtualURL }
    if !kept.contains("times") { row = row.timed(other) }
    return row
  }

  /// When the file says it is: times, rule, dates and changed instances.
  private func timed(_ other: EventRecord) -> EventRecord {
    var row = self
    (row.series, row.contents) = (other.series, other.contents)
    if row.series.rule?.text != series.rule?.text { row.ruleWords = "" }
    return row
  }

  /// Of the fields that were changed by hand all that stay: where one of a series is, the others of it do too.
  static func kept(_ changed: [String]) -> [String] {
    guard changed.contains(where: { EventRecord.ofSeries.contains($0) }) else { return changed }
    return changed + EventRecord.ofSeries.filter { !changed.contains($0) }
  }

  /// What a file says, with the changed instances that were there and that it does not speak of: one file need not hold them all. Those that would
  /// name no instance any more are gone.
  func keeping(_ old: EventRecord) -> EventRecord {
    var row = self
    let base = series.with([])
    let known = Set(series.overrides.map(\.key))
    let others = old.series.overrides.filter { !known.contains($0.key) && base.instance($0.key) != nil }
    row.series = series.with(series.overrides + others)
    for override in others { row.contents[override.key] = old.contents[override.key] }
    return row
  }
}

/// Who is asked to an event, as its file says.
struct EventGuest: Equatable {
  enum Role: String, CaseIterable, Bindable { case organizer, guest, optional }
  enum Answer: String, CaseIterable, Bindable { case none, accepted, tentative, declined }

  let address: String
  let name: String
  let role: Role
  let answer: Answer
  /// Not a room or a thing.
  let isPerson: Bool

  /// At most ``EventEntry/mostAttendees``, who asks first.
  static func of(_ entry: EventEntry) -> [EventGuest] {
    var guests = entry.attendees.map { EventGuest($0, .guest) }
    if let organizer = entry.organizer {
      let key = AddressKey.email(organizer.mail ?? "")
      let place = guests.firstIndex { !key.isEmpty && AddressKey.email($0.address) == key }
      let asked = place.map { guests.remove(at: $0) }
      guests.insert(EventGuest(organizer, .organizer, asked), at: 0)
    }
    return Array(guests.prefix(EventEntry.mostAttendees))
  }

  private init(_ person: EventEntry.Person, _ role: Role, _ asked: EventGuest? = nil) {
    let mail = StoredTask.plain(person.mail ?? "")
    address = mail.unicodeScalars.count <= 254 ? mail : ""
    let name = StoredTask.cut(StoredTask.plain(person.name), 200)
    (self.name, self.role, isPerson) = (name.isEmpty ? asked?.name ?? "" : name, role, person.isPerson)
    switch person.answer {
    case .accepted: answer = .accepted
    case .declined: answer = .declined
    case .tentative: answer = .tentative
    case .open, .delegated: answer = asked?.answer ?? .none
    }
  }

  /// What is compared.
  var text: String { [address, name, role.rawValue, answer.rawValue].joined(separator: "\u{1F}") }

  /// The guests of events in place of those they had.
  static func writing(_ events: [(id: ID<Event>, guests: [EventGuest])], isNew: Bool, _ writing: PlannerWriting) -> [SQL] {
    let drops: [SQL] = isNew ? [] : events.map { "SELECT door.drop_guests(\($0.id))" }
    let all = events.flatMap { event in event.guests.enumerated().map { (id: event.id, place: $0.offset, guest: $0.element) } }
    if all.isEmpty { return drops }
    return drops + [
      .insert(
        into: "event_guests", .each("event_id", all.map(\.id)), .all("user_id", "\(writing.person.id)"),
        .each("position", all.map(\.place)),
        .each("address", all.map(\.guest.address)), .each("name", all.map(\.guest.name)), .each("role", all.map(\.guest.role)),
        .each("answer", all.map(\.guest.answer)))
    ]
  }
}
