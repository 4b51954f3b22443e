/// Something that happened to a thing of a person's, as the log of events has it.
public struct MemoryEvent: Hashable, Sendable {
  public let id: ID<MemoryEvent>
  public let at: Instant
  /// "task.completed".
  public let kind: String
  public let thing: ID<Thing>
  /// That were noted; below zero they were taken away again.
  public let minutes: Int
  /// The day whose plan it was left from.
  public let from: Day?

  public init(id: ID<MemoryEvent>, at: Instant, kind: String, thing: ID<Thing>, minutes: Int = 0, from: Day? = nil) {
    (self.id, self.at, self.kind, self.thing, self.minutes, self.from) = (id, at, kind, thing, minutes, from)
  }
}

/// What came of a stretch of time, by rule (RULES 8.13): of things each once, with the events it came from.
public struct MemoryFact: Hashable, Sendable {
  /// In the order in which they are said.
  public enum Kind: String, CaseIterable, Sendable { case done, met, missed, unblocked, slipped, made, minutes }

  public let kind: Kind
  /// How many things, or minutes.
  public let count: Int
  /// In the order in which it happened to them; none of minutes.
  public let things: [ID<Thing>]
  public let events: [ID<MemoryEvent>]

  public init(_ kind: Kind, count: Int, things: [ID<Thing>], events: [ID<MemoryEvent>]) {
    (self.kind, self.count, self.things, self.events) = (kind, count, things, events)
  }
}

/// The facts of a stretch of time.
public enum MemoryFacts {
  /// What follows of what was done and is found elsewhere than in the log.
  public struct Followed: Sendable {
    /// What waits for nothing any more, each with one of the things whose end made it free.
    public var unblocked: [(thing: ID<Thing>, by: ID<Thing>)]
    /// What was planned for days that are over, or due on them, and is open still.
    public var left: [ID<Thing>]

    public init(unblocked: [(thing: ID<Thing>, by: ID<Thing>)] = [], left: [ID<Thing>] = []) {
      (self.unblocked, self.left) = (unblocked, left)
    }
  }

  /// - Parameters:
  ///   - events: of the stretch, in any order; the same input gives the same facts.
  ///   - days: whose plans count as its own; nil: none do.
  public static func of(_ events: [MemoryEvent], days: ClosedRange<Day>?, _ followed: Followed = Followed()) -> [MemoryFact] {
    let events = events.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    let done = last(events, of: closing, against: opening)
    let missed = last(events, of: ["deadline.missed"], against: ["deadline.completed", "deadline.extended", "deadline.deleted"])
    let met = last(events, of: ["deadline.completed"], against: ["deadline.reopened", "deadline.missed", "deadline.deleted"])
    let made = last(
      events, of: ["task.made", "goal.made", "problem.made", "deadline.made", "task.restored"],
      against: ["task.deleted", "goal.deleted", "problem.deleted", "deadline.deleted"])
    let timed = events.filter { $0.minutes != 0 }
    let minutes = max(0, timed.reduce(0) { $0 + $1.minutes })
    let facts = [
      fact(.done, done), fact(.met, met), fact(.missed, missed), unblocked(followed, done), slipped(events, days, followed),
      fact(.made, made),
    ]
    let all = facts.compactMap(\.self)
    return minutes == 0 ? all : all + [MemoryFact(.minutes, count: minutes, things: [], events: timed.map(\.id))]
  }

  private static let closing: Set<String> = ["task.completed", "goal.completed", "problem.resolved"]
  private static let opening: Set<String> = [
    "task.reopened", "task.undone", "task.cancelled", "task.deleted", "goal.reopened", "goal.deleted", "problem.reopened",
    "problem.deleted",
  ]

  /// The events after which things stand as one of some kinds left them, none of the others behind it.
  private static func last(_ events: [MemoryEvent], of kinds: Set<String>, against others: Set<String>) -> [MemoryEvent] {
    var standing: [ID<Thing>: MemoryEvent] = [:]
    for event in events {
      if kinds.contains(event.kind) { standing[event.thing] = event }
      if others.contains(event.kind) { standing[event.thing] = nil }
    }
    return standing.values.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
  }

  private static func fact(_ kind: MemoryFact.Kind, _ events: [MemoryEvent]) -> MemoryFact? {
    events.isEmpty ? nil : MemoryFact(kind, count: events.count, things: events.map(\.thing), events: events.map(\.id))
  }

  /// By what was done, and stayed done.
  private static func unblocked(_ followed: Followed, _ done: [MemoryEvent]) -> MemoryFact? {
    let ends = Dictionary(done.map { ($0.thing, $0.id) }, uniquingKeysWith: { first, _ in first })
    var (things, events): ([ID<Thing>], [ID<MemoryEvent>]) = ([], [])
    for (thing, by) in followed.unblocked.sorted(by: { ($0.thing, $0.by) < ($1.thing, $1.by) }) {
      guard let end = ends[by], !things.contains(thing) else { continue }
      things.append(thing)
      events.append(end)
    }
    return things.isEmpty ? nil : MemoryFact(.unblocked, count: things.count, things: things, events: events)
  }

  private static func slipped(_ events: [MemoryEvent], _ days: ClosedRange<Day>?, _ followed: Followed) -> MemoryFact? {
    guard let days else { return nil }
    let moved = events.filter { event in event.from.map { days.contains($0) } ?? false }
    var things: [ID<Thing>] = []
    for thing in moved.map(\.thing) + followed.left.sorted() where !things.contains(thing) { things.append(thing) }
    return things.isEmpty ? nil : MemoryFact(.slipped, count: things.count, things: things, events: moved.map(\.id))
  }
}
