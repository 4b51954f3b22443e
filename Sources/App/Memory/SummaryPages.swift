import Domain
import HTML
import Web

/// The list of summaries.
struct SummaryListPage {
  let layout: Layout
  let chips: Chips
  let rows: [SummaryItem]
  let next: Path?
  let empty: EmptyState?
  let places = MemoryPlaces()

  init(_ page: PageOf<MemorySummary>, _ filter: Summaries.Filter, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Summaries"), .plan, web)
    let labels: [(Summaries.Filter.Kind, String)] = [
      (.all, words("All", context: "summaries")), (.session, words("Sessions", context: "summaries")),
      (.daily, words("Days", context: "summaries")), (.weekly, words("Weeks")),
    ]
    chips = Chips(labels.map { Chip(path: filter.path($0.0), label: $0.1, count: nil, isCurrent: $0.0 == filter.type) })
    rows = try page.rows.map { try SummaryItem($0, web) }
    next = page.last.map { filter.path().adding("after", $0.id.text) }
    empty =
      rows.isEmpty
      ? EmptyState(
        icon: "history", title: filter.type == .all && filter.from == nil ? words("Nothing yet") : words("Nothing matches"),
        text: words("What came of each day and week with the planner is kept here, once something happened.")) : nil
  }
}

/// One of them in a list.
struct SummaryItem {
  let path: Path
  let type: String
  let title: String
  let text: String
  let written: String

  init(_ summary: MemorySummary, _ web: Context) throws {
    let words = web.words
    (path, type) = (Paths.summary(summary.id), summary.type.rawValue)
    title = SummaryItem.title(summary, try web.person, web)
    text = summary.words(words)
    written = SummaryItem.written(summary.written, words)
  }

  /// "Monday 1 March", "Week of Monday 1 March", "Monday 1 March, 10:00 to 10:45".
  static func title(_ summary: MemorySummary, _ person: Person, _ web: Context) -> String {
    let words = web.words
    let zone = web.services.zones.zone(summary.zone) ?? person.zone
    let today = web.clock.habitDate(of: person)
    let begin = zone.local(summary.fromAt)
    // A week's first instant may lie a few hours into its first date.
    let date = HabitWords.date(begin.day, today: today, person.language)
    switch summary.type {
    case .daily: return date
    case .weekly: return words("Week of {date}", ["date": date])
    case .session:
      let end = zone.local(summary.untilAt)
      return words("{date}, {from} to {until}", ["date": date, "from": begin.time.text, "until": end.time.text])
    }
  }

  static func written(_ written: MemorySummary.Written, _ words: Words) -> String {
    switch written {
    case .rules: words("written without AI")
    case .model: words("written by a model")
    case .person: words("in your words")
    }
  }
}

/// The page of one summary.
struct SummaryPage {
  let layout: Layout
  let back = Paths.summaries
  let secret: CSRFField
  let summary: ErrorSummary?
  let type: String
  let text: String
  let written: String
  let writtenWords: String
  let facts: [Fact]
  let field: TextArea
  let frame: FormFrame
  let rebuild: Path
  let deletion: Path

  var hasFacts: Bool { !facts.isEmpty }

  struct Fact {
    let name: String
    let count: Int
    let heading: String
    let things: [Named]
  }
  struct Named {
    /// nil: it has no page, or is gone.
    let path: Path?
    let title: String
  }

  init(_ stored: MemorySummary, _ web: Context, _ state: FormState = .fresh) throws {
    let words = web.words
    layout = try Layout(SummaryItem.title(stored, web.person, web), .plan, web)
    secret = layout.secret
    (type, text, written) = (stored.type.rawValue, stored.words(words), stored.written.rawValue)
    writtenWords = SummaryItem.written(stored.written, words)
    facts = MemoryFactText.all(stored.facts).map { fact in
      let time = WorkMinutes.text(fact.count)
      let things = fact.things.map { Named(path: SummaryPage.path($0), title: $0.title) }
      return Fact(
        name: fact.kind.rawValue, count: fact.count,
        heading: fact.kind == .minutes ? words("Time noted: {time}.", ["time": time]) : fact.heading(words), things: things)
    }
    var make = FieldBuilder(state)
    field = make.area(
      "text", words("In your words"), stored.words(words),
      help: words("What you write stays, whatever happens later; the facts are kept up beside it. Leave it empty for Heed's words."),
      rows: 6)
    summary = make.summary
    frame = FormFrame(make, layout.secret, to: Paths.summary(stored.id), carrying: [state.version(stored.version)])
    (rebuild, deletion) = (Paths.rebuild(stored.id), Paths.deletion(stored.id))
  }

  private static func path(_ thing: MemoryThing) -> Path? { ThingKind(rawValue: thing.kind).map { ThingRef($0, thing.id).path } }
}

/// Where else is read what Heed remembers.
struct MemoryPlaces {
  let plan = Paths.plan
  let summaries = Paths.summaries
  let activity = Paths.activity
  let recent = Paths.recent
}
