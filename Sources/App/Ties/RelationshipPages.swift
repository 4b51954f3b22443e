import Domain
import HTML
import Postgres
import Web

/// What is looked for as the other end of a relationship: as the address of the page says.
struct RelationshipQuery {
  let from: ThingRef?
  /// The other end, where it was chosen and something else was wrong.
  let to: ThingRef?
  /// A word of the list, or words of one's own; empty: any.
  let type: String
  let search: String

  init(from: ThingRef, to: ThingRef?, type: String, search: String) {
    (self.from, self.to, self.type, self.search) = (from, to, type, search)
  }

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    from = ThingRef(read.raw("from"))
    to = nil
    type = read.line("type", 0...OwnRelationship.longest)
    search = read.line("q", 0...200)
    try read.finish()
  }

  /// Things that can be there, those that hold the words, the newest first; the one that was chosen before all.
  func things(_ thing: ThingRef) -> Query<PlannedThing> {
    let word = RelationshipWord(type)
    let kinds = ThingKind.allCases.filter { kind in
      kind.isRelated && thing.kind.isRelated && (word.map { $0.fits(from: thing.kind, to: kind) || to?.kind == kind } ?? true)
    }
    return Query(
      """
      SELECT x.kind, x.id, x.title, x.status, x.blocks FROM (
        SELECT d.id, d.updated_at FROM search_documents d WHERE d.user_id = (SELECT me()) AND d.kind = ANY (\(kinds)) AND NOT d.trashed
          AND d.id <> \(thing.id) AND (\(search.utf8.isEmpty) OR strpos(d.title_norm, plain(\(search))) > 0)
        ORDER BY d.id = \(to?.id)::uuid DESC NULLS LAST, d.updated_at DESC, d.id DESC LIMIT 20) f
      CROSS JOIN LATERAL \(PlannedThing.found("f.id")) x ORDER BY f.id = \(to?.id)::uuid DESC NULLS LAST, f.updated_at DESC, f.id DESC
      """, into: PlannedThing.init)
  }
}

/// The fields of a relationship, which its two forms share.
struct RelationshipFields {
  let said: TextField
  let suggestions: [String]
  let reverse: TextField
  let isTwoWay: Checkbox
  let strength: Select
  let since: TextField
  let until: TextField
  let notes: TextArea
  /// Whether what few of them have is shown at once.
  let isOpen: Bool

  /// - Parameters:
  ///   - shown: what stands in the field of a new one: a word of the list, or nothing.
  ///   - choices: the words of the list that are offered.
  init(
    _ make: inout FieldBuilder, shown: String, _ choices: [RelationshipWord], stored: StoredRelationship? = nil, _ words: Words
  ) {
    said = make.text(
      "relationship", words("What is between them?"), shown,
      help: words("One of the words offered, or your own: “godmother of”."), required: true, maxLength: OwnRelationship.longest,
      list: "relationships")
    suggestions = choices.map { RelationshipText.verb($0, words) }
    reverse = make.text(
      "reverse", words("Seen from the other end"), stored?.reverse ?? "", help: words("Only for words of your own: “godchild of”."),
      optional: true, maxLength: OwnRelationship.longest)
    isTwoWay = make.tick(
      "two_way", words("These words hold both ways"), stored.map { $0.isOwn && $0.isTwoWay } ?? false, says: words.answers)
    strength = make.choice(
      "strength", words("Strength"), String(stored?.strength ?? Relationship.usualStrength),
      Relationship.strengths.map { (String($0), words("{n} of 10", ["n": String($0)])) })
    since = make.text("since", words("Since"), stored?.since?.iso ?? "", type: "date", optional: true)
    until = make.text("until", words("Until"), stored?.until?.iso ?? "", type: "date", optional: true)
    notes = make.area("notes", words("Notes"), stored?.notes ?? "", rows: 2)
    isOpen = stored != nil || make.state.typed != nil
  }
}

/// Things that can be the other end of a relationship, a button each.
struct RelationshipChoicePage {
  let layout: Layout
  let summary: ErrorSummary?
  let back: Path
  let backLabel: String
  let action = Paths.relationships
  let secret: CSRFField
  let search: NewRelationship
  let lede: String
  let from: HiddenField
  let nonce: HiddenField
  let fields: RelationshipFields
  let rows: [Row]

  var isEmpty: Bool { rows.isEmpty }

  struct Row {
    let to: String
    let title: String
    let note: String
    let mark: String
  }

  /// - Parameter thing: the thing that it is said of.
  init(_ thing: PlannedThing, _ query: RelationshipQuery, _ found: [PlannedThing], _ web: Context, _ state: FormState = .fresh) throws {
    let words = web.words
    layout = try Layout(words("New relationship"), thing.kind.section, web)
    secret = layout.secret
    (back, backLabel) = (thing.path, thing.title)
    search = NewRelationship(thing.ref, words, type: query.type, search: query.search)
    lede = words("“{title}” and which of these?", ["title": thing.title])
    (from, nonce) = (HiddenField(name: "from", value: thing.ref.text), state.nonce)
    var make = FieldBuilder(state)
    let shown = query.type.utf8.isEmpty ? "" : RelationshipText.name(query.type, words)
    fields = RelationshipFields(&make, shown: shown, RelationshipText.choices(from: thing.kind), words)
    make.add("to", words("Other end"))
    summary = make.summary
    rows = found.enumerated().map { number, it in
      Row(to: it.ref.text, title: it.title, note: PlannedThing.name(it.kind, words), mark: "r\(number)")
    }
  }
}

/// The form that edits a relationship.
struct RelationshipFormPage {
  let layout: Layout
  let back: Path
  let backLabel: String
  /// Who or what it is between.
  let lede: String
  let fields: RelationshipFields
  var frame: FormFrame
  let deletion: Path
  let secret: CSRFField

  init(_ stored: StoredRelationship, _ from: PlannedThing, _ to: PlannedThing, _ web: Context, _ state: FormState = .fresh) throws {
    let words = web.words
    layout = try Layout(words("Edit relationship"), from.kind.section, web)
    secret = layout.secret
    (back, backLabel) = (from.path, from.title)
    lede = words("From “{from}” to “{to}”.", ["from": from.title, "to": to.title])
    var make = FieldBuilder(state)
    let shown = stored.isOwn ? stored.relationship : RelationshipText.name(stored.relationship, words)
    fields = RelationshipFields(&make, shown: shown, RelationshipWord.choices(from: from.kind, to: to.kind), stored: stored, words)
    frame = FormFrame(
      make, layout.secret, to: Paths.relationship(stored.id), cancel: from.path, carrying: [state.version(stored.version)])
    deletion = Paths.deletion(stored.id)
  }
}

extension ThingKind {
  /// Where its pages stand in the navigation.
  var section: NavSection {
    switch self {
    case .task: .tasks
    case .goal: .goals
    case .problem: .problems
    case .deadline: .deadlines
    case .person: .people
    case .place: .places
    case .event: .calendar
    }
  }
}
