import Domain
import HTML
import Postgres
import Web

/// The page of somebody: how they are reached, when they were heard of and will be met, what is open with them, what is known.
struct PersonPage {
  let layout: Layout
  let summary: ErrorSummary?
  let back = Paths.people
  let secret: CSRFField
  let type: String
  let label: String
  /// "Head of design, Acme".
  let work: String?
  let tags: [TagLink]
  let ways: [Way]
  let due: [String]
  let merged: [Merged]
  let notes: SafeHTML?
  let facts: [Fact]
  let last: TimeText?
  let stay: Stay?
  let next: [EventRow]
  let past: [EventRow]
  let open: [OpenRow]
  let allTasks: Path
  let newTask: Path
  let log: [LogRow]
  let logForm: LogForm
  let edit: Path
  let merge: Path
  let relationships: RelationshipsPart
  let assumed: AssumedPart
  let sources: SourceRows?
  let history: Path
  let trusted: Path
  let deletion: Path
  let isPrivate: Bool

  var hasWays: Bool { !ways.isEmpty }
  var hasOpen: Bool { !open.isEmpty }
  var hasEvents: Bool { !next.isEmpty || !past.isEmpty }
  var hasLog: Bool { !log.isEmpty }

  struct TagLink {
    let path: Path
    let text: String
  }
  /// A way to reach them.
  struct Way {
    let icon: String
    let text: String
    /// nil: it is nothing that can be followed.
    let address: SafeURL?
  }
  struct Fact {
    let label: String
    let name: String
    let value: String
    let text: String
  }
  struct Merged {
    let name: String
    let at: TimeText
    /// Into whom: for tools.
    let survivor: String
    /// Where a post takes them apart; nil: it is too late.
    let undo: Path?
  }
  /// How often to hear of them.
  struct Stay {
    let words: String
    let due: TimeText?
    let reminder: Path?
  }
  struct EventRow {
    let path: Path
    let title: String
    let iso: String
    let when: String
  }
  /// Something that is not over.
  struct OpenRow {
    let path: Path
    let title: String
    let note: String
  }
  struct LogRow {
    let mark: String
    let at: TimeText
    let words: String?
    let event: Path?
    let deletion: Path
  }
  struct LogForm {
    let action: Path
    let nonce: HiddenField
    let at: TextField
    let words: TextArea
  }

