import Domain
import HTML
import Postgres
import Web

/// The tools that a model may call, which read the person's own and propose, and change nothing (RULES 9.11, 9.32). Whatever a call holds, its answer
/// is an outcome: what is wrong is said in words.
struct AssistantTools {
  let reading: ToolReading
  var reach: AssistantReach { reading.reach }

  /// - Parameter reach: the transaction is its person's, in the role `heed_web`: then the second wall stands whatever is asked.
  init(_ reach: AssistantReach) { reading = ToolReading(reach: reach) }

  enum Name: String, CaseIterable {
    case search, due, who, agenda, free, read, recent, assume
    case personEvents = "person_events"
    case proposeTask = "propose_task"
    case proposeReminder = "propose_reminder"
    case proposeEvent = "propose_event"
    case proposePerson = "propose_person"
    case proposeChange = "propose_change"
    case proposeStatus = "propose_status"
    case proposeLink = "propose_link"
    case proposeDelete = "propose_delete"
    case proposeSnooze = "propose_snooze"
  }

  static let names = Name.allCases.map(\.rawValue)

  /// Carries out a call.
  ///
  /// - Parameter arguments: JSON, as the model wrote it.
  /// - Throws: where the database fails; never for what a model wrote.
  func call(_ name: String, _ arguments: [UInt8]) throws -> ToolOutcome {
    let words = reading.words
    guard let tool = Name.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name.utf8) }) else {
      return .refused(words("There is no such tool."))
    }
    var complaint = ""
    guard var read = ToolArguments(arguments, words, complaint: &complaint) else { return .refused(complaint) }
    switch tool {
    case .search: return try search(&read)
    case .due: return try due(&read)
    case .who: return try who(&read)
    case .personEvents: return try personEvents(&read)
    case .agenda: return try agenda(&read)
    case .free: return try free(&read)
    case .read: return try self.read(&read)
    case .recent: return try recent(&read)
    case .assume: return try ToolAssuming(reading: reading).call(&read)
    case .proposeTask, .proposeReminder, .proposeEvent, .proposePerson, .proposeChange, .proposeStatus, .proposeLink, .proposeDelete,
      .proposeSnooze:
      return try ToolProposing(reading: reading).call(tool, &read)
    }
  }

  private func refused(_ read: ToolArguments) -> ToolOutcome { .refused(read.complaints.joined(separator: " ")) }

  private func outcome(_ rows: [JSONText], more: Bool = false, most: Int, _ read: ToolArguments) -> ToolOutcome {
    ToolOutcome(Array(rows.prefix(most)), more: more || rows.count > most, ignored: read.ignored)
  }

  // MARK: - Reading

  private func search(_ read: inout ToolArguments) throws -> ToolOutcome {
    let text = read.line("q", most: SearchQuery.longest, isRequired: true)
    let kinds = read.list("kinds", most: 20)
    let most = read.count("most", most: ToolReading.most)
    if let kind = kinds.first(where: { !ToolThing.kinds.contains($0) }) {
      read.complain("kinds", reading.words("“{kind}” is no kind of thing.", ["kind": ToolText.short(kind)]))
    }
    if !read.complaints.isEmpty { return refused(read) }
    let found = try reading.search(text, kinds)
    // How many more there are is not counted.
    let isMore = found.count > most || found.count == ToolReading.most
    let told = found.prefix(most).map { thing, isNear in
      reading.json(thing, [("state", JSONText.words(thing.state)), ("found", isNear ? .string("by meaning") : nil)])
    }
    return outcome(told, more: isMore, most: most, read)
  }

  private func due(_ read: inout ToolArguments) throws -> ToolOutcome {
    let until = day("until", &read) ?? reading.today
    let from = day("from", &read)
    let most = read.count("most", most: ToolReading.most)
    if !read.complaints.isEmpty { return refused(read) }
    let (rows, hasMore) = try reading.due(AssistantDays(from ?? reading.today, until))
    let told = rows.prefix(most).map { row in
      reading.json(
        row.thing,
        [
          ("due", .string(row.due.text(reading.person.zone))), ("late", row.isLate ? .bool(true) : nil),
          ("state", JSONText.words(row.thing.state)),
        ])
    }
    return outcome(told, more: hasMore || rows.count > most, most: most, read)
  }

  private func who(_ read: inout ToolArguments) throws -> ToolOutcome {
    let name = read.line("name", most: 200, isRequired: true)
    if !read.complaints.isEmpty { return refused(read) }
    let found = try reading.people(name)
    guard found.count == 1, let row = try reading.details(of: found[0]) else {
      return outcome(found.map { reading.json($0) }, most: ToolReading.most, read)
    }
    let zone = reading.person.zone
    let known = row.person
    let related = row.related.map { JSONText.object([("words", .string($0.words)), ("thing", reading.mention($0.thing))]) }
    let told = reading.json(
      row.thing,
      [
        ("type", .string(known.type.rawValue)), ("company", JSONText.words(known.company)), ("works_as", JSONText.words(known.title)),
        ("email", JSONText.words(known.email)), ("phone", JSONText.words(known.phone)),
        ("birthday", known.birthday.flatMap { JSONText.words($0.text) }),
        ("last_contact", known.lastContactAt.map { .string(zone.local($0).text) }), ("last_event", row.past.map { near($0) }),
        ("next_event", row.next.map { near($0) }), ("related", related.isEmpty ? nil : .array(related)),
        ("does", row.tasks.isEmpty ? nil : .array(row.tasks.map { reading.mention($0) })),
        ("tags", known.tags.isEmpty ? nil : .array(known.tags.map { .string($0) })),
        ("has_notes", known.notes.utf8.isEmpty ? nil : .bool(true)),
      ])
    return outcome([told], most: 1, read)
  }

  private func personEvents(_ read: inout ToolArguments) throws -> ToolOutcome {
    let name = read.line("name", most: 200, isRequired: true)
    if !read.complaints.isEmpty { return refused(read) }
    let found = try reading.people(name)
    guard found.count == 1, let row = try reading.details(of: found[0]) else {
      return outcome(found.map { reading.json($0) }, most: ToolReading.most, read)
    }
    let contact = row.contact.map { JSONText.string(reading.person.zone.local($0.at).text) }
    let told = reading.json(
      row.thing, [("last_contact", contact), ("last_event", row.past.map { near($0) }), ("next_event", row.next.map { near($0) })])
    return outcome([told], most: 1, read)
  }

  private func near(_ row: ToolReading.NearRow) -> JSONText {
    let (event, zone) = (row.event, row.event.isAllDay ? Zone.utc : reading.person.zone)
    let starts = zone.local(event.startsAt)
    return reading.json(row.thing, [("starts", .string(event.isAllDay ? starts.day.iso : starts.text))])
  }

  private func agenda(_ read: inout ToolArguments) throws -> ToolOutcome {
    let from = day("from", &read) ?? reading.today
    let until = day("until", &read) ?? from
    let most = read.count("most", most: ToolReading.most)
    if until < from { read.complain("until", reading.words("The end is before the start.")) }
    if !read.complaints.isEmpty { return refused(read) }
    let (rows, hasMore) = try reading.agenda(AssistantDays(from, until))
    let told = rows.prefix(most).map { row in
      let (instance, zone) = (row.instance, reading.person.zone)
      let days = instance.days(in: zone)
      return reading.json(
        row.thing,
        [
          ("starts", .string(instance.isAllDay ? days.lowerBound.iso : zone.local(instance.start).text)),
          ("ends", .string(instance.isAllDay ? days.upperBound.iso : zone.local(instance.end).text)), ("says", differs(row)),
          ("state", .string(instance.status.rawValue)), ("where", JSONText.words(instance.location)),
          ("place", row.place.map { reading.mention($0) }),
        ], isForeign: row.thing.isForeign)
    }
    return outcome(told, more: hasMore || rows.count > most, most: most, read)
  }

  /// The title of one instance where it is another than its series'.
  private func differs(_ row: ToolReading.AgendaRow) -> JSONText? {
    row.instance.title.utf8.elementsEqual(row.thing.title.utf8) ? nil : .string(row.instance.title)
  }

  private func free(_ read: inout ToolArguments) throws -> ToolOutcome {
    let minutes = read.integer("minutes", FreeTimes.minutes) ?? 60
    let (from, until) = (read.line("from", most: 200), read.line("until", most: 200))
    if !read.complaints.isEmpty { return refused(read) }
    guard reading.mayRead(.event) else { return .refused(reading.words("Events may not be told to a model.")) }
    do {
      let details = try reading.free(minutes: String(minutes), from: from, until: until)
      let zone = reading.person.zone
      let told = details.free.gaps.map { gap in
        JSONText.object([
          ("starts", .string(zone.local(gap.span.lowerBound).text)), ("ends", .string(zone.local(gap.span.upperBound).text)),
          ("minutes", .number(gap.minutes)), ("tentative", .bool(gap.isMaybe)),
        ])
      }
      return outcome(told, more: details.free.hasMore, most: ToolReading.most, read)
    } catch {
      guard let errors = error as? FormErrors else { throw error }
      return .refused(errors.complaints.map { "\($0.field): \($0.text)" }.joined(separator: " "))
    }
  }

  private func recent(_ read: inout ToolArguments) throws -> ToolOutcome {
    let most = read.count("most", most: ToolReading.most)
    let found = try reading.recent()
    return outcome(
      found.prefix(most).map { reading.json($0, [("state", JSONText.words($0.state))]) }, more: found.count > most, most: most, read)
  }

  private func read(_ read: inout ToolArguments) throws -> ToolOutcome {
    let number = read.integer("n", 1...100_000, isRequired: true) ?? 0
    if !read.complaints.isEmpty { return refused(read) }
    guard let given = reach.thing(number), let thing = try reading.thing(given.kind, given.id), let whole = try reading.whole(thing) else {
      return .refused(ProposalComplaint.notGiven.sentence(reading.words))
    }
    return outcome([whole], most: 1, read)
  }

  /// A date, or words for one; nil: none was given, or something was complained about.
  private func day(_ name: String, _ read: inout ToolArguments) -> Day? {
    let text = read.line(name, most: Phrase.longest)
    if text.utf8.isEmpty { return nil }
    if let due = try? Due(text, reader: reading.phrases), CalendarSpan.reach.contains(due.day) { return due.day }
    read.complain(name, reading.words("This is not understood. Try 2027-03-15, “tomorrow” or “friday”."))
    return nil
  }
}
