/// A value that can stand in an ``SQL`` literal.
///
/// A type with a raw value that is bindable (an enum of words, a wrapped number) needs only to name the protocol.
public protocol Bindable {
  /// The type that the server is told, so that `$1` needs no cast.
  static var postgresType: PostgresType { get }
  /// Writes exactly one value.
  func bind(to writer: inout BindWriter)
  /// Writes an array of values as one value. Only bytes differ from the default: `[UInt8]` is a `bytea`.
  static func bind(array: [Self], to writer: inout BindWriter)
  /// The type of an array of these.
  static var postgresArrayType: PostgresType { get }
}

extension Bindable {
  public static var postgresArrayType: PostgresType { PostgresType(oid: postgresType.array, array: 0) }
}

extension Bindable where Self: RawRepresentable, RawValue: Bindable {
  public static var postgresType: PostgresType { RawValue.postgresType }
  public func bind(to writer: inout BindWriter) { rawValue.bind(to: &writer) }
}

/// The values of a statement in PostgreSQL's binary form, one after the other in one buffer.
public struct BindWriter: Sendable {
  /// Where a value ends; -1 - end for NULL.
  private(set) var ends: [Int] = []
  private(set) var bytes: [UInt8] = []
  /// Why the statement can't be sent: found while it was put together, thrown when it is run.
  private(set) var refusal: String?

  init(capacity: Int = 0) {
    ends.reserveCapacity(capacity)
    if capacity > 0 { bytes.reserveCapacity(capacity * 24) }
  }

  var count: Int { ends.count }

  mutating func add(_ value: some Bindable) {
    isNull = false
    value.bind(to: &self)
    ends.append(isNull ? -1 - bytes.count : bytes.count)
  }

  mutating func append(_ other: BindWriter) {
    let base = bytes.count
    bytes += other.bytes
    for end in other.ends { ends.append(end < 0 ? end - base : end + base) }
    refusal = refusal ?? other.refusal
  }

  // MARK: - For `bind(to:)`

  /// Set by ``null()`` and read by whoever asked for the value: a statement or an array.
  private var isNull = false

  public mutating func null() {
    isNull = true
  }

  /// The statement will throw instead of being sent.
  public mutating func refuse(_ reason: String) {
    refusal = refusal ?? reason
  }

  /// Big-endian, as all numbers on the wire.
  public mutating func integer(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  public mutating func raw(_ value: some Collection<UInt8>) {
    bytes.append(contentsOf: value)
  }

  /// Text, in which PostgreSQL allows every character but NUL.
  public mutating func text(_ value: some Collection<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: value)
    if bytes[start...].contains(0) { refuse("text with a NUL byte") }
  }

  /// One-dimensional array: dimensions, has NULLs, element type, length, lower bound, then each element with its length
  /// (`array_recv` in `arrayfuncs.c`).
  mutating func array<Element: Bindable>(_ values: [Element]) {
    let type = Element.postgresType
    if type.array == 0 { refuse("an array of \(Element.self)") }
    integer(Int32(values.isEmpty ? 0 : 1))
    let flag = bytes.count
    integer(Int32(0))
    integer(type.oid)
    if values.isEmpty { return }
    integer(Int32(clamping: values.count))
    integer(Int32(1))
    for value in values {
      let start = bytes.count
      integer(Int32(-1))
      isNull = false
      value.bind(to: &self)
      if isNull {
        bytes[flag + 3] = 1
      } else {
        setLength(at: start)
      }
    }
    isNull = false
  }

  private mutating func setLength(at start: Int) {
    let length = UInt32(truncatingIfNeeded: bytes.count - start - 4)
    for index in 0..<4 { bytes[start + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32(index))) }
  }
}
