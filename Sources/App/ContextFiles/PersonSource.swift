import Domain
import Postgres

extension PersonFields {
  /// What is compared of them.
  var sourceFields: SourceFields { SourceFields(sourced) }

  /// Takes what a file says, but for some fields. What is private stays so: no file makes it known.
  func taking(_ other: PersonFields, but kept: [String]) -> PersonFields {
    var taken = other
    for name in kept {
      switch name {
      case "name": taken.name = self.name
      case "emails": taken.emails = emails
      case "phones": taken.phones = phones
      case "type": taken.type = type
      case "importance": taken.importance = importance
      case "company": taken.company = company
      case "title": taken.title = title
      case "notes": taken.notes = notes
      case "birthday": taken.birthday = birthday
      case "stay_in_touch": taken.stayInTouch = stayInTouch
      case "tags": taken.tags = tags
      default: continue
      }
    }
    taken.isPrivate = isPrivate || other.isPrivate && !kept.contains("private")
    return taken
  }

  /// All that somebody is reached at, for search: as it is written, and figures as they are compared.
  fileprivate var reached: String {
    let keys = phones.filter { !$0.key.utf8.elementsEqual($0.value.utf8) }.map(\.key)
    return (emails.map(\.value) + phones.map(\.value) + keys).joined(separator: "\n")
  }
}

/// What an import stores of people, many at a time.
struct PersonRows {
  let rows: [(id: ID<KnownPerson>, fields: PersonFields)]
  let with: DeadlineWriting

  private var fields: [PersonFields] { rows.map(\.fields) }

  /// New people, with how they are reached and their tags.
  func inserting(_ source: String) -> [SQL] {
    if rows.isEmpty { return [] }
    let (now, person) = (with.now, with.person)
    let stays = fields.map { StayColumns($0.stayInTouch, words: "", last: nil, person, now: now) }
    let stay: [BatchColumn] = [
      .each("stay_words", stays.map(\.words)), .each("stay_months", stays.map(\.months)), .each("stay_days", stays.map(\.days)),
      .each("stay_set_at", stays.map(\.setAt)), .each("stay_due_at", stays.map(\.dueAt)),
    ]
    let own: [BatchColumn] = [
      .each("id", rows.map(\.id)), .all("user_id", "\(person.id)"), .all("source", "\(source)"), .all("created_at", "\(now)"),
      .all("updated_at", "\(now)"),
    ]
    var statements: [SQL] = [.insert(into: "people", columns: own + columns + stay)]
    statements += reaching(isNew: true)
    statements += tagging
    return statements
  }

  /// Writes over people that are stored.
  ///
  /// - Parameter stored: as they are.
  func updating(_ stored: [ID<KnownPerson>: KnownPerson]) -> [SQL] {
    if rows.isEmpty { return [] }
    let set: [BatchColumn] = columns + [.all("version", "d.version + 1"), .all("updated_at", "\(with.now)")]
    let update: SQL = .update(
      "people", set: set, by: [.each("id", rows.map(\.id))], where: "d.id = t.id AND d.user_id = (SELECT me()) AND d.deleted_at IS NULL")
    let stays: [SQL] = rows.compactMap { id, fields in
      guard let known = stored[id], known.pace != fields.stayInTouch else { return nil }
      let stay = StayColumns(fields.stayInTouch, words: "", stored: known, last: known.lastContactAt, with.person, now: with.now)
      return """
        UPDATE people SET stay_words = \(stay.words), stay_months = \(stay.months), stay_days = \(stay.days), stay_set_at = \(stay.setAt),
          stay_due_at = \(stay.dueAt) WHERE id = \(id) AND user_id = (SELECT me())
        """
    }
    return [update] + stays + reaching(isNew: false)
      + rows.flatMap { TaskWrites.tagging(ThingRef(.person, of: $0.id), $0.fields.tags, with.planner) }
  }

  private var columns: [BatchColumn] {
    let births = fields.map { BirthColumns($0.birthday) }
    return [
      .each("name", fields.map(\.name)), .each("email", fields.map { $0.emails.first?.value ?? "" }),
      .each("phone", fields.map { $0.phones.first?.value ?? "" }), .each("addresses", fields.map(\.reached)),
      .each("type", fields.map { $0.type ?? .contact }), .each("importance", fields.map { $0.importance ?? 5 }),
      .each("company", fields.map(\.company)), .each("title", fields.map(\.title)), .each("notes", fields.map(\.notes)),
      .each("birth_year", births.map(\.year)), .each("birth_month", births.map(\.month)), .each("birth_day", births.map(\.day)),
      .each("private", fields.map(\.isPrivate)),
      .each("metadata", fields.map { StoredMetadata.text($0.metadata).text }, as: "t.metadata::jsonb"),
    ]
  }

  private func reaching(isNew: Bool) -> [SQL] {
    if !isNew { return rows.flatMap { PersonAddresses.writing($0.fields, of: $0.id, isNew: false, with) } }
    let all = rows.flatMap { row in
      (Array(row.fields.emails.enumerated()) + Array(row.fields.phones.enumerated())).map {
        (id: row.id, place: $0.offset, address: $0.element)
      }
    }
    if all.isEmpty { return [] }
    let insert: SQL = .insert(
      into: "person_addresses", .each("id", all.map { _ in ID<StoredAddress>.new(at: with.now) }), .all("user_id", "\(with.person.id)"),
      .each("person_id", all.map(\.id)), .each("kind", all.map(\.address.kind)), .each("value", all.map(\.address.value)),
      .each("key", all.map(\.address.key)), .each("position", all.map(\.place)))
    return ["\(insert) ON CONFLICT DO NOTHING"]
  }

  private var tagging: [SQL] {
    let tags = rows.flatMap { row in row.fields.tags.map { (id: row.id, tag: $0) } }
    if tags.isEmpty { return [] }
    let insert: SQL = .insert(
      into: "tags", .all("user_id", "\(with.person.id)"), .each("thing", tags.map(\.id)), .each("tag", tags.map(\.tag)))
    return ["\(insert) ON CONFLICT DO NOTHING"]
  }
}
