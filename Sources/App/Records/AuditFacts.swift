import HTML

/// What an entry of the audit log records, for the features to tell of it (``Feature/sentence``).
struct AuditFacts {
  /// `reminder.made`
  let action: String
  private let facts: [String: String]
  /// The title of the reminder that it is about, as it is now.
  private let title: String?

  init(_ action: String, _ facts: [String: String], title: String?) { (self.action, self.facts, self.title) = (action, facts, title) }

  /// What was recorded by a name; empty where nothing was.
  subscript(_ name: String) -> String { facts[name] ?? "" }

  /// For sentences that name a reminder as it was called then.
  func titled(_ words: Words) -> KeyValuePairs<String, String> { self["title"].utf8.isEmpty ? titledNow(words) : ["title": self["title"]] }

  /// For sentences that name a reminder as it is called now.
  func titledNow(_ words: Words) -> KeyValuePairs<String, String> { ["title": title ?? words("deleted since")] }
}
