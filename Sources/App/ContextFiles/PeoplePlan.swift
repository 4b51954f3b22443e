import Domain
import HTML
import Postgres

/// What would come of a file of people (RULES 9.17): each is known by its id, else by a hash of all that it says; an address that somebody has makes
/// nobody new.
struct PeoplePlan {
  let file: PersonFile
  let source: String
  /// Of each entry what it is known by.
  let keys: [String]
  /// Of each what it was taken in as.
  let sources: [StoredSource?]
  let plan: ContextPlan

  /// - Parameter db: its transaction acts for the person.
  init(_ file: PersonFile, _ words: Words, _ db: Connection) throws(PostgresError) {
    (self.file, source) = (file, ContextFile.people(file).kind.source)
    keys = file.entries.map(PeoplePlan.key)
    sources = try PeoplePlan.known(keys, source, db)
    let finding = try PeopleFinding(file.entries, sources, db)
    let text = PersonFileText(words: words)
    var notes: [Int: [String]] = [:]
    for note in file.notes where !note.about.isRefusal { notes[note.line, default: []].append(text.about(note.about)) }
    let entries = file.entries.enumerated().map { place, entry in
      ContextPlan.Entry(
        line: entry.line, title: entry.person.name, found: finding.found[place], thing: finding.things[place],
        remarks: notes[entry.line] ?? [])
    }
    plan = ContextPlan(
      entries: entries,
      refused: file.notes.filter(\.about.isRefusal).map { ContextPlan.Refused(line: $0.line, title: "–", reason: text.about($0.about)) })
  }

  /// An id names a person whatever a card says; without one all that it says does.
  private static func key(_ entry: CardEntry) -> String {
    entry.uid.utf8.isEmpty ? "sha256:" + SourceFields.hash(entry.key) : StoredTask.plain(entry.uid)
  }

  /// The key of an entry that is made once more.
  static func again(_ key: String, in id: ID<ContextImport>) -> String { "sha256:" + SourceFields.hash(key + id.text) }

  /// Whoever was merged into another is them (RULES 9.17).
  static func known(_ keys: [String], _ source: String, _ db: Connection) throws(PostgresError) -> [StoredSource?] {
    let found = try db.rows(StoredSource.people(keys, source))
    var byKey: [String: StoredSource] = [:]
    for one in found {
      var one = one
      if one.isMerged, let survivor = try db.row(KnownPerson.survivor(of: ThingRef(.person, one.thing).row())) {
        one = one.about(ThingRef(.person, of: survivor).id)
      }
      byKey[one.key] = one
    }
    return keys.map { byKey[$0] }
  }
}

/// How the entries of a file stand to the people that are there.
private struct PeopleFinding {
  private(set) var found: [ContextPlan.Found] = []
  private(set) var things: [ThingRef?] = []

