import Domain
import Web

extension ID: PathParameter {
  public init?(path text: String) { self.init(text) }
}

extension Day: PathParameter {
  public init?(path text: String) { self.init(iso: text) }
}

extension Instant: PathParameter {
  /// Microseconds since 1970, in one spelling; up to the year 2100.
  public init?(path text: String) {
    guard let microseconds = Int64(text), (0...4_102_444_800_000_000).contains(microseconds), String(microseconds) == text else {
      return nil
    }
    self.init(microseconds: microseconds)
  }
}

extension ID {
  /// A new id made now. The random part comes from the system.
  static func new(at now: Instant) -> ID {
    var generator = SystemRandomNumberGenerator()
    return ID(at: now, using: &generator)
  }

  /// Below all ids made at that time or later: ids begin with the time at which they were made, in milliseconds.
  static func first(from time: Instant) -> ID { ID(high: UInt64(clamping: time.microseconds / 1_000) &<< 16, low: 0) }

  /// The 16 bytes.
  var bytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: high >> UInt64(56 - $0 * 8)) }
      + (0..<8).map { UInt8(truncatingIfNeeded: low >> UInt64(56 - $0 * 8)) }
  }

  /// - Parameter bytes: exactly 16.
  init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for byte in bytes.prefix(8) { high = high << 8 | UInt64(byte) }
    for byte in bytes.dropFirst(8) { low = low << 8 | UInt64(byte) }
    self.init(high: high, low: low)
  }
}

extension TimeOfDay {
  /// The default hour until a person says otherwise.
  static let nine = TimeOfDay(hour: 9, minute: 0) ?? .noon

  /// - Parameter second: of the day, 0 to 86,399.
  init?(second: Int) {
    guard (0..<86_400).contains(second) else { return nil }
    self.init(hour: second / 3_600, minute: second / 60 % 60, second: second % 60)
  }
}
