import Domain
import HTML
import Postgres
import Web

/// For which time the page tells how drafts fared.
struct LearningFilter {
  enum Period: String, CaseIterable {
    case month = "30"
    case quarter = "90"
    case year = "365"
  }

  let period: Period

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    period = read.choice("days", Period.quarter)
    try read.finish()
  }

  func since(_ now: Instant) -> Instant { now.advanced(days: -(Int64(period.rawValue) ?? 90)) }
}

/// How drafts fare: for everybody of the account to read.
enum Learning {
  /// GET /learning
  static func page(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try LearningFilter(query, words) }
    let since = filter.since(web.now)
    let rates = Reading(
      rows: LearningRates.all(since: since), LearningRates.by(.model, since: since), LearningRates.by(.prompt, since: since),
      LearningRates.by(.channel, since: since), LearningRates.by(.week, since: since))
    let rest = Reading(
      rows: RejectionCount.query(since: since), LearningChanges.query(since: since), UnusedSource.query(since: since, at: web.now),
      UnansweredQuestion.query(since: since))
    let (found, others) = try web.read(rates, rest)
    return web.list(
      try LearningPage(
        found.0.first, [found.1, found.2, found.3, found.4], others.0, LearningChanges(others.1), others.2, others.3, filter, web))
  }
}

/// The page.
struct LearningPage {
  let layout: Layout
  let periods: [PeriodLink]
  /// nil: nothing was decided yet.
  let figures: Figures?
  let weeks: Weeks?
  let tables: [Table]
  let reasons: [LearningItem]
  let added: [LearningItem]
  let removed: [LearningItem]
  let recurring: [RecurringChange]
  let unused: [LearningItem]
  let unusedTitle: String
  let unanswered: [LearningItem]
  let unansweredTitle: String
  /// nil: whoever reads this does not run the account.
  let export: Path?
  let jobs: Path?
  let drafts = Paths.drafts

  var hasReasons: Bool { !reasons.isEmpty }
  var hasChanges: Bool { !added.isEmpty || !removed.isEmpty }
  var hasAdded: Bool { !added.isEmpty }
  var hasRemoved: Bool { !removed.isEmpty }
  var hasRecurring: Bool { !recurring.isEmpty }
  var hasUnused: Bool { !unused.isEmpty }
  var hasUnanswered: Bool { !unanswered.isEmpty }

  /// What people add again and again, and what could be made of it.
  struct RecurringChange {
    let text: String
    let count: String
    /// nil: whoever reads this writes none.
    let saved: Path?
    let source: Path?

    init(_ it: LearningChanges.Count, _ person: Person, _ words: Words) {
      text = it.text
      count = words.count("in {n} draft", "in {n} drafts", it.drafts)
      // More would make a long address of it; the rest is typed.
      let offer = String(String.UnicodeScalarView(it.text.unicodeScalars.prefix(500)))
      saved = person.answersCustomers ? Paths.savedReplies.adding("text", offer) : nil
      source = person.changesSources ? Paths.newSource.adding("text", offer) : nil
    }
  }

  struct PeriodLink {
    let path: Path
    let label: String
    let isCurrent: Bool
  }

  /// The figures of the period, and as facts.
  struct Figures {
    let samples: Int
    let acceptance: String
    let acceptanceFact: String
    let distance: String
    let distanceFact: String
    let seconds: String
    let secondsFact: String
    let counts: String
  }

  /// How many of each week were good as they were: bars, and a table that says the same.
  struct Weeks {
    let bars: WeekBars
    let rows: [Week]
  }

  struct Week {
    let name: String
    let value: String
    let samples: Int
  }

  /// Rates by something that drafts share.
  struct Table {
    let id: String
    let title: String
    let head: String
    let rows: [Row]
  }

  struct Row {
    let name: String
    let samples: Int
    let acceptance: String
    let distance: String
    let seconds: String
  }

