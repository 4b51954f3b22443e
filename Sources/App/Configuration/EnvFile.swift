/// A file of `KEY=VALUE` lines, as `--env-file` takes it and as systemd's `EnvironmentFile=` and shells write it.
///
/// Blank lines and lines that begin with `#` are skipped; `export ` in front is allowed. A value is bare (it ends at ` #`),
/// in single quotes (taken as it stands) or in double quotes (`\n` `\t` `\"` `\\` `\$`). No variable is expanded.
public struct EnvFile {
  /// What the file sets; of a key set twice the first, and the second is a mistake.
  public private(set) var values: [String: String] = [:]
  /// One for each line that could not be read.
  public private(set) var mistakes: [Mistake] = []

  public init(path: String) {
    do throws(Mistake) {
      let text = try SmallFile.text(path, for: "--env-file")
      self.init(text: text, path: path)
    } catch {
      self.init(text: "", path: path)
      mistakes = [error]
    }
  }

  /// - Parameter path: what complaints call the file.
  init(text: String, path: String) {
    for (index, line) in text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
      let place = "\(path) line \(index + 1)"
      do throws(Mistake) {
        guard let (key, value) = try Self.pair(Substring(line), place: place) else { continue }
        if values[key] != nil { throw Mistake(place, "\(key) is set a second time; remove one of the two lines.") }
        values[key] = value
      } catch {
        mistakes.append(error)
      }
    }
  }

  /// The key and value of one line; nil for a blank one or a comment.
  private static func pair(_ line: Substring, place: String) throws(Mistake) -> (String, String)? {
    var bytes = Array(line.trimmedBytes.utf8)[...]
    if bytes.isEmpty || bytes.first == UInt8(ascii: "#") { return nil }
    if bytes.starts(with: "export ".utf8) { bytes = bytes.dropFirst(7) }
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else {
      throw Mistake(place, "has no “=”; write KEY=VALUE, or “#” in front of a comment.")
    }
    let key = bytes[..<equals]
    let isName = key.allSatisfy { ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a) || $0 == 0x5f || ($0 >= 0x30 && $0 <= 0x39) }
    guard isName, let first = key.first, !(0x30...0x39).contains(first) else {
      throw Mistake(place, "the name before “=” may hold letters, digits and “_” only, with no space around it.")
    }
    return (String(decoding: key, as: UTF8.self), try value(bytes[(equals + 1)...], place: place))
  }

  private static func value(_ bytes: ArraySlice<UInt8>, place: String) throws(Mistake) -> String {
    guard let quote = bytes.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      return bare(bytes)
    }
    var out: [UInt8] = []
    var at = bytes.startIndex + 1
    while at < bytes.endIndex, bytes[at] != quote {
      if quote == UInt8(ascii: "\""), bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.endIndex {
        at += 1
        out += unescaped(bytes[at])
      } else {
        out.append(bytes[at])
      }
      at += 1
    }
    guard at < bytes.endIndex else { throw Mistake(place, "the value begins with a quote that is not closed on the same line.") }
    let rest = bytes[(at + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
    guard rest.isEmpty || rest.first == UInt8(ascii: "#") else { throw Mistake(place, "there is text after the closing quote.") }
    return String(decoding: out, as: UTF8.self)
  }

  private static func unescaped(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case UInt8(ascii: "n"): [0x0a]
    case UInt8(ascii: "t"): [0x09]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"): [byte]
    default: [UInt8(ascii: "\\"), byte]
    }
  }

  /// A bare value ends where white space is followed by `#`, so that a URL with a fragment stays whole.
  private static func bare(_ bytes: ArraySlice<UInt8>) -> String {
    var end = bytes.startIndex
    while end < bytes.endIndex {
      let afterSpace = end == bytes.startIndex || bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09
      if bytes[end] == UInt8(ascii: "#") && afterSpace { break }
      end += 1
    }
    return String(decoding: bytes[..<end], as: UTF8.self).trimmedBytes
  }
}
