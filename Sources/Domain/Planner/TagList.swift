/// The tags of a thing as they are typed: words with commas between them.
public enum TagList {
  /// How many a thing has at most, and how many Unicode scalars each.
  public static let most = 20
  public static let longest = 40

  public enum Problem: Error, Hashable, Sendable { case tooMany, tooLong, control }

  /// Without blanks at the ends, none empty, none twice by its letters; what the database calls the same is found there.
  public static func read(_ text: String) throws(Problem) -> [String] {
    var tags: [String] = []
    for part in text.utf8.split(separator: UInt8(ascii: ",")) {
      let tag = trimmed(part)
      if tag.utf8.isEmpty || tags.contains(where: { $0.utf8.elementsEqual(tag.utf8) }) { continue }
      if tag.unicodeScalars.contains(where: { $0.value < 32 || (127...159).contains($0.value) || (0x2028...0x2029).contains($0.value) }) {
        throw .control
      }
      if tag.unicodeScalars.count > longest { throw .tooLong }
      tags.append(tag)
    }
    if tags.count > most { throw .tooMany }
    return tags
  }

  private static func trimmed(_ part: Substring.UTF8View) -> String {
    let isBlank: (UInt8) -> Bool = { $0 == 32 || (9...13).contains($0) }
    let start = part.drop(while: isBlank)
    return String(decoding: start.reversed().drop(while: isBlank).reversed(), as: UTF8.self)
  }
}
