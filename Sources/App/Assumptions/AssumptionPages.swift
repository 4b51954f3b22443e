import Domain
import HTML
import Web

/// The list: what is asked first, below it what is taken for true.
struct AssumptionListPage {
  let layout: Layout
  let chips: Chips
  let heading: String
  let rows: [AssumptionItem]
  let isAsking: Bool
  let next: Path?
  let empty: EmptyState?
  let facts: [AssumptionItem]
  let allFacts: Path

  var hasRows: Bool { !rows.isEmpty }
  var hasFacts: Bool { !facts.isEmpty }

  init(_ page: PageOf<Assumption>, facts: [Assumption], _ around: AssumptionDetails, _ filter: AssumptionFilter, _ web: Context) throws {
    let (words, person) = (web.words, try web.person)
    layout = try Layout(words("Assumptions"), .assistant, web)
    let secret = layout.secret
    let labels: [(AssumptionFilter.State, String)] = [
      (.open, words("To confirm")), (.confirmed, words("Confirmed", context: "assumptions")),
      (.corrected, words("Corrected", context: "assumptions")), (.dismissed, words("Dismissed", context: "assumptions")),
      (.faded, words("Faded", context: "assumptions")), (.all, words("All", context: "assumptions")),
    ]
    let open = NavItem.number(person.counts[.openAssumptions])
    chips = Chips(
      labels.map { state, label in
        Chip(path: filter.path(state), label: label, count: state == .open && filter.isWhole ? open : nil, isCurrent: state == filter.state)
      })
    heading = labels.first { $0.0 == filter.state }?.1 ?? ""
    isAsking = filter.state == .open
    let back = HiddenField(name: "next", value: filter.path().text)
    rows = try page.rows.map { try AssumptionItem($0, around, web, secret, next: back) }
    self.facts = try facts.map { try AssumptionItem($0, around, web, secret, next: back) }
    allFacts = filter.path(.confirmed)
    next = page.last.map { filter.path().adding("after", $0.id.text) }
    empty = rows.isEmpty ? AssumptionListPage.none(filter, hasFacts: !facts.isEmpty, words) : nil
  }

  private static func none(_ filter: AssumptionFilter, hasFacts: Bool, _ words: Words) -> EmptyState {
    guard filter.isWhole else {
      return EmptyState(
        icon: "search", title: words("Nothing matches"), text: words("Nothing is assumed of that kind."),
        way: (label: words("Show all"), path: Paths.assumptions.adding("state", "all")))
    }
    guard filter.state == .open else { return EmptyState(icon: "check", title: words("Nothing here"), text: words("None is like that.")) }
    return EmptyState(
      icon: "check", title: words("Nothing to confirm."),
      text: hasFacts
        ? words("What I take for true is listed below.")
        : words("What I take for true without being told stands here, with what speaks for it. You say whether it is so."))
  }
}

/// One of them: what it says, how sure that is, what speaks for it, and what can be answered.
struct AssumptionItem {
  let anchor: String
  let key: String
  let text: String
  let state: String
  let stateText: String
  let confidence: String
  let confidenceText: String
  let category: String
  let categoryText: String
  let written: String
  let writtenText: String
  /// When it was answered, in words; nil: it is not.
  let answered: String?
  let before: String?
  let correction: String?
  let why: String?
  let things: [Named]
  let contrary: [Named]
  let grounds: [Ground]
  let secret: CSRFField
  let version: HiddenField
  let next: HiddenField?
  let confirmation: Path?
  let correcting: Path?
  let dismissal: Path?

  var hasGrounds: Bool { !grounds.isEmpty }
  var hasThings: Bool { !things.isEmpty }
  var hasActions: Bool { confirmation != nil || correcting != nil || dismissal != nil }

  struct Named {
    let text: String
    let path: Path
  }
  struct Ground {
    let quote: String
    /// nil: it has no page, or is gone.
    let path: Path?
    let isGone: Bool
  }

