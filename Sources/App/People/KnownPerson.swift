import Domain
import Postgres

extension PersonType: Bindable, FromColumn {}
extension PersonAddress.Kind: Bindable, FromColumn {}

/// Somebody whom a person knows, as stored (RULES 9.2). Whoever is signed in is a ``Person``.
struct KnownPerson {
  let id: ID<KnownPerson>
  let name: String
  /// The main one, as typed; empty: none.
  let email: String
  let phone: String
  let type: PersonType
  /// 1 to 10.
  let importance: Int
  let company: String
  /// What they are there.
  let title: String
  /// Markdown.
  let notes: String
  let birthYear: Int?
  let birthMonth: Int?
  let birthDay: Int?
  /// As typed.
  let stayWords: String
  let stayMonths: Int?
  let stayDays: Int?
  let staySetAt: Instant?
  /// Whether events count as contact when they end.
  let stayEvents: Bool
  let stayDueAt: Instant?
  let lastContactAt: Instant?
  let isPrivate: Bool
  /// A JSON object: what other programs keep.
  let metadata: String
  /// Where it came from first.
  let source: String
  let createdAt: Instant
  let version: Int
  let revision: Int
  /// The newest that rings to stay in touch.
  let reminder: ID<Reminder>?
  /// Beside the main one, in their order.
  let moreEmails: [String]
  let morePhones: [String]
  /// In the order of their letters.
  let tags: [String]

  /// What it is about, for the audit log.
  static let subject = "person"

  private static let columns: Columns = """
    p.type, p.importance, p.company, p.title, p.notes, p.birth_year, p.birth_month, p.birth_day, p.stay_words, p.stay_months, p.stay_days,
    p.stay_set_at, p.stay_events, p.stay_due_at, p.last_contact_at, p.private, p.metadata::text AS metadata, p.source, p.created_at, p.version, p.revision
    """

  private static let tagged: SQL = """
    ARRAY(SELECT g.tag FROM tags g WHERE g.thing = p.id AND g.user_id = p.user_id ORDER BY g.tag_norm) AS tags
    """

  private static let joined: SQL = """
    (SELECT n.reminder_id FROM person_reminders n WHERE n.person_id = p.id AND n.user_id = p.user_id ORDER BY n.reminder_id DESC LIMIT 1)
      AS reminder_id,
    ARRAY(SELECT a.value FROM person_addresses a WHERE a.person_id = p.id AND a.user_id = p.user_id AND a.kind = 'email' AND a.position > 0
      ORDER BY a.position, a.id) AS more_emails,
    ARRAY(SELECT a.value FROM person_addresses a WHERE a.person_id = p.id AND a.user_id = p.user_id AND a.kind = 'phone' AND a.position > 0
      ORDER BY a.position, a.id) AS more_phones
    """

  /// People of the person that the transaction is for; those in the trash, and so who was merged into another, are not there.
  ///
  /// - Parameter which: a condition on `p`, and their order.
  static func mine(_ which: SQL) -> Query<KnownPerson> {
    Query(
      """
      SELECT p.id, p.name, p.email, p.phone, \(columns), \(joined), \(tagged) FROM people p
      WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL AND \(which)
      """, into: KnownPerson.init)
  }

  /// The same for lists, which show neither notes nor other addresses nor what other programs keep: they are empty here.
  static func listed(_ which: SQL) -> Query<KnownPerson> {
    Query(
      """
      SELECT p.id, p.name, p.email, p.phone, p.type, p.importance, p.company, p.title, '' AS notes, p.birth_year, p.birth_month, p.birth_day,
        p.stay_words, p.stay_months, p.stay_days, p.stay_set_at, p.stay_events, p.stay_due_at, p.last_contact_at, p.private, '{}' AS metadata,
        p.source, p.created_at, p.version, p.revision, NULL::uuid AS reminder_id, '{}'::text[] AS more_emails, '{}'::text[] AS more_phones,
        \(tagged)
      FROM people p WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL AND \(which)
      """, into: KnownPerson.init)
  }

