import Domain
import HTML
import Postgres
import Web

/// When somebody was met or spoken to, as stored.
struct LoggedContact {
  let id: ID<LoggedContact>
  let at: Instant
  let words: String
  /// That ended then, and may be gone.
  let event: ID<Event>?

  /// How many of somebody a page shows.
  static let shown = 50

  /// Those of somebody, the newest first. What was taken out of an event that ended is kept aside, so that no worker notes it again.
  static func of(_ person: ID<KnownPerson>) -> Query<LoggedContact> {
    Query(
      """
      SELECT id, at, words, event_id AS event FROM contact_log WHERE person_id = \(person) AND user_id = (SELECT me()) AND NOT taken_out
      ORDER BY at DESC, id DESC LIMIT \(shown)
      """, into: LoggedContact.init)
  }
}

/// A contact as its form says it.
struct ContactForm {
  let at: Instant
  let words: String

  init(_ form: Form, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    let at = read.contactTime("at", reader)
    words = read.text("words", bytes: 4_096)
    self.at = try read.finish(at)
  }
}

extension FormReader {
  /// When somebody was heard of; nothing typed means now.
  fileprivate mutating func contactTime(_ name: String, _ reader: Reader) -> Instant? {
    do throws(ContactTime.Problem) {
      return try ContactTime(raw(name), reader: PhraseReader(reader, reader.person.zone)).instant
    } catch {
      switch error {
      case .ahead: complain(name, words("This lies ahead. Write when you were in touch, at the latest now."))
      case .noSuchDay: complain(name, words("There is no such date."))
      case .tooLong: complain(name, words("This is too long: at most {n} characters.", ["n": String(Phrase.longest)]))
      case .unknown: complain(name, words("This is not understood. Try “yesterday”, “3 days ago” or 2027-02-22."))
      }
      return nil
    }
  }
}

extension PersonCommands {
  /// They were met or spoken to: what rings to stay in touch begins anew.
  func log(_ contact: ContactForm) throws -> PersonOutcome { try log(at: contact.at, words: contact.words) }

  /// - Parameter at: not ahead.
  func log(at: Instant, words: String = "") throws -> PersonOutcome {
    let id = ID<LoggedContact>.new(at: with.now)
    try with.db.queue([
      """
      INSERT INTO contact_log (id, user_id, person_id, at, words, created_at)
      VALUES (\(id), \(with.person.id), \(person.id), \(at), \(words), \(with.now))
      """
    ])
    try followContacts()
    return try did("person.contacted", ["contact_at": at.iso])
  }

  /// It was not so.
  ///
  /// - Throws: ``Failure/notFound`` for an entry that is not theirs.
  func unlog(_ id: ID<LoggedContact>) throws -> PersonOutcome {
    let known: ID<LoggedContact>? = try with.db.value(
      "SELECT id FROM contact_log WHERE id = \(id) AND person_id = \(person.id) AND user_id = (SELECT me()) AND NOT taken_out")
    guard known != nil else { throw Failure.notFound }
    try with.db.queue(["SELECT door.drop_contact(\(id))"])
    try followContacts()
    return try did("person.contact_removed")
  }

  /// Brings when they were last heard of, when that is due again and what rings for it into line with their log.
  func followContacts() throws {
    let last: Instant? = try with.db.value(
      """
      SELECT at FROM contact_log WHERE person_id = \(person.id) AND user_id = \(with.person.id) AND NOT taken_out ORDER BY at DESC, id LIMIT 1
      """)
    let due = person.pace.map { StayColumns.due($0, last: last, set: person.staySetAt ?? with.now, with.person) }
    // No other edit of theirs is overtaken by this: the version stays.
    try with.db.queue([
      "UPDATE people SET last_contact_at = \(last), stay_due_at = \(due) WHERE id = \(person.id) AND user_id = \(with.person.id)"
    ])
    try bell().follow()
  }
}

/// The buttons of the log on somebody's page.
enum ContactLog {
  /// POST /people/:person/contacts-log
  static func create(_ web: Context, _ id: ID<KnownPerson>) throws -> Change {
    let commands = try PersonCommands.find(id, web.deadlineWriting)
    return try web.takeForm(askingAgain: { try PersonPage(PersonDetails.read(id, web), web, $0) }) {
      let outcome = try commands.log(ContactForm(web.form, web.reader))
      return Change(to: Paths.person(id), says: web.words("Noted that you were in touch."), did: outcome.entries, wakes: web.now)
    }
  }

  /// POST /people/:person/contacts-log/:entry/deletion
  static func delete(_ web: Context, _ id: ID<KnownPerson>, _ entry: ID<LoggedContact>) throws -> Change {
    let outcome = try PersonCommands.find(id, web.deadlineWriting).unlog(entry)
    return Change(to: Paths.person(id), says: web.words("The entry is gone from the log."), did: outcome.entries, wakes: web.now)
  }
}

/// What follows for people from what becomes of the reminders to stay in touch with them.
enum PersonFollowing {
  /// One that is done says that they were in touch, by a page or by a link (RULES 9.18).
  static func follow(_ change: Change, _ web: Context) throws {
    let done = change.did.filter { $0.subject == "reminder" && $0.action == "reminder.completed" && $0.payload["person"] != nil }
      .compactMap { $0.subjectID.flatMap { ID<Reminder>($0) } }
    if done.isEmpty { return }
    // Whom somebody else has in hands at this moment they lead on themselves.
    let found = try web.db.rows(
      KnownPerson.mine(
        """
        p.id IN (SELECT b.person_id FROM person_reminders b WHERE b.reminder_id = ANY (\(done)) AND b.user_id = (SELECT me()))
        ORDER BY p.id FOR UPDATE OF p SKIP LOCKED
        """))
    if found.isEmpty { return }
    let with = DeadlineWriting(planner: try web.plannerWriting, services: web.services, actor: try web.actor(change.actor))
    for person in found { _ = try PersonCommands(person: person, with: with).log(at: web.now) }
  }
}
