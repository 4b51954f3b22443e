/// What one file says of one event: the event or series, and its changed times (RULES 9.25).
public struct EventGroup: Hashable, Sendable {
  /// Said again by the same file, in an older telling or an equal one.
  public struct Passed: Hashable, Sendable {
    public let entry: EventEntry
    /// Where the one begins that stands.
    public let line: Int
  }

  /// "" where it has none.
  public let uid: String
  /// Nil where the file has changed times alone: each is an event of its own until the series comes (RULES 9.22).
  public private(set) var event: EventEntry?
  /// One of each time, in the order of the file.
  public private(set) var changes: [EventEntry] = []
  public private(set) var passed: [Passed] = []

  /// Where it begins.
  public var line: Int { min(event?.line ?? .max, changes.first?.line ?? .max) }

  fileprivate init(uid: String, _ entries: [EventEntry]) {
    self.uid = uid
    for entry in entries where entry.instance == nil {
      guard let standing = event else {
        event = entry
        continue
      }
      event = stands(entry, standing)
    }
    var places: [EventMoment: Int] = [:]
    for entry in entries {
      guard let name = entry.instance.map({ $0.named(in: event?.times ?? entry.times) }) else { continue }
      if let place = places[name] {
        changes[place] = stands(entry, changes[place])
      } else {
        places[name] = changes.count
        changes.append(entry)
      }
    }
  }

  /// The later of two; the other is listed.
  private mutating func stands(_ entry: EventEntry, _ standing: EventEntry) -> EventEntry {
    let isLater = entry.order > standing.order
    passed.append(Passed(entry: isLater ? standing : entry, line: isLater ? entry.line : standing.line))
    return isLater ? entry : standing
  }
}

extension EventFile {
  /// The events of the file, each once, in the order in which they are first spoken of. An entry without a UID is known by its hash.
  public var groups: [EventGroup] {
    var places: [String: Int] = [:]
    var found: [(uid: String, entries: [EventEntry])] = []
    for entry in entries {
      // No UID has a line break.
      let key = entry.uid.isEmpty ? "\n" + entry.hash.text : entry.uid
      if let place = places[key] {
        found[place].entries.append(entry)
      } else {
        places[key] = found.count
        found.append((entry.uid, [entry]))
      }
    }
    return found.map { EventGroup(uid: $0.uid, $0.entries) }
  }
}