  /// Whom somebody who was merged lies in now, through chains; nil: nobody that lives (RULES 9.16).
  static func survivor(of id: ID<KnownPerson>) -> Query<ID<KnownPerson>> {
    Query(
      column: """
        WITH RECURSIVE way (id, merged_into, deleted_at, steps) AS (
          SELECT p.id, p.merged_into, p.deleted_at, 0 FROM people p WHERE p.id = \(id) AND p.user_id = (SELECT me()) AND p.merged_into IS NOT NULL
          UNION ALL
          SELECT n.id, n.merged_into, n.deleted_at, w.steps + 1 FROM way w JOIN people n ON n.id = w.merged_into AND n.user_id = (SELECT me())
          WHERE w.steps < 1000)
        SELECT w.id FROM way w WHERE w.deleted_at IS NULL
        """)
  }

  /// As relationships, links and events name it.
  var ref: ThingRef { ThingRef(.person, of: id) }

  var birthday: Birthday? {
    guard let birthMonth, let birthDay else { return birthYear.map { .year($0) } }
    guard let birthYear else { return .yearless(month: birthMonth, day: birthDay) }
    return Day(year: birthYear, month: birthMonth, day: birthDay).map { .whole($0) }
  }

  /// How often to hear of them; nil: nobody has said.
  var pace: StayInTouch? { StayColumns.pace(months: stayMonths, days: stayDays) }

  /// All of it that a form or a file says.
  var fields: PersonFields {
    var fields = PersonFields(name)
    fields.emails = ([email] + moreEmails).compactMap { PersonAddress(email: $0) }
    // What is kept as E.164 is its own key, and other numbers have none of a country.
    fields.phones = ([phone] + morePhones).compactMap { PersonAddress(phone: $0, in: nil) }
    (fields.type, fields.importance, fields.company, fields.title, fields.notes) = (type, importance, company, title, notes)
    (fields.birthday, fields.stayInTouch, fields.tags, fields.isPrivate) = (birthday, pace, tags, isPrivate)
    fields.metadata = StoredMetadata.fields(metadata)
    return fields
  }
}

/// How often to hear of somebody, as the columns hold it: nothing in any of them where nobody has said.
struct StayColumns {
  let words: String
  let months: Int?
  let days: Int?
  let setAt: Instant?
  let dueAt: Instant?

  /// - Parameters:
  ///   - words: as typed.
  ///   - stored: as it was before: the same pace goes on from when it was set.
  ///   - last: when somebody was last heard of.
  init(_ pace: StayInTouch?, words: String, stored: KnownPerson? = nil, last: Instant?, _ person: Person, now: Instant) {
    guard let pace else {
      (self.words, months, days, setAt, dueAt) = ("", nil, nil, nil, nil)
      return
    }
    let since = stored?.pace == pace ? stored?.staySetAt ?? now : now
    self.words = words.utf8.isEmpty ? pace.words(person.language) : words
    (months, days) = StayColumns.parts(pace)
    setAt = since
    dueAt = StayColumns.due(pace, last: last, set: since, person)
  }

  /// When it is time again: at the person's usual hour of that day (RULES 9.18).
  static func due(_ pace: StayInTouch, last: Instant?, set: Instant, _ person: Person) -> Instant {
    let day = pace.due(lastContact: last.map { person.zone.local($0).day }, set: person.zone.local(set).day)
    return person.zone.instant(LocalTime(day: day, time: person.defaultTime))
  }

  private static func parts(_ pace: StayInTouch) -> (months: Int?, days: Int?) {
    switch pace.unit {
    case .days: (0, pace.count)
    case .weeks: (0, 7 * pace.count)
    case .months: (pace.count, 0)
    case .years: (12 * pace.count, 0)
    }
  }

  static func pace(months: Int?, days: Int?) -> StayInTouch? {
    guard let months, let days else { return nil }
    if months > 0 { return months % 12 == 0 ? StayInTouch(months / 12, .years) : StayInTouch(months, .months) }
    return days % 7 == 0 ? StayInTouch(days / 7, .weeks) : StayInTouch(days, .days)
  }
}

extension Person {
  /// Of the country they live in, for numbers without its code (RULES 9.14).
  var callingCode: CallingCode? { CallingCode(zone: zone.name) }
}
