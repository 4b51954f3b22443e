import Domain

/// What of somebody is held against what their card or row said (RULES 9.17).
extension PersonFields {
  /// The fields that somebody may change by hand, as ``SourceFields`` calls them.
  static let sourced = [
    "name", "emails", "phones", "type", "importance", "company", "title", "notes", "birthday", "stay_in_touch", "tags", "private",
  ]

  /// What is compared of them: as it is stored, whatever a file leaves out.
  var sourced: [String: String] {
    [
      "name": name, "emails": emails.map(\.key).joined(separator: "\n"), "phones": phones.map(\.key).joined(separator: "\n"),
      "type": (type ?? .contact).rawValue, "importance": "\(importance ?? 5)", "company": company, "title": title, "notes": notes,
      "birthday": birthday?.text ?? "", "stay_in_touch": pace, "tags": ordered.joined(separator: "\n"), "private": isPrivate ? "on" : "",
    ]
  }

  /// The same interval in the same words: columns hold months and days.
  private var pace: String {
    guard let stayInTouch else { return "" }
    switch stayInTouch.unit {
    case .days: return "\(stayInTouch.count) days"
    case .weeks: return "\(7 * stayInTouch.count) days"
    case .months: return "\(stayInTouch.count) months"
    case .years: return "\(12 * stayInTouch.count) months"
    }
  }

  private var ordered: [String] { tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}
