/// A place's clock: an IANA zone with every change of its offset, past and future, read from the system's own TZif file.
///
/// Swift's own zones are frozen in the toolchain; PostgreSQL and the rest of the system follow the files, so we do too.
/// Reading the file is the caller's work, nothing here does I/O. Two zones are equal when their names are. A copy costs one retain.
public struct Zone: Hashable, Sendable {
  /// As the system's list spells it: "America/New_York".
  public let name: String
  let table: ZoneTable
  /// Whether its file is gone from this machine, so that the rule that was read last stands in for it.
  public let isLost: Bool

  /// - Parameter tzif: the whole file, version 1 to 4 (RFC 9636). Versions 2 and up use the 64-bit block and the rule in the footer.
  /// - Throws: ``ZoneError`` when the bytes are not such a file. Hostile bytes throw, they do not trap.
  public init(name: String, tzif: [UInt8]) throws(ZoneError) {
    self.name = name
    table = try TZif.read(tzif)
    isLost = false
  }

  init(name: String, table: ZoneTable, isLost: Bool = false) {
    self.name = name
    self.table = table
    self.isLost = isLost
  }

  public static let utc = Zone(name: "UTC", table: ZoneTable(fixed: ZoneTable.Clock(offset: 0, abbreviation: "UTC")))

  /// Seconds east of UTC: −89,999 to 93,599.
  public func offset(at instant: Instant) -> Int { table.span(at: instant.seconds).clock.offset }

  /// "EST", "CEST", "-03".
  public func abbreviation(at instant: Instant) -> String { table.span(at: instant.seconds).clock.abbreviation }

  /// What the clocks show there; fractions of a second are cut.
  public func local(_ instant: Instant) -> LocalTime {
    let seconds = instant.seconds
    return LocalTime(wallSeconds: seconds + Int64(table.span(at: seconds).clock.offset))
  }

  /// The first change of offset or abbreviation after `instant`; nil when none is known to come.
  public func nextTransition(after instant: Instant) -> Instant? {
    var span = table.span(at: instant.seconds)
    let clock = span.clock
    while let end = span.end {
      let next = Instant(seconds: end)
      guard next.seconds == end else { return nil }
      span = table.span(at: end)
      if span.clock != clock { return next }
    }
    return nil
  }

  public static func == (left: Zone, right: Zone) -> Bool { left.name == right.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// Why the bytes of a zone file were refused.
public enum ZoneError: Error, Hashable, Sendable {
  /// Not a TZif file, or one of an unknown version.
  case notTZif
  /// The file ends before what its header announces.
  case truncated
  /// An index, offset, abbreviation or order of times that RFC 9636 does not allow.
  case malformed
  /// A "right/" file, whose times count leap seconds and are not POSIX times.
  case countsLeapSeconds
  /// The footer is not a POSIX TZ rule.
  case badFooter
}
