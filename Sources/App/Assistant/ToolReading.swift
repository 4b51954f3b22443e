import Domain
import HTML
import Postgres
import Web

/// What the assistant reads of the person's own, for a model and for the rules alike (RULES 9.32, 9.35): rows of the owner of the transaction, at
/// most fifty, and where a model is told of them only what it may be told.
struct ToolReading {
  /// Rows of one reading.
  static let most = 50

  let reach: AssistantReach
  var person: Person { reach.person }
  var db: Connection { reach.bench.db }
  var zones: Zones { reach.bench.services.zones }
  var now: Instant { reach.now }
  var words: Words { reach.bench.services.words(person.language) }
  var reader: Reader { Reader(person: person, words: words, zones: zones, now: now) }
  /// Of words for times.
  var phrases: PhraseReader { PhraseReader(reader, person.zone) }
  /// The person's date.
  var today: Day { HabitClock(zone: person.zone, dayStart: person.dayStart).date(now) }

  /// When a date begins for them.
  func start(of day: Day) -> Instant { HabitClock(zone: person.zone, dayStart: person.dayStart).start(of: day) }

  /// Things in the order in which they are asked for, none twice; what a model may not be told of is left out where it is told.
  func things(_ asked: [(kind: String, id: ID<FoundThing>)]) throws -> [ToolThing] {
    if asked.isEmpty { return [] }
    let found = Dictionary(try db.rows(ToolThing.some(asked)).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<ID<FoundThing>> = []
    return asked.compactMap { asked in
      guard seen.insert(asked.id).inserted, let thing = found[asked.id] else { return nil }
      return !reach.isForModel || thing.isTold(to: person) ? thing : nil
    }
  }

  func thing(_ kind: String, _ id: ID<FoundThing>) throws -> ToolThing? { try things([(kind: kind, id: id)]).first }

  /// Whether anything of a kind may be read.
  func mayRead(_ kind: ModelKind) -> Bool { !reach.isForModel || person.modelKinds.contains(kind) }

  // MARK: - What is due

  /// A task, deadline or reminder that is due.
  struct DueRow {
    let thing: ToolThing
    let due: Due
    let isLate: Bool
  }

  /// What is due by the end of a day: of a day or days that begin later nothing earlier, else what is late too. In the order in which it is due.
  func due(_ days: AssistantDays) throws -> (rows: [DueRow], hasMore: Bool) {
    let isOpenEnded = days.first <= today
    let (first, last) = (days.first, days.last)
    let (begin, end) = (start(of: first), start(of: last.advanced(by: 1)))
    let limit = ToolReading.most + 1
    let (tasks, deadlines, reminders) = try db.read(
      Task.listed(
        """
        t.status IN ('open', 'in_progress') AND t.archived_at IS NULL AND coalesce(t.due, 'infinity') <= \(last)
        AND (\(isOpenEnded) OR t.due >= \(first))
        ORDER BY coalesce(t.due, 'infinity'), coalesce(t.due_at, 'infinity'), t.id LIMIT \(limit)
        """),
      Deadline.mine(
        """
        (d.status IN ('pending', 'extended') OR d.status = 'missed' AND d.looked_at IS NULL) AND d.due_at < \(end)
        AND (\(isOpenEnded) OR d.due_at >= \(begin)) ORDER BY d.due_at, d.id LIMIT \(limit)
        """),
      ToolReading.rung(until: end, from: isOpenEnded ? nil : begin, limit))
    var found: [(kind: String, id: ID<FoundThing>, due: Due)] = []
    found += tasks.compactMap { task in task.dueTime.map { (kind: "task", id: task.id.found, due: $0) } }
    found += deadlines.map { (kind: "deadline", id: $0.id.found, due: Due(day: person.zone.local($0.dueAt).day, at: $0.dueAt)) }
    found += reminders.map { (kind: "reminder", id: $0.0.found, due: Due(day: person.zone.local($0.1).day, at: $0.1)) }
    let clock = HabitClock(zone: person.zone, dayStart: person.dayStart)
    found.sort { ($0.due.end(clock), $0.id) < ($1.due.end(clock), $1.id) }
    let things = Dictionary(
      try self.things(found.map { (kind: $0.kind, id: $0.id) }).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let rows = found.compactMap { row in
      things[row.id].map { DueRow(thing: $0, due: row.due, isLate: row.due.isPast(today: today, now: now)) }
    }
    return (Array(rows.prefix(ToolReading.most)), rows.count > ToolReading.most)
  }

  /// Reminders that ring by then, or have rung and wait for an answer. Those of deadlines are the deadlines'.
  private static func rung(until end: Instant, from begin: Instant?, _ limit: Int) -> Query<(ID<Reminder>, Instant)> {
    let behind: SQL = begin.map { "AND r.sort_at >= \($0)" } ?? ""
    return Query(
      tuple: """
        SELECT r.id, r.sort_at FROM reminders r
        WHERE r.user_id = (SELECT me()) AND r.status IN ('active', 'snoozed') AND r.habit_id IS NULL AND r.sort_at < \(end) \(behind)
          AND NOT EXISTS (SELECT FROM deadline_reminders b WHERE b.reminder_id = r.id AND b.user_id = r.user_id)
        ORDER BY r.sort_at, r.id LIMIT \(limit)
        """)
  }

  // MARK: - What is on

  /// An instance of an event, with where it is.
  struct AgendaRow {
    let thing: ToolThing
    let instance: ShownInstance
    let place: ToolThing?
  }

  /// What takes place on some days, at most a year of them, without what is called off.
  func agenda(_ days: AssistantDays) throws -> (rows: [AgendaRow], hasMore: Bool) {
    guard mayRead(.event) else { return ([], false) }
    let last = min(days.last, days.first.advanced(by: FreeQuery.longestDays - 1))
    let window = EventWindow(days: days.first...max(days.first, last), zone: person.zone)
    let found: ShownEvents = try db.read(together: EventReading.shown(window, zones))
    let shown = found.instances.filter { $0.status != .cancelled }
    let asked = shown.map { (kind: "event", id: $0.event.found) } + shown.compactMap { $0.place.map { (kind: "place", id: $0.found) } }
    let things = Dictionary(try self.things(asked).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let rows = shown.compactMap { instance in
      things[instance.event.found].map { thing in
        AgendaRow(thing: thing, instance: instance, place: instance.place.flatMap { things[$0.found] })
      }
    }
    return (Array(rows.prefix(ToolReading.most)), rows.count > ToolReading.most)
  }

  /// When an instance is, in words.
  func when(_ instance: ShownInstance) -> String {
    let today = person.zone.local(now).day
    if instance.isAllDay { return EventSpanWords.text(instance.days(in: person.zone), person.language, today: today) }
    return EventSpanWords.text(instance.start..<instance.end, in: person.zone, person.language, today: today)
  }

  /// Free times, by the page's own rules.
  ///
  /// - Throws: ``FormErrors`` for what cannot be asked.
  func free(minutes: String, from: String, until: String) throws -> FreeDetails {
    let query = try FreeQuery(Form([("minutes", minutes), ("from", from), ("until", until)]), reader)
    return FreeDetails(try db.read(together: EventReading.shown(query.window(person.zone), zones)), query, reader)
  }

  // MARK: - What is found

  /// What somebody looks for, with its marks.
  ///
  /// - Parameter kinds: as the register calls them; empty: all.
  func query(_ text: String, _ kinds: [String]) -> SearchQuery {
    let words = words
    var query = SearchQuery(text, reader: phrases) { FoundKind.named($0, words)?.rawValue }
    query.narrow(kinds: kinds, tag: "", since: nil, until: nil)
    return query
  }

  /// The vector of some words, where it was asked for (``AssistantSense``); nil: there is none.
  func vector(_ words: String) throws -> QueryVector? {
    let known = try SenseQuestion.known(words, of: person, reach.bench.services, db, at: now)
    return if case .found(let vector) = known { vector } else { nil }
  }

  /// Things that hold some words or, where their vector is there, lie near by their sense; the best first (RULES 9.44).
  ///
  /// - Parameter kinds: as the register calls them; empty: all that tools read.
  func search(_ text: String, _ kinds: [String]) throws -> [(thing: ToolThing, isNear: Bool)] {
    let query = query(text, kinds)
    let asked = query.kinds.isEmpty ? ToolThing.kinds : query.kinds.filter { ToolThing.kinds.contains($0) }
    if asked.isEmpty { return [] }
    let hits = try SearchFinder.find(query, kinds: asked, person: person, sense: vector(query.sense), most: ToolReading.most, db)
    let near = Set(hits.filter { $0.match == .sense }.map(\.id))
    return try things(hits.map { (kind: $0.kind, id: $0.id) }).map { (thing: $0, isNear: near.contains($0.id)) }
  }

  /// What somebody calls something.
  enum Named {
    case none
    case one(ToolThing)
    /// Nothing is called just so, or several are.
    case several([ToolThing])
  }

  /// A thing by its name: the one that is called just so, else what is called nearly so.
  ///
  /// - Parameter isExact: whether a single one that is called otherwise is asked about, too.
  func named(_ name: String, _ kinds: [String], isExact: Bool = false) throws -> Named {
    let called = Query<(String, ID<FoundThing>, String)>(
      tuple: "SELECT kind, id, match FROM door.find_things(\(name), \(kinds), 30, '{}', 0) ORDER BY place")
    let found = try db.rows(called).filter { $0.2.utf8.elementsEqual("name".utf8) }
    let things = try things(found.map { (kind: $0.0, id: $0.1) })
    let typed = SearchQuery.folded(name)
    let same = things.filter { SearchQuery.folded($0.title) == typed }
    for choice in [same.filter { !$0.isOver }, same] where choice.count == 1 { return .one(choice[0]) }
    if !same.isEmpty { return .several(Array(same.prefix(10))) }
    let open = things.filter { !$0.isOver }
    for choice in [open, things] where choice.count == 1 && !isExact { return .one(choice[0]) }
    if !things.isEmpty { return .several(Array((open.isEmpty ? things : open).prefix(10))) }
    let similar = try self.things(db.rows(FoundThing.similar(name, kinds)).map { (kind: $0.kind, id: $0.id) })
    return similar.isEmpty ? .none : .several(Array(similar.prefix(10)))
  }

  /// What was in the person's hands lately, the newest first.
  func recent() throws -> [ToolThing] {
    try things(db.rows(RecentItem.rows(after: nil, now)).map { (kind: $0.kind, id: $0.thing.found) })
  }
}
