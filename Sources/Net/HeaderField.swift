/// One header line of a request, an answer or a mail, already taken apart.
public struct HeaderField: Hashable, Sendable {
  public let name: String
  public let value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// A token (RFC 9110, 5.6.2; RFC 5322 allows a little more) of at most 100 bytes.
  var hasSafeName: Bool {
    let bytes = name.utf8
    return (1...100).contains(bytes.count)
      && bytes.allSatisfy { byte in
        (48...57).contains(byte) || (65...90).contains(byte & 0xDF) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
  }

  /// No line end, no NUL, no other control character but the tab.
  var hasSafeValue: Bool {
    value.utf8.allSatisfy { ($0 >= 32 && $0 != 127) || $0 == 9 }
  }

  /// Compares names as protocols do: ASCII letters in either case, everything else byte for byte.
  func isNamed(_ other: String) -> Bool {
    name.utf8.elementsEqual(other.utf8) { left, right in
      left == right || ((65...90).contains(left & 0xDF) && left ^ right == 0x20)
    }
  }
}
