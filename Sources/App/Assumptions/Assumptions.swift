import Domain
import HTML
import Postgres
import Web

/// What Heed takes for true without being told: read, confirmed, corrected, dismissed.
enum Assumptions {
  /// GET /assumptions
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try AssumptionFilter(query, words) }
    _ = try web.person
    let (rows, facts) = try web.read(filter.rows, filter.facts)
    let page = PageOf(rows)
    let around = try AssumptionDetails.read(page.rows + facts, web)
    return web.list(try AssumptionListPage(page, facts: facts, around, filter, web))
  }

  /// POST /assumptions/:assumption/confirmation
  static func confirm(_ web: Context, _ id: ID<Assumption>) throws -> Change {
    try answer(web, id) { commands, version in
      let outcome = try commands.confirm(id, version: version)
      let says = [web.words("Confirmed: {words}", ["words": outcome.assumption.text(web.words)]), tie(outcome, web)]
      return change(outcome, says.compactMap(\.self).joined(separator: " "), web)
    }
  }

  /// POST /assumptions/:assumption/dismissal
  static func dismiss(_ web: Context, _ id: ID<Assumption>) throws -> Change {
    try answer(web, id) { commands, version in
      let outcome = try commands.dismiss(id, version: version)
      let says = [web.words("Not so: {words}", ["words": outcome.assumption.text(web.words)]), tie(outcome, web)]
      return change(outcome, says.compactMap(\.self).joined(separator: " "), web)
    }
  }

  /// POST /assumptions/:assumption/correction
  static func correct(_ web: Context, _ id: ID<Assumption>) throws -> Change {
    let commands = AssumptionCommands(writing: try web.plannerWriting)
    let stored = try commands.find(id)
    return try web.takeForm(askingAgain: { try AssumptionFormPage(stored, web, $0) }) {
      var read = FormReader(web.form, web.words)
      let words = read.correction()
      let version = read.optionalVersion()
      try read.finish()
      do {
        let outcome = try commands.correct(id, words, version: version)
        let says = [web.words("Kept as you say it: {words}", ["words": words]), tie(outcome, web)]
        return change(outcome, says.compactMap(\.self).joined(separator: " "), web)
      } catch {
        // What was typed is shown again, over what is stored now.
        guard let refusal = error as? AssumptionRefusal, refusal == .stale else { throw error }
        throw StaleForm()
      }
    }
  }

  private static func answer(
    _ web: Context, _ id: ID<Assumption>, _ take: (AssumptionCommands, Int?) throws -> Change
  ) throws -> Change {
    let commands = AssumptionCommands(writing: try web.plannerWriting)
    let stored = try commands.find(id)
    return try web.takeForm(askingAgain: { try AssumptionFormPage(stored, web, $0) }) {
      var read = FormReader(web.form, web.words)
      let version = read.optionalVersion()
      try read.finish()
      return try take(commands, version)
    }
  }

  private static func change(_ outcome: AssumptionOutcome, _ says: String, _ web: Context) -> Change {
    let place = web.back(or: Paths.assumptions)
    if outcome.entries.isEmpty { return Change(to: place, says: web.words("It was so already."), did: []) }
    return Change(to: place, says: says, undo: outcome.undo, did: outcome.entries)
  }

  /// What became of the relationships; nil: nothing.
  private static func tie(_ outcome: AssumptionOutcome, _ web: Context) -> String? {
    if let tie = outcome.tie, tie.isNew { return RelationshipOutcomeText(tie, from: tie.said.from.id, web.words).saved }
    return outcome.gone == 0
      ? nil : web.words.count("{n} relationship that rested on it is gone.", "{n} relationships that rested on it are gone.", outcome.gone)
  }
}

extension FormReader {
  /// How it is instead: 1 to 1,000 Unicode scalars of which something can be seen.
  fileprivate mutating func correction() -> String {
    let text = trimmed(self.text("correction", bytes: 4_096))
    if text.utf8.isEmpty || !isSeen(text) {
      complain("correction", words("Fill this in."))
    } else if text.unicodeScalars.count > AssumptionLimits.words {
      complain("correction", words("This is too long: at most {n} characters.", ["n": String(AssumptionLimits.words)]))
    }
    return text
  }

