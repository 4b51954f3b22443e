import Domain
import Postgres

/// A line of a channel's rota, as it is stored.
struct DutyLine: Equatable {
  /// From 1; the first that holds counts.
  let n: Int
  let days: WeekdaySet
  let span: OpeningHours.Span
  /// May have left the account by now: then nobody is on duty by it.
  let member: ID<User>

  /// As many as a rota has.
  static let most = 50

  init(n: Int, days: WeekdaySet, span: OpeningHours.Span, member: ID<User>) {
    (self.n, self.days, self.span, self.member) = (n, days, span, member)
  }

  /// Those of a channel, in order.
  static func of(_ channel: ID<DeskChannel>, _ account: ID<Account>) -> Query<DutyLine> {
    Query(
      """
      SELECT n::integer, days::integer, from_minute::integer, until_minute::integer, user_id FROM rotas
      WHERE channel_id = \(channel) AND account_id = \(account) ORDER BY n
      """
    ) { row throws(PostgresError) in
      let (days, from, until): (Int, Int, Int) = (try row("days"), try row("from_minute"), try row("until_minute"))
      guard let span = OpeningHours.Span(from: from, until: until) else { throw .value("a line of a rota is empty") }
      return DutyLine(n: try row("n"), days: WeekdaySet(bits: UInt8(truncatingIfNeeded: days)), span: span, member: try row("user_id"))
    }
  }

  /// As the rule reads it.
  static func rota(_ lines: [DutyLine], in zone: Zone) -> Rota<ID<User>> {
    Rota(lines.map { Rota.Line($0.days, $0.span, $0.member) }, in: zone)
  }

  /// When of these hours nobody is on duty.
  ///
  /// - Returns: nil: always somebody is.
  static func holes(in hours: OpeningHours, _ lines: [DutyLine]) -> OpeningHours? {
    var holes: [(days: WeekdaySet, span: OpeningHours.Span)] = []
    for day in Weekday.allCases {
      let taken = lines.filter { $0.days.contains(day) }.map(\.span).sorted { $0.from < $1.from }
      for span in hours.spans(on: day) {
        var from = span.from
        for cover in taken where cover.until > from && cover.from < span.until {
          if let hole = OpeningHours.Span(from: from, until: min(cover.from, span.until)) { holes.append((WeekdaySet([day]), hole)) }
          from = max(from, cover.until)
        }
        if let hole = OpeningHours.Span(from: from, until: span.until) { holes.append((WeekdaySet([day]), hole)) }
      }
    }
    return holes.isEmpty ? nil : OpeningHours(holes)
  }
}
