import Domain
import HTML
import Postgres

/// An event of a file or a feed as it would be stored, with all that it is compared by (RULES 9.17, 9.25).
struct FileEvent {
  /// What it is known by.
  let key: String
  let line: Int
  let title: String
  /// Of the latest that the file says of it.
  let order: EventOrder
  /// With an id that nobody has yet.
  let row: EventRecord
  let tags: [String]
  let guests: [EventGuest]
  /// A cancellation that says little more than what is cancelled.
  let isBareCancellation: Bool
  /// When the file said each changed instance.
  let orders: [InstanceKey: EventOrder]
  /// Of start, end, title and place.
  let hash: String

  /// Words that no title stands for.
  struct Names {
    let untitled: String

    init(_ words: Words) { untitled = words("Untitled event") }

    init(untitled: String) { self.untitled = untitled }
  }

  /// An event or a series with its changed instances.
  ///
  /// - Throws: ``EventTimesError``.
  init(_ entry: EventEntry, _ changes: [EventEntry], source: String, _ names: Names, at now: Instant) throws(EventTimesError) {
    let times = try entry.eventTimes
    let content = EventContent(entry, names)
    let own = times.isAllDay ? Zone.utc : times.zone
    let base = EventSeries(
      times, rule: entry.rule, rdates: entry.rdates.map { $0.date(in: own) }, exdates: entry.exdates.map { $0.date(in: own) },
      countsStart: entry.rule != nil || !entry.rdates.isEmpty)
    var (overrides, contents, orders): ([EventOverride], [InstanceKey: OverrideContent], [InstanceKey: EventOrder]) = ([], [:], [:])
    for change in changes {
      guard let one = FileOverride(change, of: base, content, names) else { continue }
      orders[one.key] = change.order
      if one.isNothing { continue }
      overrides.append(one.override)
      contents[one.key] = one.content
    }
    self.init(entry, content, base.with(overrides), contents, orders, changes, source, at: now)
  }

  private init(
    _ entry: EventEntry, _ content: EventContent, _ series: EventSeries, _ contents: [InstanceKey: OverrideContent],
    _ orders: [InstanceKey: EventOrder], _ changes: [EventEntry], _ source: String, at now: Instant
  ) {
    key = FileEvent.key(entry)
    (line, title, self.orders) = (entry.line, content.title, orders)
    order = changes.reduce(entry.order) { max($0, $1.order) }
    var row = EventRecord(.new(at: now), content, series)
    (row.contents, row.source, row.sequence, row.metadata) = (contents, source, entry.order.keptSequence, entry.storedMetadata)
    let uid = StoredTask.plain(entry.uid)
    // One changed instance alone is an event of its own: the name belongs to its series.
    row.uid = uid.unicodeScalars.count <= 500 && entry.instance == nil ? uid : ""
    self.row = row
    (tags, guests) = (entry.tags.map(StoredTask.plain), EventGuest.of(entry))
    isBareCancellation = entry.status == .cancelled && entry.title.isEmpty
    hash = entry.hash.text
  }

  /// What an entry is known by: its UID, with the instance that it stands for; without one a hash of when, what and where.
  static func key(_ entry: EventEntry) -> String {
    if entry.uid.isEmpty { return "hash:" + entry.hash.text }
    let uid = FileEvent.key(uid: entry.uid)
    return entry.instance.map { uid + "\n" + $0.named(in: entry.times).stored } ?? uid
  }

  static func key(uid: String) -> String {
    let uid = StoredTask.plain(uid)
    return uid.unicodeScalars.count <= 440 ? uid : "sha256:" + SourceFields.hash(uid)
  }

  /// What the file says, as it is compared with what it said before.
  var fields: SourceFields { SourceFields(row.sourced(tags).merging(["guests": guests.map(\.text).joined(separator: "\n")]) { $1 }) }

  /// The same bytes for what says the same, whenever it was written.
  var content: String { fields.text + row.metadata }
}

