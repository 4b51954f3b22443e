import Domain
import Postgres

/// What of an event is held against what its file or feed said (RULES 9.17).
extension EventRecord {
  /// The fields that somebody may change by hand, as ``SourceFields`` calls them.
  static let sourced = [
    "title", "description", "status", "visibility", "busy", "location", "virtual_url", "times", "rule", "dates", "changes", "tags",
  ]

  /// What is compared of an event.
  func sourced(_ tags: [String]) -> [String: String] {
    [
      "title": content.title, "description": content.description, "status": content.status.rawValue,
      "visibility": content.visibility.rawValue, "busy": content.busy ? "on" : "off", "location": content.location,
      "virtual_url": content.virtualURL, "times": series.times.compared, "rule": series.rule?.text ?? "",
      "dates": (series.rdates.map { "+" + $0.text } + series.exdates.map { "-" + $0.text }).sorted().joined(separator: " "),
      "changes": series.overrides.map(change).joined(separator: "\n"),
      "tags": tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: "\n"),
    ]
  }

  private func change(_ override: EventOverride) -> String {
    let own = contents[override.key] ?? OverrideContent()
    let says: [String?] = [
      own.title, own.description, own.type?.rawValue, own.status?.rawValue, own.visibility?.rawValue, own.busy.map { $0 ? "on" : "off" },
      own.importance.map { "\($0)" }, own.location, own.hasNoPlace ? "-" : own.place?.text, own.virtualURL,
    ]
    return ([override.key.text, override.times?.compared ?? ""] + says.map { $0.map { "=" + $0 } ?? "" }).joined(separator: "\u{1F}")
  }
}

extension EventTimes {
  /// The same text for the same times.
  fileprivate var compared: String {
    if isAllDay { return start.day.iso + "/" + lastDay.iso }
    return [start.text, end?.text ?? "", zone.name, endZone?.name ?? ""].joined(separator: "/")
  }
}