  /// - Parameter next: the page that shows what came of an answer; nil: the list.
  init(_ it: Assumption, _ around: AssumptionDetails, _ web: Context, _ secret: CSRFField, next: HiddenField?) throws {
    let (words, person) = (web.words, try web.person)
    (anchor, key, text) = ("assumption-" + it.id.text, it.key, it.text(words))
    (state, stateText) = (it.state.rawValue, AssumptionText.name(it.state, words))
    (confidence, confidenceText) = (Sureness.text(it.confidence), AssumptionText.sureness(it.confidence, words))
    (category, categoryText) = (it.category.rawValue, AssumptionText.name(it.category, words))
    (written, writtenText) = (it.written.rawValue, AssumptionText.written(it.written, words))
    answered = it.answeredAt.map { words("you said so on {date}", ["date": TimeWords.date(person.zone.local($0).day, person.language)]) }
    before = it.state == .open ? AssumptionText.before(it, person, words) : nil
    correction = it.correction.utf8.isEmpty ? nil : it.correction
    why = it.state == .faded ? it.faded.map { AssumptionText.why($0, words) } : nil
    let ends: [(AssumedThing?, String?)] = [(it.about, it.subjectTitle), (it.leadsTo, it.objectTitle)]
    things = ends.compactMap { thing, title in
      guard let thing, let title, let path = AssumptionItem.path(thing.kind, thing.id) else { return nil }
      return Named(text: title, path: path)
    }
    contrary = around.contrary(to: it).map {
      Named(text: $0.text(words), path: Paths.assumptions.adding("state", "all").adding("about", $0.about?.ref?.text))
    }
    grounds = around.grounds(it).map { ground in
      Ground(
        quote: ground.quote, path: ground.goneAt == nil ? AssumptionItem.path(ground.kind, ground.thing) : nil, isGone: ground.goneAt != nil
      )
    }
    (self.secret, self.next) = (secret, next)
    version = HiddenField(name: "version", value: String(it.version))
    confirmation = [.open, .faded, .dismissed].contains(it.state) ? Paths.confirmation(it.id) : nil
    correcting = [.open, .faded, .confirmed].contains(it.state) ? Paths.correction(it.id) : nil
    dismissal = [.open, .faded, .confirmed].contains(it.state) ? Paths.dismissal(it.id) : nil
  }

  /// The page of a thing by the word of the register for its kind; nil: it has none.
  private static func path(_ kind: String, _ id: ID<Thing>) -> Path? {
    switch kind {
    case "reminder": Paths.reminder(ID(high: id.high, low: id.low))
    case "habit": Paths.habit(ID(high: id.high, low: id.low))
    default: ThingKind(rawValue: kind).map { ThingRef($0, id).path }
    }
  }
}

/// How it is instead, asked again where the answer could not be taken.
struct AssumptionFormPage {
  let layout: Layout
  let back = Paths.assumptions
  let text: String
  let state: String
  let stateText: String
  let field: TextArea
  let frame: FormFrame

  init(_ stored: Assumption, _ web: Context, _ state: FormState) throws {
    let words = web.words
    layout = try Layout(words("Correct an assumption"), .assistant, web)
    text = stored.text(words)
    (self.state, stateText) = (stored.state.rawValue, AssumptionText.name(stored.state, words))
    var make = FieldBuilder(state)
    field = make.area(
      "correction", words("How is it instead?"), "",
      help: words("“No, at Acme.” Where you name a person or place that you know, what was made of it follows."),
      rows: 3)
    make.add("version", words("Version"))
    frame = FormFrame(make, layout.secret, to: Paths.correction(stored.id), carrying: [state.version(stored.version)])
  }
}

/// What is assumed about somebody, on their page.
struct AssumedPart {
  let rows: [AssumptionItem]
  let all: Path

  var hasRows: Bool { !rows.isEmpty }

  /// - Parameters:
  ///   - found: what ``Assumption/about(_:withOwn:most:)`` found of the thing.
  ///   - place: the page on which it stands.
  init(_ thing: ThingRef, _ found: [Assumption], _ web: Context, _ secret: CSRFField) throws {
    let around = try AssumptionDetails.read(found, web)
    let next = HiddenField(name: "next", value: thing.path.text)
    rows = try found.map { try AssumptionItem($0, around, web, secret, next: next) }
    all = Paths.assumptions.adding("state", "all").adding("about", thing.text)
  }
}
