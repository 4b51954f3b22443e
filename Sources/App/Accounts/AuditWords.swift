import Domain
import FoundationEssentials
import HTML

/// What an entry of the audit log says to a person: a sentence, and what changed below it.
struct AuditWords {
  private let entry: AuditTrailRow
  private let facts: [String: String]
  private let words: Words
  private let time: (Instant) -> TimeText

  init(_ entry: AuditTrailRow, _ words: Words, _ time: @escaping (Instant) -> TimeText) {
    (self.entry, self.words, self.time) = (entry, words, time)
    facts = entry.payload.flatMap { try? JSONDecoder().decode([String: String].self, from: Data($0.utf8)) } ?? [:]  // Erased ones are nil.
  }

  /// "Reminder “Pay the rent” made."; what is not known yet is shown as it was recorded.
  var sentence: String {
    let known = AuditFacts(entry.action, facts, title: entry.title)
    return features.lazy.compactMap { $0.sentence(known, words) }.first ?? entry.action
  }

  /// What changed, name by name; what the sentence says already is left out.
  var details: [Detail] {
    if entry.payload == nil { return [Detail(name: words("Details"), value: words("erased"))] }
    let said: Set<String> = entry.action == "reminder.changed" ? [] : ["title", "email", "address", "enabled", "type"]
    return facts.filter { !said.contains($0.key) }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, value in
      let label = features.lazy.compactMap { $0.detail(name, words) }.first ?? name
      let links = AuditWords.links(name, value, words)
      return Detail(name: label, value: links.isEmpty ? Instant(iso: value).map { time($0).absolute.text } ?? value : "", links: links)
    }
  }

  /// What an act of the assistant came from, each with its page (RULES 9.8, 9.41); none where the value names nothing.
  private static func links(_ name: String, _ value: String, _ words: Words) -> [Detail.Link] {
    switch name {
    case "proposal": ID<Proposal>(value).map { [Detail.Link(label: words("The proposal"), path: Paths.proposal($0))] } ?? []
    case "assumptions":
      value.utf8.split(separator: 32).compactMap { ID<Assumption>(String(decoding: $0, as: UTF8.self)) }.enumerated().map { place, id in
        Detail.Link(label: words("Assumption {n}", ["n": String(place + 1)]), path: Paths.assumption(id))
      }
    default: []
    }
  }

  struct Detail {
    let name: String
    /// Empty where the links say it.
    let value: String
    var links: [Link] = []

    struct Link {
      let label: String
      let path: Path
    }
  }
}
