import Domain
import HTML
import Postgres

/// What a line of the inbox means to its person: what the line says by itself, and the goal that it names (RULES 8.24).
struct InboxUnderstanding {
  let line: InboxLine
  private let zone: Zone
  /// What names a goal of the person's, and which; nil: nothing does.
  private let goal: (part: InboxLine.Part, goal: PlannedChoice)?
  /// The same of somebody whom the person knows.
  private let person: (part: InboxLine.Part, person: NamedPerson)?

  /// Somebody whom a name stands for.
  private struct NamedPerson {
    let id: ID<KnownPerson>
    let name: String
  }

  /// Each item as it was meant when it was written: "tomorrow" is the day after that.
  static func read(_ items: [InboxItem], _ web: Context) throws -> [InboxUnderstanding] {
    try read(lines: items.map { (text: $0.raw, at: $0.receivedAt) }, web)
  }

  /// The same of lines, and when each was written.
  static func read(lines texts: [(text: String, at: Instant)], _ web: Context) throws -> [InboxUnderstanding] {
    let person = try web.person
    let lines = texts.map { text, at in
      let then = Reader(person: person, words: web.words, zones: web.services.zones, now: at)
      return InboxLine(text, reader: PhraseReader(then, person.zone), workday: person.work.hours.minutes)
    }
    let names: [String] = lines.flatMap(\.parts).compactMap { part -> String? in
      if case .goal(let name) = part.meaning { name } else { nil }
    }
    let named = try names.isEmpty ? [:] : goals(Array(Set(names)), web)
    let callings: [String] = lines.flatMap(\.parts).compactMap { part -> String? in
      if case .person(let name) = part.meaning { name } else { nil }
    }
    let called = try callings.isEmpty ? [:] : people(Array(Set(callings)), web)
    return lines.map { InboxUnderstanding($0, person.zone, named, called) }
  }

  private init(_ line: InboxLine, _ zone: Zone, _ goals: [String: PlannedChoice], _ people: [String: NamedPerson]) {
    (self.line, self.zone) = (line, zone)
    let called = line.parts.lazy.compactMap { part -> (part: InboxLine.Part, person: NamedPerson)? in
      guard case .person(let name) = part.meaning, let person = people[name] else { return nil }
      return (part, person)
    }
    person = called.first
    let named = line.parts.lazy.compactMap { part -> (part: InboxLine.Part, goal: PlannedChoice)? in
      guard case .goal(let name) = part.meaning, let goal = goals[name] else { return nil }
      return (part, goal)
    }
    goal = named.first
  }

  /// The goals that names stand for: those that are called so, or begin with that word, where there is exactly one.
  private static func goals(_ names: [String], _ web: Context) throws -> [String: PlannedChoice] {
    let named = Query<(String, ID<Thing>, String)>(
      tuple: """
        SELECT n.name, x.id, x.title FROM unnest(\(names)) AS n (name) CROSS JOIN LATERAL (
          SELECT g.id, g.title FROM goals g
          WHERE g.user_id = (SELECT me()) AND g.deleted_at IS NULL AND g.status IN ('active', 'paused')
            AND (g.title_norm = normal_title(n.name) OR split_part(g.title_norm, ' ', 1) = normal_title(n.name)) ORDER BY g.id LIMIT 2) x
        """)
    let found = try web.read(named)
    return Dictionary(grouping: found) { $0.0 }.compactMapValues { $0.count == 1 ? PlannedChoice(id: $0[0].1, title: $0[0].2) : nil }
  }

  /// The people whom names stand for, likewise.
  private static func people(_ names: [String], _ web: Context) throws -> [String: NamedPerson] {
    let called = Query<(String, ID<KnownPerson>, String)>(
      tuple: """
        SELECT n.name, x.id, x.called FROM unnest(\(names)) AS n (name) CROSS JOIN LATERAL (
          SELECT p.id, p.name AS called FROM people p
          WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL
            AND (p.name_norm = normal_title(n.name) OR split_part(p.name_norm, ' ', 1) = normal_title(n.name)) ORDER BY p.id LIMIT 2) x
        """)
    let found = try web.read(called)
    return Dictionary(grouping: found) { $0.0 }.compactMapValues { $0.count == 1 ? NamedPerson(id: $0[0].1, name: $0[0].2) : nil }
  }

  /// What it most likely is. A reminder keeps how something comes again where a deadline, or a task more often than daily, cannot.
  var likeliest: InboxLine.Kind {
    guard case .series? = line.when else { return line.kind }
    return line.kind == .deadline || line.kind == .task && again == nil ? .reminder : line.kind
  }

  /// How a task comes again, in words; nil: not at all, or more often than tasks do.
  var again: String? {
    if case .series(_?, _, let phrase)? = line.when { phrase.words } else { nil }
  }

  var personID: ID<KnownPerson>? { person?.person.id }
  var personName: String? { person?.person.name }
  var goalID: ID<Thing>? { goal?.goal.id }
  var goalTitle: String? { goal?.goal.title }

  /// Names that stand for nothing here, as typed: they stay title.
  var strangers: [String] {
    line.parts.compactMap { part -> String? in
      switch part.meaning {
      case .person: part == person?.part ? nil : part.words
      case .goal: part == goal?.part ? nil : part.words
      case .kind, .tag, .estimate, .priority, .when: nil
      }
    }
  }

  /// The title of what it becomes: what a kind has a field for is left out of it.
  func title(_ kind: InboxLine.Kind) -> String { line.title { isTaken($0, kind) } }

  private func isTaken(_ part: InboxLine.Part, _ kind: InboxLine.Kind) -> Bool {
    switch part.meaning {
    case .kind: true
    case .person: kind == .task && part == person?.part
    case .goal: kind == .task && part == goal?.part
    case .tag, .estimate: kind == .task
    case .priority: kind == .task || kind == .reminder || kind == .deadline
    case .when: isTimeTaken(kind)
    }
  }

  private func isTimeTaken(_ kind: InboxLine.Kind) -> Bool {
    switch (kind, line.when) {
    case (.task, .once?), (.goal, .once?), (.deadline, .once?): true
    case (.reminder, .once(_, let phrase)?): phrase != nil
    case (.reminder, .series?): true
    case (.task, .series?): again != nil
    case (.habit, .series?): frequency != nil
    default: false
    }
  }

  // MARK: - As forms have it

  /// When it is due, as the form of a task has it; nil: whenever, or again and again.
  var due: Due? { if case .once(let due, _)? = line.when { due } else { nil } }

  /// The fields of a reminder's form that say when.
  var schedule: [(String, String)] {
    switch line.when {
    case nil: [("schedule", "once")]
    case .once(_, let phrase): [("schedule", "once"), ("at", phrase.map { $0.wall?.text ?? zone.local($0.instant).text } ?? "")]
    case .series(_, _, let phrase):
      if case .interval = phrase.kind {
        [("schedule", "interval"), ("every_minutes", phrase.words)]
      } else {
        [("schedule", "recurring"), ("cron", phrase.words)]
      }
    }
  }

  var importance: Importance {
    switch line.priority {
    case 1: .critical
    case 2: .high
    case 4: .low
    default: .medium
    }
  }

  /// How often a habit is kept; nil: no form of a habit says that.
  var frequency: HabitFrequency? {
    guard case .series(let again?, _, _)? = line.when, again.rule.interval == 1 else { return nil }
    switch again.rule.frequency {
    case .daily: return .daily
    case .weekly where !again.rule.weekdays.isEmpty: return .days(WeekdaySet(again.rule.weekdays.map(\.weekday)))
    default: return nil
    }
  }
}
