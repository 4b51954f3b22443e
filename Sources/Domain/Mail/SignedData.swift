/// The mail within opaque S/MIME (`signed-data`, RFC 5652, 5.1). Nothing is checked: its page says "signed, not checked".
public enum SignedData {
  /// - Parameter bytes: DER, or BER with lengths that are left open, as Outlook writes it.
  /// - Returns: the content; nil when it is another kind of envelope, encrypted, or cut.
  public static func content(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var reader = ASN1(bytes)
    guard reader.enter(0x30), reader.take(0x06).map({ $0.elementsEqual(signedData) }) ?? false, reader.enter(0xA0), reader.enter(0x30),
      reader.skip(0x02), reader.skip(0x31), reader.enter(0x30), reader.skip(0x06), reader.enter(0xA0)
    else { return nil }
    return reader.octets()
  }

  /// 1.2.840.113549.1.7.2
  private static let signedData: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
}

/// As much of ASN.1 (X.690) as an envelope takes.
private struct ASN1 {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// Steps into a constructed value.
  mutating func enter(_ tag: UInt8) -> Bool { header(tag) != nil }

  /// Steps over a value whose length is given.
  mutating func skip(_ tag: UInt8) -> Bool { take(tag) != nil }

  mutating func take(_ tag: UInt8) -> ArraySlice<UInt8>? {
    guard let length = header(tag), let length, length <= rest.count else { return nil }
    defer { rest = rest.dropFirst(length) }
    return rest.prefix(length)
  }

  /// An octet string, whole or in pieces.
  mutating func octets() -> [UInt8]? {
    if rest.first == 0x04 { return take(0x04).map(Array.init) }
    guard let length = header(0x24) else { return nil }
    let end = length.map { rest.startIndex + $0 } ?? Int.max
    var out: [UInt8] = []
    while rest.first == 0x04, rest.startIndex < end, let piece = take(0x04) { out += piece }
    return out
  }

  /// - Returns: nil when the next value is none of `tag`; within: its length, nil when that is left open.
  private mutating func header(_ tag: UInt8) -> Int?? {
    guard rest.first == tag else { return nil }
    rest = rest.dropFirst()
    guard let first = rest.popFirst() else { return nil }
    if first < 0x80 { return .some(Int(first)) }
    if first == 0x80 { return .some(nil) }
    let count = Int(first & 0x7F)
    guard count <= 4, rest.count >= count else { return nil }
    var length = 0
    for byte in rest.prefix(count) { length = length << 8 | Int(byte) }
    rest = rest.dropFirst(count)
    return .some(length)
  }
}
