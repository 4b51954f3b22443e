import Domain
import HTML
import Postgres
import Web

/// Makes two people one: whose each field is, and what moves; before that, who the other one is.
struct PersonMergePage {
  let layout: Layout
  let back: Path
  let backLabel: String
  let summary: ErrorSummary?
  let secret: CSRFField
  let choice: Choice?
  let picker: Picker?

  /// Field by field.
  struct Choice {
    let action: Path
    let other: HiddenField
    let text: String
    /// Those in which both differ: the first value is that of who stays.
    let fields: [RadioGroup]
    let moves: [String]
    /// The same, the other way round.
    let turned: Path

    var hasFields: Bool { !fields.isEmpty }
  }

  /// Who may be the other one.
  struct Picker {
    let action: Path
    let search: String
    let title: String
    let rows: [Row]
    /// Why the one that was chosen cannot be.
    let error: String?

    var hasRows: Bool { !rows.isEmpty }
  }

  struct Row {
    let path: Path
    let name: String
    let facts: String
  }

  /// - Parameters:
  ///   - other: nil: nobody has chosen yet.
  ///   - search: words by which others are looked for.
  /// - Throws: ``Failure/notFound``.
  init(_ id: ID<KnownPerson>, with other: ID<KnownPerson>?, search: String = "", _ web: Context, _ state: FormState = .fresh) throws {
    let ids = [id, other].compactMap(\.self)
    let (people, counts) = try web.read(KnownPerson.mine("p.id = ANY (\(ids)) ORDER BY p.id"), MergeCounts.of(other ?? id))
    guard let this = people.first(where: { $0.id == id }) else { throw Failure.notFound }
    let words = web.words
    layout = try Layout(words("Merge {name} with somebody", ["name": this.name]), .people, web, takesFlash: state.typed == nil)
    (back, backLabel, secret) = (Paths.person(id), this.name, layout.secret)
    var make = FieldBuilder(state)
    if other != id, let gone = people.first(where: { $0.id == other }) {
      let fields = PersonMergePage.fields(this, gone, &make, web)
      choice = Choice(
        action: Paths.merge(id), other: HiddenField(name: "other", value: gone.id.text),
        text: words("“{gone}” goes into “{name}” and then lies in the trash.", ["gone": gone.name, "name": this.name]), fields: fields,
        moves: counts.first?.lines(gone, words) ?? [], turned: Paths.merge(gone.id).adding("with", id.text))
      (picker, summary) = (nil, make.summary)
      return
    }
    make.add("other", words("The other one"))
    let found = try web.read(PersonMergePage.others(than: id, search))
    picker = Picker(
      action: Paths.merge(id), search: search,
      title: search.utf8.isEmpty ? words("Who may be the same") : words("Found"),
      rows: found.map { person in
        Row(path: Paths.merge(id).adding("with", person.id.text), name: person.name, facts: DuplicateItem.facts(person, words))
      }, error: state.errors["other"])
    (choice, summary) = (nil, make.summary)
  }

  /// Without words those who have a number or the name in common with somebody.
  private static func others(than id: ID<KnownPerson>, _ search: String) -> Query<KnownPerson> {
    let found: SQL =
      search.utf8.isEmpty
      ? """
      SELECT n.id FROM people n JOIN people a ON a.id = \(id) AND a.user_id = n.user_id
      WHERE n.user_id = (SELECT me()) AND n.deleted_at IS NULL AND n.name_norm = a.name_norm
      UNION
      SELECT o.person_id FROM person_addresses a
      JOIN person_addresses o ON o.user_id = a.user_id AND o.kind = a.kind AND o.key = a.key AND o.live
      WHERE a.person_id = \(id) AND a.user_id = (SELECT me())
      """
      : "SELECT f.id FROM door.find_things(\(search), ARRAY['person'], 21, '{}', 0) f"
    return KnownPerson.listed("p.id <> \(id) AND p.id IN (\(found)) ORDER BY p.name_norm, p.id LIMIT 20")
  }

