import Domain
import HTML
import Postgres
import Web

/// Links of one kind on the page of a thing.
struct LinkList {
  let title: String
  let rows: [LinkRow]

  /// - Parameter strikes: whether what is over is struck through.
  /// - Returns: nil: there are none.
  init?(_ title: String, _ links: [LinkedThing], strikes: Bool, _ words: Words) {
    if links.isEmpty { return nil }
    self.title = title
    rows = links.map { LinkRow($0, strikes: strikes, words) }
  }
}

/// What is said of links that went by themselves.
enum LinkLoss {
  /// What tools read of what came back.
  static func facts(_ names: [String]) -> KeyValuePairs<String, String> { ["dropped-links": String(names.count)] }

  /// "2 links left off, for they do not fit any more: “A”, “B”."
  ///
  /// - Parameter names: what was at the other end of each; the first five are named.
  static func says(_ names: [String], _ words: Words) -> String {
    let shown = names.prefix(5).map { "“\($0)”" } + (names.count > 5 ? ["…"] : [])
    return words.count(
      "{n} link left off, for it does not fit any more: {names}.", "{n} links left off, for they do not fit any more: {names}.",
      names.count, ["names": shown.joined(separator: ", ")])
  }
}

/// One of them.
struct LinkRow {
  /// `blocked_by:task:…`
  let fact: String
  let mark: String
  let title: String
  let path: Path
  /// "Task · done".
  let note: String
  let isStruck: Bool
  let deletion: Path

  init(_ link: LinkedThing, strikes: Bool, _ words: Words) {
    (fact, title, path) = (link.fact, link.title, link.thing.path)
    mark = "l-" + link.id.text
    let kind = PlannedThing.name(link.kind, words)
    note = [kind, LinkRow.say(link, words), LinkRow.status(link.status, of: link.kind, words)].compactMap(\.self).joined(separator: " · ")
    isStruck = strikes && !link.blocks
    deletion = Paths.deletion(link.id)
  }

  private static func say(_ link: LinkedThing, _ words: Words) -> String? {
    switch (link.type, link.isFrom) {
    case (.dependsOn, _): nil
    case (.related, _): words("related")
    case (.supportsGoal, true): words("is supported by this")
    case (.supportsGoal, false): words("supports this")
    case (.addressesProblem, true): words("is addressed by this")
    case (.addressesProblem, false): words("addresses this")
    }
  }

  /// The states of all kinds, in words.
  static func status(_ status: String, of kind: ThingKind, _ words: Words) -> String {
    switch status {
    case "active" where kind == .problem: words("active", context: "problem")
    case "archived" where kind == .problem: words("archived", context: "problem")
    case "completed" where kind == .deadline: words("completed", context: "deadline")
    case "open": words("open", context: "thing")
    case "in_progress": words("in progress", context: "thing")
    case "deferred": words("deferred", context: "thing")
    case "done", "completed": words("done", context: "thing")
    case "cancelled": words("cancelled", context: "thing")
    case "active": words("active", context: "thing")
    case "paused": words("paused", context: "thing")
    case "monitoring": words("being watched", context: "thing")
    case "resolved": words("resolved", context: "thing")
    case "pending", "extended": words("ahead", context: "deadline")
    case "missed": words("missed", context: "deadline")
    case "known": words("known", context: "person or place")
    case "tentative": words("tentative", context: "event")
    case "confirmed": words("confirmed", context: "event")
    default: words("archived", context: "thing")
    }
  }
}

/// The form on the page of a thing that begins a link: what it says, and words of what is at its other end.
struct NewLink {
  let action = Paths.newLink
  let from: HiddenField
  let type: Select
  let search: TextField

