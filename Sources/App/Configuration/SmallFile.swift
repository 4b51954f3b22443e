import Glibc

/// Files that an operator writes: keys, settings, one line of text.
public enum SmallFile {
  /// More than any key or settings file needs; a larger file was named by mistake (a device, a log).
  static let limit = 65_536

  /// The whole file as UTF-8 text.
  ///
  /// - Throws: a ``Mistake`` about `place` in plain words: not there, not readable, too large, not text.
  public static func text(_ path: String, for place: String) throws(Mistake) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Mistake(place, "cannot read \(path): \(reason(errno)).") }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var length = 0
    while length < bytes.count {
      let got = bytes.withUnsafeMutableBytes { capacity in
        read(file, capacity.baseAddress?.advanced(by: length), capacity.count - length)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw Mistake(place, "cannot read \(path): \(reason(errno)).") }
      if got == 0 { break }
      length += got
    }
    guard length <= limit else { throw Mistake(place, "\(path) is longer than 64 kB; is it the right file?") }
    guard let text = String(validating: bytes[..<length], as: UTF8.self), !bytes[..<length].contains(0) else {
      throw Mistake(place, "\(path) is not text in UTF-8.")
    }
    return text
  }

  /// What the system says about an error number, in its words.
  public static func reason(_ number: Int32) -> String {
    guard let words = strerror(number) else { return "error \(number)" }
    return String(cString: words)
  }
}

extension StringProtocol {
  /// Without white space at either end, looked at as bytes: "\r\n" is one Character and would be missed.
  var trimmedBytes: String {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0d).contains($0) }
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
