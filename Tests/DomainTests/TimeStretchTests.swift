import Testing

@testable import Domain

/// How long the words for a distance are good.
struct TimeStretchTests {
  private let now = Instant(microseconds: 1_795_000_000_123_456)

  private func words(_ instant: Instant, _ now: Instant) -> [String] {
    Language.allCases.map { TimeWords.relative(instant, from: now, $0) }
  }

  /// Seconds around every place where a word changes, and any others.
  private static let distances: [Int64] =
    (0...70).map { $0 }
    + [60, 3_600, 86_400, 604_800, 2_629_800, 31_557_600].flatMap { unit in
      [Int64(1), 2, 3, 8, 9, 13, 14, 23, 24, 47, 48, 59, 60, 99, 180].flatMap { count in (-2...2).map { count * unit - unit / 2 + $0 } }
    }

  @Test(arguments: [Int64(0), 1, 500_000, 999_999])
  func `they are the same from end to end, and others beyond both`(fraction: Int64) {
    for seconds in Self.distances.flatMap({ [$0, -$0] }) {
      let instant = now.advanced(seconds: seconds).advanced(microseconds: fraction)
      let stretch = TimeWords.stretch(ofRelative: instant, from: now)
      let said = words(instant, now)
      #expect(stretch.contains(now), "\(seconds)")
      let ends = [stretch.lowerBound, stretch.upperBound.advanced(microseconds: -1)]
      let beyond = [stretch.lowerBound.advanced(microseconds: -1), stretch.upperBound]
      #expect(ends.allSatisfy { words(instant, $0) == said } && !beyond.contains { words(instant, $0) == said }, "\(seconds)")
    }
  }

  @Test func `the ends of time are no trap`() {
    for (instant, now) in [(Instant.distantPast, Instant.distantFuture), (.distantFuture, .distantPast), (.distantPast, .distantPast)] {
      #expect(TimeWords.stretch(ofRelative: instant, from: now).lowerBound > .distantPast)
    }
  }
}
