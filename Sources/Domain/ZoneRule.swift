/// What is kept of a zone for the day on which its file is gone, and what moves when its file changes.
extension Zone {
  /// The clocks from the last listed change on, as a POSIX rule such as `EST5EDT,M3.2.0,M11.1.0`: short enough to be kept beside a time.
  public var rule: String { table.ruleText ?? PosixRule.text(table.lastClock) }

  /// A zone whose file is gone, by the ``rule`` that was read last.
  ///
  /// - Returns: nil when `rule` is none.
  public init?(lost name: String, rule: String) {
    guard let parsed = PosixRule(Array(rule.utf8)) else { return nil }
    self.init(name: name, table: ZoneTable(times: [], kinds: [], clocks: [parsed.standard], rule: parsed, ruleText: rule), isLost: true)
  }

  /// A zone of which nothing is known but its name: its clocks are read as if they stood in UTC.
  public init(unknown name: String) {
    self.init(name: name, table: ZoneTable(fixed: ZoneTable.Clock(offset: 0, abbreviation: "-00")), isLost: true)
  }

  /// Where a time on the wall stands by the zone data of now (RULES 1.7): where it stood as long as the clocks show it there, which also keeps
  /// the second of two that look the same; else where they show it now.
  ///
  /// - Parameter instant: where it stood by the data that it was computed with.
  public func instant(_ local: LocalTime, was instant: Instant) -> Instant {
    isLost || self.local(instant) == local ? instant : self.instant(local)
  }
}

extension PosixRule {
  /// The rule of a clock that never changes.
  static func text(_ clock: ZoneTable.Clock) -> String {
    let west = -clock.offset
    let parts = [west.magnitude / 3600, west.magnitude / 60 % 60, west.magnitude % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    let isName = (3...longestName).contains(clock.abbreviation.utf8.count) && clock.abbreviation.utf8.allSatisfy(isNameByte)
    return "<\(isName ? clock.abbreviation : "-00")>\(west < 0 ? "-" : "")\(parts.joined(separator: ":"))"
  }
}