  /// The version that the form carries; nil: it carries none.
  fileprivate mutating func optionalVersion() -> Int? { trimmed(raw("version")).utf8.isEmpty ? nil : version() }
}

/// Which of them, as the address says.
struct AssumptionFilter {
  enum State: String, CaseIterable, Bindable { case open, confirmed, corrected, dismissed, faded, all }

  /// What it is said to be, or a kind of thing that it is about.
  enum Kind: String, CaseIterable, Bindable {
    case all, intent, context, preference, inference, person, place, event, task, goal, problem, deadline, reminder, habit
  }

  let state: State
  let kind: Kind
  /// A thing that it is about or leads to.
  let about: ThingRef?
  let after: ID<Assumption>?

  /// How many facts stand below the questions.
  static let facts = 20

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    state = read.choice("state", .open)
    kind = read.choice("kind", .all)
    let text = read.raw("about")
    about = ThingRef(text)
    if about == nil, !text.utf8.isEmpty { read.complain("about", words("Choose one of the values offered.")) }
    after = read.after()
    try read.finish()
  }

  func path(_ state: State? = nil) -> Path {
    let state = state ?? self.state
    return Paths.assumptions.adding("state", state == .open ? nil : state.rawValue).adding("kind", kind == .all ? nil : kind.rawValue)
      .adding("about", about?.text)
  }

  /// Whether nothing but the state is asked for.
  var isWhole: Bool { kind == .all && about == nil }

  /// A page of them and what follows, the newest first.
  var rows: Query<Assumption> {
    Assumption.mine(
      """
      (\(state == .all) AND a.state <> 'superseded' OR a.state = \(state)) AND \(narrowed)
        AND (\(after == nil) OR (a.created_at, a.id) < (SELECT x.created_at, x.id FROM assumptions x
          WHERE x.id = \(after)::uuid AND x.user_id = (SELECT me())))
      ORDER BY a.created_at DESC, a.id DESC LIMIT \(PageSize.read)
      """)
  }

  /// What is taken for true below the first page of questions.
  var facts: Query<Assumption> {
    Assumption.mine(
      """
      \(state == .open && after == nil) AND a.state = 'confirmed' AND \(narrowed) ORDER BY a.answered_at DESC, a.id DESC LIMIT \(Self.facts)
      """)
  }

  private var narrowed: SQL {
    """
    NOT a.hidden AND a.confidence >= \(AssumptionLimits.shown)::numeric / 100
      AND (\(kind == .all) OR a.category = \(kind) OR a.subject_kind = \(kind) OR a.object_kind = \(kind))
      AND (\(about == nil) OR a.subject_id = \(about?.id)::uuid OR a.object_id = \(about?.id)::uuid)
    """
  }
}

/// What is shown with some of them: on what each rests, and what says otherwise.
struct AssumptionDetails {
  private let evidence: [ID<Assumption>: [AssumptionEvidence]]
  private let single: [Assumption]

  static func read(_ rows: [Assumption], _ web: Context) throws -> AssumptionDetails {
    if rows.isEmpty { return AssumptionDetails(evidence: [:], single: []) }
    let subjects = rows.filter { AssumptionKey.isSingle($0.predicate) }.compactMap(\.subject)
    let (evidence, single) = try web.read(
      AssumptionEvidence.of(rows.map(\.id)),
      Assumption.mine(
        """
        a.state IN ('open', 'confirmed') AND NOT a.hidden AND a.subject_id = ANY (\(subjects)) AND a.predicate = ANY (\(AssumptionKey.single))
        ORDER BY a.created_at, a.id LIMIT 200
        """))
    return AssumptionDetails(evidence: Dictionary(grouping: evidence, by: \.assumption), single: single)
  }

  func grounds(_ it: Assumption) -> [AssumptionEvidence] { evidence[it.id] ?? [] }

  /// What says something else where only one thing can be so: neither takes the other's place by itself (RULES 9.39).
  func contrary(to it: Assumption) -> [Assumption] {
    let said = it.said
    return [.open, .confirmed].contains(it.state) ? single.filter { $0.id != it.id && $0.said.isContrary(to: said) } : []
  }
}
