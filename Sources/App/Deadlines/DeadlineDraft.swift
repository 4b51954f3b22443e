import Domain
import HTML
import Postgres
import Web

/// A deadline as its form says it.
struct DeadlineDraft {
  let title: String
  let description: String
  let type: DeadlineType
  let due: Instant
  let reminder: DeadlineReminder?
  /// As typed.
  let remindWords: String
  /// 1 to 10.
  let importance: Int
  let consequences: String
  let task: ID<Task>?
  let event: ID<Event>?
  /// nil: the one that goes with the importance.
  let profile: ID<EscalationProfile>?
  let isPrivate: Bool
  let tags: [String]
  /// nil: a new deadline's form has none.
  let version: Int?
  /// What is new, for the audit log.
  let changes: [String: String]

  /// - Parameter stored: the deadline that is edited; a due and a reminder that stay as they are may have passed.
  init(_ form: Form, stored: Deadline? = nil, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    var changes = AuditDifference()
    title = changes.note("title", from: stored?.title, to: read.line("title", 1...200))
    description = changes.noteLong("description", from: stored?.description, to: read.notes("description", bytes: 16_384))
    type = changes.note("deadline_type", from: stored?.type, to: read.choice("type", stored?.type ?? .deadline), \.rawValue)
    let due = read.deadline("due", stored?.dueAt, reader)
    let (reminder, words) = read.reminder("remind", stored, reader)
    importance = changes.note("importance", from: stored?.importance, to: read.importance("importance", stored?.importance ?? 5)) {
      String($0)
    }
    consequences = changes.noteLong("consequences", from: stored?.consequences, to: read.notes("consequences", bytes: 4_096))
    let task = read.ids("task", reader.words("Choose one of your tasks."), of: Task.self).first
    self.task = changes.note("deadline_task", from: stored.map(\.task), to: task) { $0?.text ?? "" }
    let profile = read.ids("profile", reader.words("Choose one of your profiles."), of: EscalationProfile.self).first
    self.profile = profile
    changes.noteLong("profile", from: stored.map { $0.profile?.text ?? "" }, to: profile?.text ?? "")
    let events: [ID<Event>] = read.ids("event", reader.words("Choose one of your events."))
    let event = events.first
    self.event = changes.note("deadline_event", from: stored.map(\.event), to: event) { $0?.text ?? "" }
    isPrivate = changes.note("private", from: stored.map(\.isPrivate), to: read.flag("private")) { $0 ? "on" : "off" }
    tags = changes.note("tags", from: stored.map(\.tags), to: read.tags("tags")) { $0.joined(separator: ", ") }
    version = stored == nil ? nil : read.version()
    self.due = changes.note("due", from: stored?.dueAt, to: try read.finish(due), \.iso)
    self.reminder = changes.note("remind", from: stored.map(\.rings), to: reminder) { $0 == reminder ? words : stored?.remindWords ?? "" }
    remindWords = words
    self.changes = changes.facts
  }

  /// One that no form said.
  init(
    title: String, description: String = "", due: Instant, reminder: DeadlineReminder? = nil, remindWords: String = "", importance: Int = 5,
    consequences: String = "", task: ID<Task>? = nil, tags: [String] = []
  ) {
    (self.title, self.description, self.due, self.reminder, self.remindWords) = (title, description, due, reminder, remindWords)
    (self.importance, self.consequences, self.task, self.tags) = (importance, consequences, task, tags)
    (type, event, profile, isPrivate, version, changes) = (.deadline, nil, nil, false, nil, [:])
  }

  /// What the form says, as a row holds it: but for its tags.
  var fields: RowValues {
    let remind = RemindColumns(reminder)
    return [
      "title": "\(title)", "description": "\(description)", "type": "\(type)", "due_at": "\(due)", "remind_at": "\(remind.at)",
      "remind_months": "\(remind.months)", "remind_seconds": "\(remind.seconds)", "remind_time": "\(remind.time)",
      "remind_words": "\(remindWords)", "importance": "\(importance)", "consequences": "\(consequences)", "task_id": "\(task)",
      "event_id": "\(event)", "profile_id": "\(profile)", "private": "\(isPrivate)",
    ]
  }
}

/// Its being put later, as the form says it.
struct DeadlineExtension {
  let due: Instant
  let reason: String

  init(_ form: Form, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    let due = read.deadline("due", nil, reader)
    reason = read.line("reason", 0...500)
    self.due = try read.finish(due)
  }
}

extension Instant {
  /// As a form shows it by a zone's clocks: "2027-03-05 14:00".
  func typed(_ zone: Zone) -> String {
    let local = zone.local(self)
    return local.day.iso + " " + local.time.text
  }
}

extension FormReader {
  /// An instant to come, as a date with a time or in words; a day alone means the person's usual hour (RULES 2.2).
  ///
  /// - Parameter stored: is taken again, also when it has passed.
  mutating func deadline(_ name: String, _ stored: Instant?, _ reader: Reader) -> Instant? {
    let (text, person) = (trimmed(filled(name)), reader.person)
    if text.utf8.isEmpty {
      complain(name, words("Fill this in."))
      return nil
    }
    if let stored, stored.typed(person.zone).utf8.elementsEqual(text.utf8) { return stored }
    if let instant = Instant(iso: text) { return ahead(name, instant, reader) }
    guard let due = self.due(name, reader) else { return nil }
    return ahead(name, due.at ?? person.zone.instant(LocalTime(day: due.day, time: person.defaultTime)), reader)
  }

  private mutating func ahead(_ name: String, _ instant: Instant, _ reader: Reader) -> Instant? {
    if instant > reader.now { return instant }
    complain(name, words("This time has passed. Choose one after now."))
    return nil
  }

  /// When a deadline's reminder rings, and the words for it; nil: not at all. What is typed as it stands stays as it is.
  mutating func reminder(_ name: String, _ stored: Deadline?, _ reader: Reader) -> (DeadlineReminder?, String) {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return (nil, "") }
    if let stored, stored.typedReminder(reader.person.zone).utf8.elementsEqual(text.utf8) { return (stored.rings, stored.remindWords) }
    if text.unicodeScalars.count > Phrase.longest {
      complain(name, words("This is too long: at most {n} characters.", ["n": String(Phrase.longest)]))
      return (nil, "")
    }
    do throws(PhraseError) {
      return (try DeadlineReminder(Due.joined(text), reader: PhraseReader(reader, reader.person.zone)), text)
    } catch {
      switch error {
      case .impossibleDate: complain(name, words("There is no such date."))
      case .past: complain(name, words("This time has passed. Choose one after now."))
      case .tooFar: complain(name, words("Choose a time within one year."))
      default: complain(name, words("This is not understood. Try “2 days before”, “the day before at 18:00” or “12 Dec”."))
      }
      return (nil, text)
    }
  }

  /// 1 to 10, or one of the words that reminders have for it (RULES 8.10).
  mutating func importance(_ name: String, _ fallback: Int) -> Int {
    let text = trimmed(raw(name))
    if let word = Importance.allCases.first(where: { $0.rawValue.utf8.elementsEqual(text.utf8) }) { return word.ofTen }
    return integer(name, 1...10, fallback)
  }
}

extension Deadline {
  /// When it rings, as its form shows it.
  func typedReminder(_ zone: Zone) -> String { remindAt?.typed(zone) ?? remindWords }
}