  init(_ entries: [CardEntry], _ sources: [StoredSource?], _ db: Connection) throws(PostgresError) {
    let written = entries.map { PeopleFinding.own($0.uid) }
    let survivors = try PeopleFinding.survivors(written.compactMap(\.self), db)
    let own = written.map { id in id.map { survivors[$0] ?? $0 } }
    let fresh = zip(entries, sources).filter { $0.1 == nil }.flatMap { $0.0.person.emails.map(\.key) }
    let holders = Dictionary(try PeopleFinding.holders(fresh, db).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let asked = sources.compactMap { $0.flatMap { $0.isTouched && !$0.isTrashed ? $0.thing : nil } } + own.compactMap(\.self)
    let people = try PeopleFinding.people(asked, db)
    let trashed = try PeopleFinding.trashed(own.compactMap(\.self), db)
    // Within the file: the same name at the same address is the same person, another name is another person.
    var first: [String: String] = [:]
    for (place, entry) in entries.enumerated() {
      if let source = sources[place] {
        found.append(PeopleFinding.outcome(entry, source, people[source.thing]))
        things.append(ThingRef(.person, source.thing))
      } else if let id = own[place], people[id] != nil || trashed.contains(id) {
        let stored = people[id]
        let isSame = stored?.fields.sourceFields == entry.person.sourceFields
        found.append(stored == nil ? .trashed : isSame ? .equal : .own)
        things.append(ThingRef(.person, id))
      } else if let holder = entry.person.emails.lazy.compactMap({ holders[$0.key] }).first {
        found.append(.taken(holder.name))
        things.append(ThingRef(.person, of: holder.id))
      } else if let name = entry.person.emails.lazy.compactMap({ first[$0.key] }).first, name.utf8.elementsEqual(entry.person.name.utf8) {
        found.append(.taken(name))
        things.append(nil)
      } else {
        found.append(.new)
        things.append(nil)
        for email in entry.person.emails where first[email.key] == nil { first[email.key] = entry.person.name }
      }
    }
  }

  private static func outcome(_ entry: CardEntry, _ source: StoredSource, _ stored: KnownPerson?) -> ContextPlan.Found {
    if source.isTrashed { return .trashed }
    let kept = PeopleFinding.kept(source, stored)
    if SourceFields.hash(entry.content) == source.sha256 { return kept.isEmpty ? .equal : .touched(kept) }
    if let modified = source.order.modified, let revised = entry.revised, revised < modified { return .older }
    return .changed(kept: kept)
  }

  /// The fields that somebody changed by hand.
  static func kept(_ source: StoredSource, _ stored: KnownPerson?) -> [String] {
    stored.map { $0.fields.sourceFields.differing(from: source.fields, PersonFields.sourced) } ?? []
  }

  /// Our own cards and tables say the person's id.
  private static func own(_ uid: String) -> ID<Thing>? {
    let prefix = "urn:uuid:".utf8
    return ID<Thing>(uid.utf8.starts(with: prefix) ? String(decoding: uid.utf8.dropFirst(prefix.count), as: UTF8.self) : uid)
  }

  /// Whom those lie in now who were merged, through chains; nobody of whom that one lies in the trash.
  private static func survivors(_ ids: [ID<Thing>], _ db: Connection) throws(PostgresError) -> [ID<Thing>: ID<Thing>] {
    if ids.isEmpty { return [:] }
    let found: [(ID<Thing>, ID<Thing>)] = try db.rows(
      Query(
        tuple: """
          WITH RECURSIVE way (first, id, merged_into, deleted_at, steps) AS (
            SELECT p.id, p.id, p.merged_into, p.deleted_at, 0 FROM people p
            WHERE p.id = ANY (\(ids)) AND p.user_id = (SELECT me()) AND p.merged_into IS NOT NULL
            UNION ALL
            SELECT w.first, n.id, n.merged_into, n.deleted_at, w.steps + 1 FROM way w
            JOIN people n ON n.id = w.merged_into AND n.user_id = (SELECT me()) WHERE w.steps < 1000)
          SELECT w.first, w.id FROM way w WHERE w.deleted_at IS NULL
          """))
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }

  private static func holders(_ keys: [String], _ db: Connection) throws(PostgresError) -> [AddressHolder] {
    if keys.isEmpty { return [] }
    return try db.rows(
      Query(
        """
        SELECT p.id, p.name, a.key FROM person_addresses a JOIN people p ON p.id = a.person_id AND p.user_id = a.user_id
        WHERE a.user_id = (SELECT me()) AND a.kind = 'email' AND a.live AND a.key = ANY (\(keys))
        """, into: AddressHolder.init))
  }

  private static func people(_ ids: [ID<Thing>], _ db: Connection) throws(PostgresError) -> [ID<Thing>: KnownPerson] {
    if ids.isEmpty { return [:] }
    let found = try db.rows(KnownPerson.mine("p.id = ANY (\(ids))"))
    return Dictionary(found.map { ($0.ref.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func trashed(_ ids: [ID<Thing>], _ db: Connection) throws(PostgresError) -> Set<ID<Thing>> {
    if ids.isEmpty { return [] }
    return Set(
      try db.rows(
        Query(
          column: """
            SELECT id FROM people WHERE user_id = (SELECT me()) AND id = ANY (\(ids)) AND deleted_at IS NOT NULL AND merged_into IS NULL
            """, as: ID<Thing>.self)))
  }
}

extension PeoplePlan {
  /// The fields of somebody that were changed by hand since a file said them.
  static func kept(_ source: StoredSource, _ stored: KnownPerson) -> [String] { PeopleFinding.kept(source, stored) }
}