  private static func fields(
    _ this: KnownPerson, _ other: KnownPerson, _ make: inout FieldBuilder, _ web: Context
  ) -> [RadioGroup] {
    let words = web.words
    return PersonMergePlan.Field.allCases.compactMap { field in
      let (mine, its) = (value(field, this, web.language, words), value(field, other, web.language, words))
      if its.utf8.isEmpty || mine.utf8.elementsEqual(its.utf8) { return nil }
      let stored = PersonMergePlan.standard(field, this.fields)
      return RadioGroup(
        field: make.choice(
          "keep_" + field.rawValue, label(field, words), stored.rawValue,
          [
            (PersonMergePlan.Choice.this.rawValue, mine.utf8.isEmpty ? words("nothing", context: "merge") : mine),
            (PersonMergePlan.Choice.other.rawValue, its),
          ]))
    }
  }

  static func label(_ field: PersonMergePlan.Field, _ words: Words) -> String {
    switch field {
    case .name: words("Name")
    case .email: words("Main e-mail address")
    case .phone: words("Main telephone number")
    case .type: words("Kind")
    case .importance: words("Importance")
    case .company: words("Company")
    case .title: words("What they do there")
    case .birthday: words("Birthday")
    case .stayInTouch: words("Stay in touch")
    }
  }

  private static func value(_ field: PersonMergePlan.Field, _ person: KnownPerson, _ language: Language, _ words: Words) -> String {
    switch field {
    case .name: person.name
    case .email: person.email
    case .phone: person.phone
    case .type: PersonText.name(person.type, words)
    case .importance: PersonText.importance(person.importance, words)
    case .company: person.company
    case .title: person.title
    case .birthday: person.birthday.map { PersonText.date($0, language) } ?? ""
    case .stayInTouch: person.pace?.words(language) ?? ""
    }
  }
}

/// How much of somebody a merge moves.
struct MergeCounts {
  let addresses: Int
  let relationships: Int
  let tasks: Int
  let contacts: Int
  let sources: Int

  static func of(_ id: ID<KnownPerson>) -> Query<MergeCounts> {
    Query(
      """
      SELECT (SELECT count(*) FROM person_addresses a WHERE a.person_id = \(id) AND a.user_id = (SELECT me())) AS addresses,
        (SELECT count(*) FROM entity_relationships r WHERE r.user_id = (SELECT me()) AND r.from_id = \(id))
          + (SELECT count(*) FROM entity_relationships r WHERE r.user_id = (SELECT me()) AND r.to_id = \(id)) AS relationships,
        (SELECT count(*) FROM tasks t WHERE t.assignee_id = \(id) AND t.user_id = (SELECT me())) AS tasks,
        (SELECT count(*) FROM contact_log c WHERE c.person_id = \(id) AND c.user_id = (SELECT me()) AND NOT c.taken_out) AS contacts,
        (SELECT count(*) FROM entity_sources s WHERE s.thing = \(id) AND s.user_id = (SELECT me())) AS sources
      """, into: MergeCounts.init)
  }

  /// What goes along, a line each.
  func lines(_ gone: KnownPerson, _ words: Words) -> [String] {
    let parts: [(Int, String)] = [
      (
        addresses,
        words.count(
          "{n} address: by it they are found from then on", "{n} addresses: by them they are found from then on", addresses)
      ),
      (gone.notes.utf8.isEmpty ? 0 : 1, words("The notes, below those that are there")),
      (gone.tags.count, words.count("{n} tag", "{n} tags", gone.tags.count)),
      (
        relationships,
        words.count(
          "{n} relationship, events among them; of two equal ones the stronger stays",
          "{n} relationships, events among them; of two equal ones the stronger stays", relationships)
      ),
      (tasks, words.count("{n} task", "{n} tasks", tasks)),
      (contacts, words.count("{n} entry of the log", "{n} entries of the log", contacts)),
      (sources, words.count("{n} file or calendar that they came from", "{n} files or calendars that they came from", sources)),
    ]
    return parts.filter { $0.0 > 0 }.map(\.1)
  }
}
