import Domain
import HTML
import Postgres

/// Where a thing came from, as stored (RULES 9.17).
struct ThingSource {
  /// `import:vcard`, `import:csv`, `import:ics`, `calendar:…`.
  let source: String
  let syncedAt: Instant
  /// The names of fields that its person changed since: they are left alone.
  let handChanged: [String]
  /// Whether its feed does not hold it any more (RULES 9.27).
  let isGone: Bool
  /// What it said of each field: a JSON object of texts.
  let fields: String
  /// The revision that the thing had then.
  let revision: Int

  /// The thing as it stands now, in the words of its sources.
  struct Now {
    let values: [String: String]
    /// Those that somebody may change by hand.
    let names: [String]
    let revision: Int
  }

  /// The names of the fields that its person changed since: those of the last import, and what is otherwise by now.
  func kept(_ now: Now?) -> [String] {
    guard let now, now.revision != revision else { return handChanged }
    let members = JSONValue(fields.utf8)?.members ?? []
    let said = Dictionary(members.compactMap { one in one.value.text.map { (one.name, $0) } }, uniquingKeysWith: { first, _ in first })
    return handChanged + now.names.filter { !handChanged.contains($0) && !(said[$0] ?? "").utf8.elementsEqual((now.values[$0] ?? "").utf8) }
  }

  /// How many a page shows.
  static let mostShown = 20

  /// Those of a thing of the person that the transaction is for, the newest first.
  static func of(_ thing: ThingRef) -> Query<ThingSource> {
    Query(
      """
      SELECT s.source, s.synced_at, s.hand_changed, s.vanished_at IS NOT NULL AS is_gone, s.fields::text AS fields, s.revision
      FROM entity_sources s
      WHERE s.thing = \(thing.id) AND s.user_id = (SELECT me()) AND s.kind = \(thing.kind)
      ORDER BY s.synced_at DESC, s.source, s.source_id LIMIT \(mostShown)
      """, into: ThingSource.init)
  }
}

/// The same on the page of a person, a place or an event: what it came from, when, and what stays as its person made it.
struct SourceRows {
  let rows: [Row]

  struct Row {
    let fact: String
    let name: String
    let time: TimeText
    /// "title, notes"; nil: nothing was changed by hand.
    let kept: String?
    let isGone: Bool
  }

  /// - Parameter now: nil: only what an import found is said to be changed by hand.
  /// - Returns: nil: it came from nowhere, its person made it here.
  init?(_ sources: [ThingSource], _ now: ThingSource.Now? = nil, _ person: Person, _ clock: PageClock, _ words: Words) {
    if sources.isEmpty { return nil }
    rows = sources.map { source in
      var names: [String] = []
      for name in source.kept(now).map({ SourceRows.field($0, words) }) where !names.contains(name) { names.append(name) }
      let kept = names.joined(separator: ", ")
      return Row(
        fact: source.source, name: SourceRows.name(source.source, words), time: TimeText(source.syncedAt, person, clock),
        kept: kept.utf8.isEmpty ? nil : kept, isGone: source.isGone)
    }
  }

  /// What a source is called.
  static func name(_ source: String, _ words: Words) -> String {
    switch source {
    case "import:vcard": return words("A vCard file")
    case "import:csv": return words("A table (CSV)")
    case "import:ics": return words("A calendar file (ICS)")
    default: break
    }
    return source.utf8.starts(with: "calendar:".utf8) ? words("A connected calendar") : source
  }

  /// What a field is called; of one that is not known here its own name.
  private static func field(_ name: String, _ words: Words) -> String {
    switch name {
    case "title": words("title", context: "field")
    case "name": words("name", context: "field")
    case "description", "notes": words("notes", context: "field")
    case "times", "starts", "ends", "all_day", "timezone", "zone": words("when", context: "field")
    case "rule", "rdates", "exdates", "dates", "changes", "repeat": words("how it comes again", context: "field")
    case "location", "place", "address": words("where", context: "field")
    case "status": words("how sure it is", context: "field")
    case "email", "emails", "more_emails": words("e-mail addresses", context: "field")
    case "phone", "phones", "more_phones": words("phone numbers", context: "field")
    case "company": words("company", context: "field")
    case "birthday": words("birthday", context: "field")
    case "virtual_url", "url": words("web address", context: "field")
    case "busy": words("whether its time is taken", context: "field")
    case "visibility": words("who may see it", context: "field")
    case "tags": words("tags", context: "field")
    case "type": words("kind", context: "field")
    case "importance": words("importance", context: "field")
    case "stay_in_touch": words("how often to be in touch", context: "field")
    case "private": words("what a model may know", context: "field")
    default: name
    }
  }
}
