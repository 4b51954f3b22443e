import Domain
import HTML
import Postgres
import Web

/// Questions that are known to have an answer in a source: whether it is found, now and before.
enum GoldenQuestions {
  /// GET /sources/golden
  static func page(_ web: Context) throws -> Response { web.page(try GoldenPage(web)) }

  /// POST /sources/golden: new questions from a file, or the same ones again.
  static func run(_ web: Context) throws -> Change {
    let person = try web.person
    return try web.takeForm(askingAgain: { try GoldenPage(web, $0) }) {
      var read = FormReader(web.form, web.words)
      // One after the other, whoever of the account presses.
      try web.db.run("SELECT pg_advisory_xact_lock(hashtextextended('golden ' || my_account()::text, 0))")
      if let table = try table(&read) {
        try web.db.run("SELECT door.drop_golden_questions()")
        let places = table.rows.indices.map { $0 + 1 }
        try web.db.run(
          """
          INSERT INTO golden_questions (account_id, n, question, source_url, place)
          SELECT \(person.account), n, question, url, 0 FROM unnest(\(places), \(table.rows.map(\.question)), \(table.rows.map(\.url))) q(n, question, url)
          """)
      }
      let questions = try web.db.rows(GoldenQuestion.ours)
      if questions.isEmpty { throw FormErrors("file", web.words("Choose a file.")) }
      let places = try questions.map { try place(of: $0, person, web) }
      let run = GoldenRun(
        at: web.now, questions: questions.count, first: places.count { $0 == 1 }, found: places.count { $0 > 0 })
      try web.db.queue([
        .update(
          "golden_questions", set: [.each("place", places)], by: [.each("n", questions.map(\.n))],
          where: "d.n = t.n AND d.account_id = \(person.account)"),
        run.inserting(of: person.account),
      ])
      return Change(
        to: Paths.goldenQuestions,
        says: web.words.count(
          "{found} of {n} question finds its source.", "{found} of {n} questions find their source.", run.questions,
          ["found": String(run.found)]),
        did: [
          AuditEntry(
            "golden.run", "golden", nil,
            ["questions": String(run.questions), "first": String(run.first), "found": String(run.found)]
          ).shared
        ])
    }
  }

  /// The questions that were sent; nil: none were, and those that are there are asked again.
  private static func table(_ read: inout FormReader) throws(FormErrors) -> GoldenTable? {
    let typed = read.trimmed(read.raw("file"))
    try read.finish()
    guard let bytes = read.form.file("file")?.bytes ?? (typed.utf8.isEmpty ? nil : Array(typed.utf8)) else { return nil }
    do throws(GoldenTable.Refusal) {
      return try GoldenTable(bytes)
    } catch {
      throw FormErrors("file", GoldenText.refusal(error, read.words))
    }
  }

  /// At which place among those quoted its source stands; 0: not among them.
  private static func place(of golden: GoldenQuestion, _ person: Person, _ web: Context) throws -> Int {
    let language = MessageLanguage.told(by: golden.question) ?? person.language
    return golden.place(in: try PassageSearch.run(golden.question, language, of: person.account, at: web.now, web.db))
  }
}

/// One of them.
struct GoldenQuestion {
  let n: Int
  let question: String
  let sourceURL: String
  let place: Int

  static var ours: Query<GoldenQuestion> {
    Query(
      """
      SELECT n::integer, question, source_url, place::integer FROM golden_questions
      WHERE account_id = (SELECT my_account()) ORDER BY golden_questions.n
      """, into: GoldenQuestion.init)
  }
}

/// How a run went.
struct GoldenRun {
  let at: Instant
  let questions: Int
  /// Found first, and among three.
  let first: Int
  let found: Int

  /// The last ones, newest first.
  static var ours: Query<GoldenRun> {
    Query(
      "SELECT at, questions, first, found FROM golden_runs WHERE account_id = (SELECT my_account()) ORDER BY id DESC LIMIT 2",
      into: GoldenRun.init)
  }

  func inserting(of account: ID<Account>) -> SQL {
    """
    INSERT INTO golden_runs (id, account_id, at, questions, first, found)
    VALUES (\(ID<GoldenRun>.new(at: at)), \(account), \(at), \(questions), \(first), \(found))
    """
  }

  /// All but the last year's.
  static let retention = Retention("golden_runs", days: 365) { before in
    "DELETE FROM golden_runs WHERE id IN (SELECT id FROM golden_runs WHERE id < \(ID<GoldenRun>.first(from: before)) LIMIT \(Chore.slice))"
  }
}

/// What people are told of such a file.
enum GoldenText {
  static func refusal(_ refusal: GoldenTable.Refusal, _ words: Words) -> String {
    switch refusal {
    case .empty: words("There is no question in this file.")
    case .notText: words("This is no text. Send a CSV file.")
    case .broken(let line): words("Line {n} is not a question and an address.", ["n": String(line)])
    case .tooMany: words("These are too many: at most {n} questions.", ["n": String(GoldenTable.most)])
    }
  }
}

/// The page of golden questions.
struct GoldenPage {
  let layout: Layout
  let tabs: SourceTabs
  let summary: ErrorSummary?
  let runs: [RunItem]
  let rows: [Item]
  let isEmpty: Bool
  /// nil: whoever reads this changes nothing.
  let form: GoldenForm?

  struct RunItem {
    let label: String
    let time: TimeText
    let text: String
    /// "56/60"
    let value: String
    /// What tools call it: `golden-now`, `golden-before`.
    let fact: String
  }

  struct Item {
    let question: String
    let url: String
    let place: Int
    let badge: StatusBadge
  }

  init(_ web: Context, _ state: FormState = .fresh) throws {
    let (runs, questions) = try web.read(GoldenRun.ours, GoldenQuestion.ours)
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Golden questions"), .sources, web)
    tabs = SourceTabs(.golden, words)
    var make = FieldBuilder(state)
    make.add("file", words("File"))
    summary = make.summary
    self.runs = zip([(words("Now"), "golden-now"), (words("Before"), "golden-before")], runs).map { label, run in
      RunItem(
        label: label.0, time: TimeText(run.at, person, web.clock),
        text: words(
          "{found} of {n} found, {first} of them first.",
          ["found": String(run.found), "n": String(run.questions), "first": String(run.first)]),
        value: "\(run.found)/\(run.questions)", fact: label.1)
    }
    // What is not found comes first.
    rows = (questions.filter { $0.place == 0 } + questions.filter { $0.place > 0 }).map { golden in
      Item(
        question: golden.question, url: golden.sourceURL, place: golden.place,
        badge: golden.place == 0
          ? StatusBadge(tone: "urgent", icon: "error", label: words("Not found"))
          : StatusBadge(
            tone: golden.place == 1 ? "done" : "due", icon: "done",
            label: golden.place == 1 ? words("First") : words("Place {n}", ["n": String(golden.place)])))
    }
    isEmpty = questions.isEmpty
    form = person.changesSources ? GoldenForm(secret: layout.secret, error: state.errors["file"], canRepeat: !questions.isEmpty) : nil
  }
}

/// Where questions are sent, or asked again.
struct GoldenForm {
  let action = Paths.goldenQuestions
  let secret: CSRFField
  let error: String?
  let canRepeat: Bool
  let nonce = FormState.fresh.nonce
}
