/// A point of the earth in degrees (WGS 84), exact to eight decimals, which is a millimetre (RULES 9.3).
public struct Coordinates: Hashable, Sendable {
  /// In units of 1e-8 degrees: −9,000,000,000 (the South Pole) to 9,000,000,000.
  public let latitude: Int64
  /// In the same units: −18,000,000,000 to 18,000,000,000.
  public let longitude: Int64

  private static let unit: Int64 = 100_000_000

  /// What is wrong with one of the two.
  public enum Problem: Hashable, Sendable {
    case unreadable
    case outOfRange
    /// The other one stands alone.
    case missing
  }

  /// What is wrong with both, each beside its field.
  public struct Problems: Error, Hashable, Sendable {
    public let latitude: Problem?
    public let longitude: Problem?
  }

  /// - Returns: nil outside of their range.
  public init?(latitude: Int64, longitude: Int64) {
    guard latitude.magnitude <= 90 * Coordinates.unit.magnitude, longitude.magnitude <= 180 * Coordinates.unit.magnitude else { return nil }
    (self.latitude, self.longitude) = (latitude, longitude)
  }

  /// As a database has them: ``latitudeText`` and ``longitudeText``.
  public init?(latitude: String, longitude: String) {
    guard let latitude = Coordinates.degrees(latitude, .english), let longitude = Coordinates.degrees(longitude, .english) else {
      return nil
    }
    self.init(latitude: latitude, longitude: longitude)
  }

  /// What somebody typed. More than eight decimals are rounded; −0.0 is 0.
  ///
  /// - Parameter language: in Portuguese a comma is a decimal mark, too.
  /// - Returns: nil where both are empty.
  public static func read(latitude: String, longitude: String, _ language: Language) throws(Problems) -> Coordinates? {
    let (isNorth, isEast) = (!isEmpty(latitude), !isEmpty(longitude))
    if !isNorth, !isEast { return nil }
    let (north, northProblem): (Int64, Problem?) = isNorth ? read(latitude, language, 90) : (0, .missing)
    let (east, eastProblem): (Int64, Problem?) = isEast ? read(longitude, language, 180) : (0, .missing)
    guard northProblem == nil, eastProblem == nil, let found = Coordinates(latitude: north, longitude: east) else {
      throw Problems(latitude: northProblem, longitude: eastProblem)
    }
    return found
  }

  private static func isEmpty(_ text: String) -> Bool { text.utf8.allSatisfy { $0 <= 0x20 } }

  private static func read(_ text: String, _ language: Language, _ limit: Int64) -> (Int64, Problem?) {
    guard let value = degrees(text, language) else { return (0, .unreadable) }
    return abs(value) > limit * unit ? (0, .outOfRange) : (value, nil)
  }

  /// A sign, up to six digits, a mark and decimals; nil for anything else.
  private static func degrees(_ text: String, _ language: Language) -> Int64? {
    // A minus sign as typesetters and spreadsheets write it.
    var bytes = Array(text.utf8.prefix(80))[...].trimmed
    if bytes.starts(with: "\u{2212}".utf8) { bytes = ([UInt8(ascii: "-")] + Array(bytes.dropFirst(3)))[...] }
    guard text.utf8.count <= 80 else { return nil }
    var reader = ByteReader(Array(bytes))
    let isNegative = reader.skip(UInt8(ascii: "-"))
    if !isNegative { _ = reader.skip(UInt8(ascii: "+")) }
    guard let whole = reader.number(upTo: 999_999) else { return nil }
    var value = Int64(whole) * unit
    if reader.skip(UInt8(ascii: ".")) || language == .portuguese && reader.skip(UInt8(ascii: ",")) {
      guard reader.next.flatMap(decimal) != nil else { return nil }
      var step = unit / 10
      var isFirstBeyond = true
      while let digit = reader.next.flatMap(decimal) {
        _ = reader.take()
        if step > 0 {
          value += Int64(digit) * step
          step /= 10
        } else {
          // The ninth decides, away from zero.
          if isFirstBeyond, digit >= 5 { value += 1 }
          isFirstBeyond = false
        }
      }
    }
    guard reader.isAtEnd else { return nil }
    return isNegative ? -value : value
  }

  /// "-23.5505": as few decimals as say it.
  public var latitudeText: String { Coordinates.text(latitude) }
  public var longitudeText: String { Coordinates.text(longitude) }

  private static func text(_ value: Int64) -> String {
    let (whole, part) = value.magnitude.quotientAndRemainder(dividingBy: unit.magnitude)
    var decimals = Array("\(part)".utf8)
    decimals = Array(repeating: 0x30, count: 8 - decimals.count) + decimals
    while decimals.last == 0x30 { decimals.removeLast() }
    return (value < 0 ? "-" : "") + "\(whole)" + (decimals.isEmpty ? "" : "." + String(decoding: decimals, as: UTF8.self))
  }

  /// `geo:-23.5505,-46.6333` (RFC 5870), which phones open with their own map.
  public var geo: String { "geo:" + latitudeText + "," + longitudeText }

  /// The address of a page of OpenStreetMap with a mark there.
  public var openStreetMap: String {
    "https://www.openstreetmap.org/?mlat=\(latitudeText)&mlon=\(longitudeText)#map=17/\(latitudeText)/\(longitudeText)"
  }
}
