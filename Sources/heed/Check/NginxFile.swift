import App
import Glibc

/// A configuration file of nginx, as far as single directives go: blocks are not told apart, and no `#` may stand in quotes.
struct NginxFile {
  let path: String
  private let statements: [[String]]

  /// Where the first lines of heed.conf say to copy it and all it includes.
  static let installed = "/etc/nginx/heed"

  /// nil when it cannot be read.
  init?(_ path: String) {
    guard let text = try? SmallFile.text(path, for: path) else { return nil }  // Another layout is not a mistake.
    self.path = path
    let lines = text.utf8.split(separator: UInt8(ascii: "\n")).map { $0.prefix { $0 != UInt8(ascii: "#") } }
    statements = lines.joined(separator: [UInt8(ascii: " ")]).split { ";{}".utf8.contains($0) }.map { statement in
      statement.split { $0 <= 0x20 || "\"'".utf8.contains($0) }.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The words after each directive of this name.
  func values(_ directive: String) -> [[String]] {
    statements.filter { $0.first == directive }.map { Array($0.dropFirst()) }
  }

  /// The account of nginx's workers, as its main file says; Debian's when it does not.
  static var account: String { NginxFile("/etc/nginx/nginx.conf")?.values("user").first?.first ?? "www-data" }

  /// A time as nginx writes it, such as `35s` or `1m30s`, in milliseconds; nil when it is none.
  static func milliseconds(_ words: [String]) -> Int? {
    let units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("", 1_000)]
    var rest = words.joined().utf8[...]
    var sum: Int?
    while !rest.isEmpty {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      rest = rest.dropFirst(digits.count)
      let letters = rest.prefix { !(0x30...0x39).contains($0) }
      rest = rest.dropFirst(letters.count)
      let unit = units.first { $0.0.utf8.elementsEqual(letters) }
      guard digits.count < 10, let number = Int(Substring(digits)), let unit else { return nil }
      sum = (sum ?? 0) &+ number &* unit.1
    }
    return sum
  }
}