  init(_ thing: ThingRef, _ words: Words, type: LinkWord = .dependsOn, search text: String = "") {
    var make = FieldBuilder()
    from = HiddenField(name: "from", value: thing.text)
    self.type = make.choice("type", words("This"), type.rawValue, LinkWord.allCases.map { ($0.rawValue, NewLink.name($0, words)) })
    search = make.text("q", words("What is it called?"), text, type: "search", maxLength: 200)
  }

  static func name(_ word: LinkWord, _ words: Words) -> String {
    switch word {
    case .dependsOn: words("waits for")
    case .blocks: words("holds up")
    case .supportsGoal: words("supports the goal")
    case .related: words("has to do with")
    case .addressesProblem: words("addresses the problem")
    }
  }
}

/// Things that can be the other end of a link, a button each.
struct LinkChoicePage {
  let layout: Layout
  let summary: ErrorSummary?
  let back: Path
  let backLabel: String
  let action = Paths.links
  let secret: CSRFField
  let search: NewLink
  let lede: String
  let from: HiddenField
  let type: HiddenField
  let rows: [Row]
  let isEmpty: Bool

  struct Row {
    let to: String
    let title: String
    let note: String
    let mark: String
  }

  /// - Parameter thing: where the link begins.
  init(_ thing: PlannedThing, _ query: LinkQuery, _ found: [PlannedThing], _ web: Context, _ state: FormState = .fresh) throws {
    let words = web.words
    layout = try Layout(words("New link"), .tasks, web)
    secret = layout.secret
    back = thing.path
    backLabel = thing.title
    var make = FieldBuilder(state)
    make.add("to", words("Other end"))
    summary = make.summary
    search = NewLink(thing.ref, words, type: query.type, search: query.search)
    lede = words("“{title}” {verb}:", ["title": thing.title, "verb": NewLink.name(query.type, words)])
    from = HiddenField(name: "from", value: thing.ref.text)
    type = HiddenField(name: "type", value: query.type.rawValue)
    rows = found.enumerated().map { number, it in
      Row(
        to: it.ref.text, title: it.title, note: PlannedThing.name(it.kind, words) + " · " + LinkRow.status(it.status, of: it.kind, words),
        mark: "r\(number)")
    }
    isEmpty = rows.isEmpty
  }
}

/// What can be linked: as the address of the page says.
struct LinkQuery {
  let from: ThingRef?
  let type: LinkWord
  let search: String

  init(from: ThingRef, type: LinkWord, search: String) { (self.from, self.type, self.search) = (from, type, search) }

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    from = ThingRef(read.raw("from"))
    type = read.choice("type", LinkWord.dependsOn)
    search = read.line("q", 0...200)
    try read.finish()
  }

  /// Things that can be there, those that hold the words, the newest first.
  func things(_ thing: ThingRef) -> Query<PlannedThing> {
    let kinds = ThingKind.allCases.filter { kind in
      switch type {
      case .dependsOn: ThingLink.can(.dependsOn, from: thing.kind, to: kind)
      case .blocks: ThingLink.can(.dependsOn, from: kind, to: thing.kind)
      case .supportsGoal: ThingLink.can(.supportsGoal, from: thing.kind, to: kind)
      case .addressesProblem: ThingLink.can(.addressesProblem, from: thing.kind, to: kind)
      case .related: ThingLink.can(.related, from: thing.kind, to: kind)
      }
    }
    return Query(
      """
      SELECT x.kind, x.id, x.title, x.status, x.blocks FROM (
        SELECT d.id, d.updated_at FROM search_documents d WHERE d.user_id = (SELECT me()) AND d.kind = ANY (\(kinds)) AND NOT d.trashed
          AND d.id <> \(thing.id) AND (\(search.utf8.isEmpty) OR strpos(d.title_norm, plain(\(search))) > 0)
        ORDER BY d.updated_at DESC, d.id DESC LIMIT 20) f
      CROSS JOIN LATERAL \(PlannedThing.found("f.id")) x ORDER BY f.updated_at DESC, f.id DESC
      """, into: PlannedThing.init)
  }
}
