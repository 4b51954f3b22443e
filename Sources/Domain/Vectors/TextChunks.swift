/// A text as the pieces that are made vectors of (RULES 9.42): 150 to 300 words each, cut between paragraphs where that is possible, the
/// title in front of each, at most 64.
public struct TextChunks: Hashable, Sendable {
  public static let most = 64
  static let fewestWords = 150
  static let mostWords = 300
  /// Of a piece without its title. A word longer than that is cut, between what people see as letters.
  static let mostBytes = 6_000
  /// Of the title.
  static let mostOfTitle = 1_000

  public let pieces: [String]
  /// Whether the text goes on behind the last piece.
  public let hasMore: Bool

  public init(title: String, text: String) {
    let heading = Self.cut(String(title[...].trimmed), Self.mostOfTitle).first ?? ""
    var pieces = ChunkGathering()
    for paragraph in Self.paragraphs(text) where !pieces.isFull { pieces.add(paragraph) }
    pieces.end()
    let bodies = pieces.pieces.isEmpty ? [""] : pieces.pieces
    hasMore = bodies.count > Self.most
    self.pieces = bodies.prefix(Self.most).map { body in
      heading.utf8.isEmpty ? body : body.utf8.isEmpty ? heading : heading + "\n\n" + body
    }.filter { !$0.utf8.isEmpty }
  }

  /// What stands between empty lines. The CR of a line end is a blank.
  private static func paragraphs(_ text: String) -> [[Substring]] {
    var found: [[Substring]] = []
    var open: [Substring] = []
    for line in text.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" }) {
      let words = line.split(whereSeparator: \.properties.isWhitespace).map { Substring($0) }
      if words.isEmpty {
        if !open.isEmpty { found.append(open) }
        open = []
      } else {
        open += words
      }
    }
    if !open.isEmpty { found.append(open) }
    return found
  }

  /// A text in parts of at most so many bytes, cut between what people see as letters, so that a family of emoji stays one; a letter that is
  /// itself longer is cut between its scalars.
  static func cut(_ text: String, _ limit: Int) -> [String] {
    guard text.utf8.count > limit else { return [text] }
    var parts: [String] = []
    var open = ""
    var length = 0
    func take(_ piece: String) {
      if length + piece.utf8.count > limit, length > 0 {
        parts.append(open)
        (open, length) = ("", 0)
      }
      open += piece
      length += piece.utf8.count
    }
    for letter in text {
      if letter.utf8.count <= limit { take(String(letter)) } else { for scalar in letter.unicodeScalars { take(String(scalar)) } }
    }
    if length > 0 { parts.append(open) }
    return parts
  }
}

/// Gathers paragraphs into pieces.
private struct ChunkGathering {
  private(set) var pieces: [String] = []
  private var open: [String] = []
  private var words = 0
  private var bytes = 0

  /// One more than are wanted says that there is more.
  var isFull: Bool { pieces.count > TextChunks.most }

  /// A paragraph that goes in whole does; one for which a piece long enough has no room begins the next; others are cut at words.
  mutating func add(_ paragraph: [Substring]) {
    let length = paragraph.reduce(paragraph.count - 1) { $0 + $1.utf8.count }
    if words + paragraph.count <= TextChunks.mostWords, bytes + 2 + length <= TextChunks.mostBytes {
      return put(paragraph.joined(separator: " "), paragraph.count)
    }
    if words >= TextChunks.fewestWords { end() }
    var line: [Substring] = []
    var lineBytes = 0
    func room() -> Int { TextChunks.mostBytes - bytes - 2 }
    for word in paragraph where !isFull {
      if words + line.count + 1 > TextChunks.mostWords || lineBytes + 1 + word.utf8.count > room() {
        flush(&line, &lineBytes)
        end()
      }
      if word.utf8.count > TextChunks.mostBytes - 2 {
        for part in TextChunks.cut(String(word), TextChunks.mostBytes - 2) where !isFull {
          put(part, 1)
          end()
        }
        continue
      }
      line.append(word)
      lineBytes += word.utf8.count + 1
    }
    flush(&line, &lineBytes)
  }

  private mutating func flush(_ line: inout [Substring], _ bytes: inout Int) {
    if !line.isEmpty { put(line.joined(separator: " "), line.count) }
    (line, bytes) = ([], 0)
  }

  private mutating func put(_ text: String, _ count: Int) {
    open.append(text)
    words += count
    bytes += text.utf8.count + 2
  }

  mutating func end() {
    if !open.isEmpty { pieces.append(open.joined(separator: "\n\n")) }
    (open, words, bytes) = ([], 0, 0)
  }
}
