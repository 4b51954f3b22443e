import Foundation
import Testing

@testable import Domain

@Suite struct ThreadIndexTests {
  private func field(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  @Test(arguments: [22, 27, 32, 22 + 5 * 98]) func whatComesToTheLengthsOfTheFormatIsRead(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    #expect(ThreadIndex(field(bytes))?.bytes == bytes)
  }

  @Test(arguments: [0, 1, 21, 23, 26, 28, 513, 517, 22 + 5 * 99, 4_000]) func anyOtherLengthIsNot(count: Int) {
    #expect(ThreadIndex(field([UInt8](repeating: 1, count: count))) == nil)
  }

  @Test(arguments: ["é", "=", "====", "AQ", "<a@b>", String(repeating: "A", count: 29) + "=", String(repeating: "A", count: 28) + "=A"])
  func whatIsNoBase64IsNot(text: String) { #expect(ThreadIndex(text) == nil) }

  @Test func foldsArePassedOver() {
    let text = field([UInt8](repeating: 7, count: 27))
    #expect(ThreadIndex(" \(text.prefix(10))\r\n\t\(text.dropFirst(10)) ")?.bytes == [UInt8](repeating: 7, count: 27))
  }

  /// The time of the first mail stands in six bytes: 1 January 2027, 00:00 UTC, in units of 100 ns since 1601, without the lowest sixteen bits.
  private static let start: [UInt8] = {
    let units: Int = 134_432_352_000_000_000
    return (0..<6).map { UInt8(truncatingIfNeeded: units >> (56 - 8 * $0)) } + [UInt8](repeating: 0xAB, count: 16)
  }()

  /// Seconds after the first mail, and whether they stand in the longer unit.
  private static let later: [(Int64, Bool)] = [
    (0, false), (1, false), (3_600, false), (51_840_000, false), (60_480_000, true), (315_360_000, true), (-86_400, false),
  ]

  @Test(arguments: later) func ofAnAnswerStandsHowMuchLaterItWasWritten(seconds: Int64, isLong: Bool) throws {
    let unit = isLong ? 0.8388608 : 0.0262144
    let index = try #require(ThreadIndex(field(Self.start)))
    let ours = index.answered(at: Instant(seconds: 1_798_761_600 + seconds), mark: 0x5A)
    #expect(ours.bytes.prefix(22) == Self.start[...] && ours.bytes.count == 27 && ours.bytes.last == 0x5A)
    let delta = ours.bytes[22..<26].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    #expect((delta >> 31 == 1) == isLong)
    #expect(abs(Double(delta & 0x7FFF_FFFF) * unit - Double(max(seconds, 0))) <= 1)
  }

  @Test func answersGoDownStepByStep() throws {
    let index = try #require(ThreadIndex(field(Self.start)))
    let first = index.answered(at: Instant(seconds: 1_798_761_700), mark: 1)
    let second = first.answered(at: Instant(seconds: 1_798_761_800), mark: 2)
    #expect(second.bytes.starts(with: first.bytes) && second.bytes.count == 32)
    #expect(ThreadIndex(field(second.bytes)) == second)
  }

  @Test(arguments: [Int64.min, -12_000_000_000, 0, Int64.max]) func noTimeIsTooFar(seconds: Int64) throws {
    let index = try #require(ThreadIndex(field([UInt8](repeating: 0xFF, count: 22))))
    #expect(index.answered(at: Instant(seconds: seconds), mark: 0).bytes.count == 27)
  }
}