  /// - Parameter state: of the form of the log, where it was refused.
  init(_ details: PersonDetails, _ web: Context, _ state: FormState = .fresh) throws {
    let (person, reader, words) = (details.person, try web.person, web.words)
    func time(_ instant: Instant) -> TimeText { TimeText(instant, reader, web.clock) }
    let (today, midnight) = (web.clock.day(in: reader.zone), web.clock.midnight(in: reader.zone))
    layout = try Layout(person.name, .people, web)
    secret = layout.secret
    (type, label, isPrivate) = (person.type.rawValue, PersonText.name(person.type, words), person.isPrivate)
    let place = [person.title, person.company].filter { !$0.utf8.isEmpty }.joined(separator: ", ")
    work = place.utf8.isEmpty ? nil : place
    tags = person.tags.map { TagLink(path: Paths.people.adding("tag", $0), text: "#" + $0) }
    ways = PersonPage.ways(person)
    due = [
      person.birthday.flatMap { PersonText.birthday($0, today: today, reader.language, words) },
      PersonText.stay(person, until: midnight, reader, words),
    ].compactMap(\.self)
    merged = details.merged.map { gone in
      let isOver = web.clock.hasCome(gone.at.advanced(days: Merge.days))
      let undo = isOver ? nil : gone.merge.map { Paths.undo(ID<PlannerUndo>(high: $0.high, low: $0.low)) }
      return Merged(name: gone.name, at: time(gone.at), survivor: person.id.text, undo: undo)
    }
    notes = person.notes.utf8.isEmpty ? nil : Markdown.rendered(person.notes).html
    facts = PersonPage.facts(person, reader, words)
    last = person.lastContactAt.map(time)
    stay = person.pace.map { pace in
      Stay(
        words: pace.words(reader.language), due: person.stayDueAt.map(time), reminder: person.reminder.map { Paths.reminder($0) })
    }
    next = details.next.map { PersonPage.row($0, reader) }
    past = details.past.map { PersonPage.row($0, reader) }
    open =
      details.tasks.map { task -> OpenRow in
        let due = task.due.map { TimeWords.date($0, reader.language) }
        let note = [words("Task"), due ?? TaskText.name(task.status, words)].joined(separator: " · ")
        return OpenRow(path: Paths.task(task.id), title: task.title, note: note)
      }
      + details.deadlines.map { deadline -> OpenRow in
        let due = TimeWords.dateTime(deadline.dueAt, reader.zone, reader.language)
        return OpenRow(path: Paths.deadline(deadline.id), title: deadline.title, note: words("Deadline") + " · " + due)
      }
    allTasks = Paths.tasks.adding("person", person.id.text)
    newTask = Paths.newTask.adding("assignee", person.id.text)
    log = details.log.enumerated().map { number, entry in
      LogRow(
        mark: "c\(number)", at: time(entry.at), words: entry.words.utf8.isEmpty ? nil : entry.words,
        event: entry.event.map { Paths.event($0) },
        deletion: Paths.deletion(person.id, entry.id))
    }
    var make = FieldBuilder(state)
    logForm = LogForm(
      action: Paths.contactsLog(person.id), nonce: PersonPage.logNonce(person),
      at: make.text(
        "at", words("When were you in touch?"), "", help: words("“yesterday”, “3 days ago” or 2027-02-22; empty means now."),
        optional: true,
        maxLength: 200),
      words: make.area("words", words("What about?"), "", rows: 2))
    summary = make.summary
    (edit, merge) = (Paths.editPerson(person.id), Paths.merge(person.id))
    relationships = try RelationshipsPart(person.ref, details.related, web, layout.secret)
    assumed = try AssumedPart(person.ref, details.assumed, web, layout.secret)
    let now = ThingSource.Now(values: person.fields.sourced, names: PersonFields.sourced, revision: person.revision)
    sources = SourceRows(details.sources, now, reader, web.clock, words)
    history = Paths.activity.adding("thing", person.ref.text)
    trusted = Paths.newContact.adding("person", person.id.text)
    deletion = Paths.deletion(person.id)
  }

  /// Pressed twice, a contact counts once; of one page two contacts are two, as ``IdempotencyKey`` tells them apart.
  static func logNonce(_ person: KnownPerson) -> HiddenField {
    HiddenField(name: "nonce", value: Idempotency.nonce(Idempotency.contact, person.id.text, "revision " + String(person.revision)))
  }

  private static func ways(_ person: KnownPerson) -> [Way] {
    let fields = person.fields
    return fields.phones.map { Way(icon: "sms", text: $0.value, address: SafeURL("tel:" + $0.key)) }
      + fields.emails.map { Way(icon: "email", text: $0.value, address: SafeURL("mailto:" + $0.value)) }
  }

  private static func row(_ event: PersonEvent, _ reader: Person) -> EventRow {
    if event.isAllDay {
      let day = Zone.utc.local(event.startsAt).day
      return EventRow(path: event.path, title: event.title, iso: day.iso, when: TimeWords.date(day, reader.language))
    }
    return EventRow(
      path: event.path, title: event.title, iso: event.startsAt.iso,
      when: TimeWords.dateTime(event.startsAt, reader.zone, reader.language))
  }

  private static func facts(_ person: KnownPerson, _ reader: Person, _ words: Words) -> [Fact] {
    let isLeap = person.birthMonth == 2 && person.birthDay == 29
    let kept = isLeap ? " (" + words("kept on 28 February in other years") + ")" : ""
    let facts: [Fact?] = [
      Fact(
        label: words("Importance"), name: "importance", value: String(person.importance),
        text: PersonText.importance(person.importance, words)),
      person.birthday.map {
        Fact(label: words("Birthday"), name: "birthday", value: $0.text, text: PersonText.date($0, reader.language) + kept)
      },
    ]
    return facts.compactMap(\.self)
  }
}
