extension RedactionMarks {
  /// The query of each link, and a fragment that is one ("#access_token=…").
  mutating func findQueries() {
    var place = 0
    while place < scalars.count {
      let start = place
      while place < scalars.count, !Self.endsLink(scalars[place]) { place += 1 }
      if let query = query(in: start..<place) { take(query, .query, String(String.UnicodeScalarView(scalars[query]))) }
      place += 1
    }
  }

  private static func endsLink(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "<", ">", "\"", "`", "|", "{", "}", "\\", "^", "“", "”", "«", "»": true
    default: scalar.value <= 0x20 || scalar.properties.isWhitespace
    }
  }

  /// - Parameter chunk: without blanks: the link with what may stand around it, "[here](https://…)".
  private func query(in chunk: Range<Int>) -> Range<Int>? {
    guard let mark = chunk.first(where: { scalars[$0] == "?" || scalars[$0] == "#" }) else { return nil }
    guard mark > chunk.lowerBound else { return nil }
    let isLink = isLink(chunk.lowerBound..<mark)
    let isFragment = scalars[mark] == "#"
    let question = isFragment ? chunk.first { scalars[$0] == "?" } : mark
    let rest = end(ofQuery: mark + 1..<chunk.upperBound)
    let hasValue = scalars[rest].contains("=")
    if isFragment, !hasValue {
      return question.flatMap { $0 + 1 < rest.upperBound && isLink ? $0 + 1..<rest.upperBound : nil }
    }
    return !rest.isEmpty && (isLink || hasValue && isNamed(rest)) ? rest : nil
  }

  /// "https://", "www." or "mailto:" somewhere before its query.
  private func isLink(_ range: Range<Int>) -> Bool {
    let text = lowercased(range)
    return ["://", "www.", "mailto:"].contains { text.utf8.contains($0) }
  }

  /// "name=", so that "shop.example/track?code=1" is a link without its scheme, and "really?!=" is none.
  private func isNamed(_ range: Range<Int>) -> Bool {
    guard let equals = range.first(where: { scalars[$0] == "=" }), equals > range.lowerBound else { return false }
    return scalars[range.lowerBound..<equals].allSatisfy { ASCII.isAlphanumeric($0) || "_-.%[]".unicodeScalars.contains($0) }
  }

  /// Up to a bracket that was not opened in it, without the marks of a sentence behind it.
  private func end(ofQuery range: Range<Int>) -> Range<Int> {
    var depth = 0
    var end = range.lowerBound
    while end < range.upperBound {
      if scalars[end] == "(" || scalars[end] == "[" { depth += 1 }
      if scalars[end] == ")" || scalars[end] == "]" { depth -= 1 }
      if depth < 0 { break }
      end += 1
    }
    while end > range.lowerBound, ".,;:!?'*_’".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
    return range.lowerBound..<end
  }

  /// Mail addresses, also where a link writes `%40` for the sign.
  mutating func findEmails() {
    for place in scalars.indices where isAt(place) {
      let length = scalars[place] == "%" ? 3 : 1
      var start = place
      while start > 0, place - start < Self.longestLocal, Self.isLocal(scalars[start - 1]) { start -= 1 }
      // Marks of Markdown and brackets are no part of it.
      while start < place, !isNameLetter(scalars[start]), scalars[start] != "+" { start += 1 }
      var end = place + length
      while end < scalars.count, isNameLetter(scalars[end]) || scalars[end] == "." || scalars[end] == "-" { end += 1 }
      while end > place + length, scalars[end - 1] == "." || scalars[end - 1] == "-" { end -= 1 }
      let range = start..<end
      guard start < place, isDomain(place + length..<end), isFree(range) else { continue }
      take(range, .email, lowercased(start..<place) + "@" + lowercased(place + length..<end))
    }
  }

  /// Scalars before the sign; of a longer part, which is no address that anybody has, these at its end are taken. Without a bound,
  /// "a%40a%40…" is walked back over from each sign.
  private static let longestLocal = 256

  private func isAt(_ place: Int) -> Bool {
    switch scalars[place] {
    case "@", "＠": true
    case "%": scalar(place + 1) == "4" && scalar(place + 2) == "0"
    default: false
    }
  }

  private static func isLocal(_ scalar: Unicode.Scalar) -> Bool {
    ASCII.isAlphanumeric(scalar) || "!#$%&'*+-.=^_~".unicodeScalars.contains(scalar)
      || scalar.value >= 0x80 && scalar.properties.isAlphabetic
  }

  private func isNameLetter(_ scalar: Unicode.Scalar) -> Bool {
    ASCII.isAlphanumeric(scalar) || scalar.value >= 0x80 && scalar.properties.isAlphabetic
  }

  /// Its last name begins with a letter: "3@10.50" is a price.
  private func isDomain(_ range: Range<Int>) -> Bool {
    guard let last = scalars[range].split(separator: ".", omittingEmptySubsequences: false).last, last.count >= 2, let first = last.first
    else { return false }
    return isNameLetter(first) && !("0"..."9").contains(first)
  }
}

extension Collection<UInt8> {
  /// Whether `word` stands somewhere in it.
  fileprivate func contains(_ word: String) -> Bool {
    indices.contains { self[$0...].starts(with: word.utf8) }
  }
}
