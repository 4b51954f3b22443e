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
      return Detail(name: label, value: Instant(iso: value).map { time($0).absolute.text } ?? value)
    }
  }

  struct Detail {
    let name: String
    let value: String
  }
}
