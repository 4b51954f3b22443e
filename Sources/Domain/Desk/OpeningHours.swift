/// When a desk works: stretches of each day of the week by the clocks of a place, which a ``WorkClock`` adds.
public struct OpeningHours: Hashable, Sendable {
  /// Wall-clock minutes since midnight: `from` counts, `until` does not. 0 ≤ from < until ≤ 1,440, so none goes over midnight.
  public struct Span: Hashable, Sendable {
    public let from: Int
    public let until: Int

    /// - Returns: nil for what is empty, backwards or over midnight.
    public init?(from: Int, until: Int) {
      guard 0 <= from, from < until, until <= 1_440 else { return nil }
      (self.from, self.until) = (from, until)
    }

    /// As two fields of a form say it; 00:00 as an end is midnight. Seconds are cut.
    public init?(from: TimeOfDay, until: TimeOfDay) {
      self.init(from: from.second / 60, until: until.second < 60 ? 1_440 : until.second / 60)
    }

    public static let wholeDay = Span(unchecked: 0, 1_440)

    fileprivate init(unchecked from: Int, _ until: Int) { (self.from, self.until) = (from, until) }

    /// "09:00-18:00", "18:00-24:00".
    public var text: String { Self.clock(from) + "-" + Self.clock(until) }

    private static func clock(_ minute: Int) -> String {
      [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    func holds(minute: Int) -> Bool { from <= minute && minute < until }
  }

  /// Of Monday to Sunday: in order, apart from each other, none touching the next.
  let week: [[Span]]

  /// All hours: what a channel has that says nothing.
  public static let always = OpeningHours([(WeekdaySet(bits: 0x7F), Span.wholeDay)])

  /// Stretches that touch or overlap become one.
  public init(_ spans: some Sequence<(days: WeekdaySet, span: Span)>) {
    var week = Array(repeating: [Span](), count: 7)
    for (days, span) in spans {
      for index in 0..<7 where days.contains(index: index) { week[index].append(span) }
    }
    self.week = week.map(Self.joined)
  }

  private static func joined(_ spans: [Span]) -> [Span] {
    var out: [Span] = []
    for span in spans.sorted(by: { ($0.from, $0.until) < ($1.from, $1.until) }) {
      if let last = out.last, last.until >= span.from {
        out[out.count - 1] = Span(unchecked: last.from, max(last.until, span.until))
      } else {
        out.append(span)
      }
    }
    return out
  }

  public func spans(on day: Weekday) -> [Span] { week[day.rawValue - 1] }

  public var isAlways: Bool { self == .always }

  /// Minutes of a week without a clock change.
  public var weeklyMinutes: Int { week.joined().reduce(0) { $0 + $1.until - $1.from } }

  /// A line for each kind of day, `mon-fri 09:00-12:00 13:00-18:00`; empty for all hours. ``OpeningHoursReading`` reads it as the same hours.
  public func text(_ language: Language = .english) -> String {
    if isAlways { return "" }
    var lines: [(spans: [Span], days: WeekdaySet)] = []
    for (index, spans) in week.enumerated() where !spans.isEmpty {
      let day = WeekdaySet(bits: 1 << UInt8(index))
      if let line = lines.firstIndex(where: { $0.spans == spans }) {
        lines[line].days = WeekdaySet(bits: lines[line].days.bits | day.bits)
      } else {
        lines.append((spans, day))
      }
    }
    return lines.map { line in
      ([DayNames.text(line.days, language)] + line.spans.map(\.text)).joined(separator: " ")
    }.joined(separator: "\n")
  }
}
