/// The names of all zones this machine knows. People write them in any letter case; we keep the list's spelling (RULES 1.2).
///
/// A name becomes part of a file's path, so names that could lead out of the zone folder never enter the list.
public struct ZoneIndex: Sendable {
  /// In the order of their bytes, each once.
  public let names: [String]
  private let spelling: [[UInt8]: String]

  /// - Parameter names: as the system spells them. Names that differ in letter case only: the first in byte order wins.
  public init(names: some Sequence<String>) {
    var spelling: [[UInt8]: String] = [:]
    var kept: [String] = []
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) where ZoneIndex.isSafe(name) {
      let key = ZoneIndex.key(name)
      guard spelling[key] == nil else { continue }
      spelling[key] = name
      kept.append(name)
    }
    self.names = kept
    self.spelling = spelling
  }

  /// Reads the names, links too, from the text of `tzdata.zi`, where a line `Z NAME …` begins a zone and `L TARGET NAME` is a link.
  public init(tzdata: [UInt8]) {
    var names: [String] = []
    for line in tzdata.split(separator: 0x0A) {
      let words = line.split(maxSplits: 3, whereSeparator: { $0 == 0x20 || $0 == 0x09 })
      if words.count >= 2, words[0].elementsEqual([0x5A]) {
        names.append(String(decoding: words[1], as: UTF8.self))
      } else if words.count >= 3, words[0].elementsEqual([0x4C]) {
        names.append(String(decoding: words[2], as: UTF8.self))
      }
    }
    self.init(names: names)
  }

  /// The list's spelling of a name given in any letter case; nil when the list does not have it.
  public func name(matching text: some StringProtocol) -> String? {
    // Longer than any name, so that nobody makes us copy a book.
    guard text.utf8.count <= ZoneIndex.longestName else { return nil }
    return spelling[ZoneIndex.key(text)]
  }

  private static let longestName = 64

  private static func key(_ name: some StringProtocol) -> [UInt8] {
    name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }

  /// Letters, digits, `+`, `-` and `_` between single slashes: no dots, no empty part, nothing absolute.
  private static func isSafe(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
    return name.utf8.count <= longestName
      && parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { PosixRule.isNameByte($0) || $0 == 0x5F } }
  }
}