/// What a file says of one instance of a series.
struct FileOverride {
  let key: InstanceKey
  let override: EventOverride
  let content: OverrideContent
  /// Whether it says nothing but what the series says.
  let isNothing: Bool

  /// nil: its times are none that an event has.
  init?(_ change: EventEntry, of series: EventSeries, _ content: EventContent, _ names: FileEvent.Names) {
    guard let moment = change.instance, let times = try? change.eventTimes else { return nil }
    let key = series.key(for: moment.date(in: series.times.isAllDay ? .utc : series.times.zone))
    let isGiven = series.instance(key) != nil
    let isBare = change.status == .cancelled && change.title.isEmpty
    var own = EventContent(change, names)
    (own.type, own.importance, own.place) = (content.type, content.importance, content.place)
    if isBare {
      own = content
      own.status = .cancelled
    }
    let isMoved = !isBare && times != series.times.moved(to: key.wall)
    self.key = key
    self.content = own.difference(from: content)
    override = EventOverride(key, times: isMoved || !isGiven ? times : nil, isCancelled: own.status == .cancelled)
    isNothing = override.times == nil && self.content.isEmpty
  }
}

extension EventEntry {
  /// - Throws: ``EventTimesError``.
  fileprivate var eventTimes: EventTimes {
    get throws(EventTimesError) {
      switch times {
      case .days(let days): return try EventTimes(allDay: days.lowerBound, through: days.upperBound)
      case .clock(let clock):
        let ends = clock.ends ?? EventType.meeting.standardEnd(after: clock.starts)
        return try EventTimes(from: clock.starts, to: ends, zone: clock.zone, endZone: clock.endZone)
      }
    }
  }

  /// What other programs keep of it, as a JSON object; what would not fit is left off whole.
  fileprivate var storedMetadata: String {
    var members: [(name: String, value: [String])] = []
    func add(_ name: String, _ text: String) {
      if let place = members.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
        members[place].value.append(text)
      } else {
        members.append((name, [text]))
      }
    }
    for field in metadata { add(StoredTask.plain(field.name), StoredTask.plain(field.text)) }
    if !link.isEmpty { add("URL", link) }
    if let coordinates { add("GEO", "\(coordinates.latitude);\(coordinates.longitude)") }
    let json = JSONText.object(
      members.map { member in
        let texts = member.value.map { JSONText.string($0) }
        return (name: member.name, value: texts.count == 1 ? texts[0] : JSONText.array(texts))
      })
    return json.text.utf8.count <= 60_000 ? json.text : "{}"
  }
}

extension EventMoment {
  /// As a series in a zone says it.
  func date(in zone: Zone) -> SeriesDate {
    switch self {
    case .day(let day): .day(day)
    case .wall(let local, let own): own == zone ? .wall(local) : .zoned(local, own)
    case .instant(let instant): .instant(instant)
    }
  }

  /// As a key holds it: ``SeriesDate/text``.
  fileprivate var stored: String { date(in: .utc).text }
}

extension EventContent {
  /// What an entry says; what it leaves open is as on a form.
  fileprivate init(_ entry: EventEntry, _ names: FileEvent.Names) {
    let title = StoredTask.plain(entry.title)
    let location = StoredTask.cut(StoredTask.plain(entry.location), 300)
    let short = StoredTask.cut(location, 200)
    self.init(title: !title.isEmpty ? title : short.isEmpty ? names.untitled : short)
    (self.location, description, virtualURL) = (location, StoredTask.plain(entry.description), StoredTask.plain(entry.url))
    status = EventStatus(rawValue: entry.status.rawValue) ?? .confirmed
    visibility = entry.visibility == .public ? .public : .private
    if case .days = entry.times { busy = entry.isBusy ?? false } else { busy = entry.isBusy ?? true }
  }
}

extension EventSeries {
  /// The same with other changed instances.
  func with(_ overrides: [EventOverride]) -> EventSeries {
    EventSeries(times, rule: rule, rdates: rdates, exdates: exdates, overrides: overrides, countsStart: countsStart)
  }
}
