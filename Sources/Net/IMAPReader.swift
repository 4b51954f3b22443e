/// One answer of an IMAP server (RFC 3501, 2.2.2): a line, with what it carries by count.
struct IMAPResponse: Hashable {
  /// A literal stands between the texts before and after it. There is one text more than there are literals.
  let texts: [[UInt8]]
  let literals: [[UInt8]]
}

/// Puts answers together from bytes as they arrive.
struct IMAPReader {
  enum Failure: Error, Hashable {
    /// A line or an answer longer than any that we ask for.
    case tooLong
    /// A literal of so many bytes, more than ``IMAPReader/room``.
    case tooLarge(Int)
    case notIMAP
  }

  /// How many bytes a literal may have that comes next.
  var room = 65_536
  private var texts: [[UInt8]] = []
  private var literals: [[UInt8]] = []
  private var line: [UInt8] = []
  private var literal: [UInt8] = []
  /// How many bytes of the literal are still to come; nil: a line is being read.
  private var missing: Int?
  /// Bytes of a line: `* SEARCH` names half a million mails in it.
  static let longestLine = 4_194_304
  /// Literals of an answer: we ask for one, names of folders and people may come as others.
  private static let mostLiterals = 100

  /// Reads up to the end of one answer.
  ///
  /// - Returns: the answer, nil while it is not complete. What was read is taken away from `bytes`.
  mutating func next(_ bytes: inout ArraySlice<UInt8>) throws(Failure) -> IMAPResponse? {
    while !bytes.isEmpty {
      if let count = missing {
        let piece = bytes.prefix(count)
        literal += piece
        bytes = bytes.dropFirst(piece.count)
        missing = count - piece.count
        if piece.count == count { endLiteral() }
        continue
      }
      guard let end = bytes.firstIndex(of: 10) else {
        line += bytes
        bytes = []
        if line.count > Self.longestLine { throw .tooLong }
        return nil
      }
      line += bytes[..<end]
      bytes = bytes[(end + 1)...]
      if line.count > Self.longestLine { throw .tooLong }
      if let response = try endLine() { return response }
    }
    return nil
  }

  private mutating func endLiteral() {
    literals.append(literal)
    (literal, missing) = ([], nil)
  }

  private mutating func endLine() throws(Failure) -> IMAPResponse? {
    if line.last == 13 { line.removeLast() }
    if line.contains(0) { throw .notIMAP }
    if let count = try announced() {
      guard count <= room else { throw .tooLarge(count) }
      guard literals.count < Self.mostLiterals, literals.reduce(count, { $0 + $1.count }) <= room + 65_536 else { throw .tooLong }
      texts.append(line)
      (line, literal, missing) = ([], [], count)
      if count == 0 { endLiteral() }
      return nil
    }
    let response = IMAPResponse(texts: texts + [line], literals: literals)
    (texts, literals, line) = ([], [], [])
    return response
  }

  /// The length that a literal has which follows the line: `{123}` at its end. What people are told (`* OK …`) may end in anything.
  private func announced() throws(Failure) -> Int? {
    guard line.last == UInt8(ascii: "}"), let start = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
    if texts.isEmpty, IMAPLine.isWords(line) { return nil }
    var digits = line[(start + 1)...].dropLast()
    if digits.last == UInt8(ascii: "+") { digits = digits.dropLast() }
    guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    guard let count = Int(String(decoding: digits, as: UTF8.self)) else { throw .tooLarge(Int.max) }
    return count
  }
}

/// What a line is about, told by how it begins.
enum IMAPLine: Hashable {
  enum Status: String { case ok = "OK", no = "NO", bad = "BAD", bye = "BYE", preauth = "PREAUTH" }

  /// `tag` nil: nobody asked. `code` is what stands in brackets, in capitals up to its first blank.
  case status(tag: [UInt8]?, Status, code: String, argument: [UInt8], words: String)
  /// `+`: the server waits for more of a command.
  case waiting
  /// `* SEARCH`, `* 12 FETCH`: the word in capitals, the number before it, and where its text begins in the first text.
  case data(String, number: UInt32?, rest: Int)

  /// - Returns: nil for what is no answer.
  init?(_ line: [UInt8]) {
    let words = line.split(separator: 32, maxSplits: 2, omittingEmptySubsequences: false)
    guard let first = words.first, !first.isEmpty else { return nil }
    if first.elementsEqual([UInt8(ascii: "+")]) {
      self = .waiting
      return
    }
    guard words.count > 1, !words[1].isEmpty else { return nil }
    let isUntagged = first.elementsEqual([UInt8(ascii: "*")])
    if let status = Status(rawValue: IMAPLine.capitals(words[1])), isUntagged || status != .preauth && status != .bye {
      self = IMAPLine.told(isUntagged ? nil : Array(first), status, words.count > 2 ? words[2] : [])
      return
    }
    guard isUntagged else { return nil }
    if let number = IMAPLine.number(words[1]) {
      guard words.count > 2 else { return nil }
      let word = words[2].prefix { $0 != 32 }
      self = .data(IMAPLine.capitals(word), number: number, rest: word.endIndex)
    } else {
      self = .data(IMAPLine.capitals(words[1]), number: nil, rest: words[1].endIndex)
    }
  }

  /// Words for people, in which nothing means anything: also the end of the line.
  static func isWords(_ line: [UInt8]) -> Bool {
    switch IMAPLine(Array(line.prefix(200))) {
    case .status, .waiting: true
    case .data, nil: false
    }
  }

  /// A number of the protocol: 32 bits, no sign.
  static func number(_ text: some Collection<UInt8>) -> UInt32? {
    guard (1...10).contains(text.count), text.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return UInt32(String(decoding: text, as: UTF8.self))
  }

  static func capitals(_ text: some Collection<UInt8>) -> String {
    String(decoding: text.prefix(40).map { (97...122).contains($0) ? $0 - 32 : $0 }, as: UTF8.self)
  }

  private static func told(_ tag: [UInt8]?, _ status: Status, _ rest: ArraySlice<UInt8>) -> IMAPLine {
    guard rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
      return .status(tag: tag, status, code: "", argument: [], words: String(decoding: rest, as: UTF8.self))
    }
    let code = rest[(rest.startIndex + 1)..<end]
    let name = code.prefix { $0 != 32 }
    let words = rest[(end + 1)...].drop { $0 == 32 }
    return .status(
      tag: tag, status, code: capitals(name), argument: Array(code[name.endIndex...].drop { $0 == 32 }),
      words: String(decoding: words, as: UTF8.self))
  }
}