  init(
    _ all: LearningRates?, _ parts: [[LearningRates]], _ reasons: [RejectionCount], _ changes: LearningChanges, _ unused: [UnusedSource],
    _ unanswered: [UnansweredQuestion], _ filter: LearningFilter, _ web: Context
  ) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Learning"), .learning, web)
    let labels: [(LearningFilter.Period, String)] = [
      (.month, words("30 days")), (.quarter, words("90 days")), (.year, words("A year")),
    ]
    periods = labels.map { period, label in
      PeriodLink(
        path: Paths.learning.adding("days", period == .quarter ? nil : period.rawValue), label: label, isCurrent: period == filter.period)
    }
    let runs = person.role == .admin || person.role == .owner
    export = runs ? Paths.learningExport : nil
    jobs = runs ? Paths.jobs : nil
    let text = LearningText(words)
    figures = all.map { text.figures($0) }
    weeks = parts[3].isEmpty ? nil : text.weeks(parts[3])
    let heads = [
      ("models", words("By model"), words("Model")), ("prompts", words("By prompt"), words("Prompt", context: "version")),
      ("channels", words("By channel"), words("Channel")),
    ]
    tables = zip(heads, parts).filter { !$1.isEmpty }.map { head, rates in
      Table(id: head.0, title: head.1, head: head.2, rows: rates.map { text.row($0) })
    }
    self.reasons = reasons.map { LearningItem(text: DraftText.reason($0.reason, words), path: nil, count: String($0.count)) }
    func lines(_ counts: [LearningChanges.Count]) -> [LearningItem] {
      counts.map { LearningItem(text: $0.text, path: nil, count: words.count("in {n} draft", "in {n} drafts", $0.drafts)) }
    }
    (added, removed) = (lines(changes.added), lines(changes.removed))
    recurring = changes.recurring.map { RecurringChange($0, person, words) }
    self.unused = unused.map { LearningItem(text: $0.title, path: Paths.source($0.id), count: nil) }
    let (sources, questions) = (unused.first?.count ?? 0, unanswered.first?.count ?? 0)
    unusedTitle = words.count("{n} source was never quoted", "{n} sources were never quoted", sources)
    self.unanswered = unanswered.map {
      LearningItem(
        text: $0.subject.utf8.isEmpty ? words("Without a subject") : $0.subject, path: Paths.conversation($0.conversation), count: nil)
    }
    unansweredTitle = words.count("{n} question found no source", "{n} questions found no source", questions)
  }
}

/// Something with how often.
struct LearningItem {
  let text: String
  let path: Path?
  let count: String?
}

/// How its numbers read.
struct LearningText {
  let words: Words

  init(_ words: Words) { self.words = words }

  func figures(_ all: LearningRates) -> LearningPage.Figures {
    LearningPage.Figures(
      samples: all.samples, acceptance: percent(all.acceptance), acceptanceFact: JSONText.decimal(all.acceptance).text,
      distance: percent(all.distance), distanceFact: JSONText.decimal(all.distance).text, seconds: seconds(all.seconds),
      secondsFact: all.seconds.map { String($0) } ?? "",
      counts: words(
        "{approved} as written, {edited} changed, {rejected} rejected",
        ["approved": String(all.approved), "edited": String(all.edited), "rejected": String(all.rejected)]))
  }

  func row(_ rates: LearningRates) -> LearningPage.Row {
    LearningPage.Row(
      name: rates.name.utf8.isEmpty ? words("none", context: "prompt") : rates.name, samples: rates.samples,
      acceptance: percent(rates.acceptance), distance: percent(rates.distance), seconds: seconds(rates.seconds))
  }

  func weeks(_ weeks: [LearningRates]) -> LearningPage.Weeks {
    LearningPage.Weeks(
      bars: WeekBars(weeks.map { max(Int(($0.acceptance * 60).rounded()), 1) }, label: "h-weeks"),
      rows: weeks.map { LearningPage.Week(name: $0.name, value: percent($0.acceptance), samples: $0.samples) })
  }

  private func percent(_ share: Double) -> String { "\(Int((max(0, min(share, 1)) * 100).rounded())) %" }

  private func seconds(_ seconds: Int?) -> String {
    guard let seconds else { return words("not known") }
    return seconds < 120 ? words.count("{n} second", "{n} seconds", seconds) : words.count("{n} minute", "{n} minutes", (seconds + 30) / 60)
  }
}
