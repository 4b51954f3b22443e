/// Looks for the time in a line.
struct QuickReading {
  private let text: PhraseText
  private let bytes: [UInt8]
  private let reader: PhraseReader
  private let quoted: [Range<Int>]
  /// Where what matters begins: behind "remind me".
  private let begin: Int

  init(_ text: String, _ reader: PhraseReader) {
    (self.text, self.reader) = (PhraseText(text), reader)
    bytes = Array(text.utf8)
    quoted = QuickText.quoted(text)
    begin = QuickWords.wish(self.text.tokens)
  }

  private var tokens: [PhraseToken] { text.tokens }

  /// Which pieces say when, and what.
  struct Found {
    var when = QuickEntry.When.standard
    var unused: QuickEntry.Unused?
    /// Pieces at the beginning, and from which one on at the end, that say when.
    var beginning: Int?
    var end: Int?

    var isOnce: Bool { when != .standard }
  }

  func found() -> Found {
    let (first, last) = (beginning(), ending())
    if let first, let last, first.range.upperBound <= last.range.lowerBound, let both = meaning(first, last) {
      let words = part(text.bytes(of: first.range)) + " " + part(text.bytes(of: last.range))
      return resolved(both, words, Found(beginning: first.range.upperBound, end: last.range.lowerBound))
    }
    var best = Found()
    // The longer one first; of two that are equally long the end.
    for candidate in [last, first].compactMap(\.self).sorted(by: { length($0) > length($1) }) {
      let isEnd = candidate.range.lowerBound == last?.range.lowerBound && candidate.range.upperBound == tokens.count
      let taken = isEnd ? Found(end: candidate.range.lowerBound) : Found(beginning: candidate.range.upperBound)
      let found = resolved(candidate.meaning, part(text.bytes(of: candidate.range)), taken)
      if found.isOnce { return found }
      if best.unused == nil { best = found }
    }
    return best
  }

  /// The title: what neither said when nor joined it to the rest.
  func title(without found: Found) -> String {
    let isWish = begin > 0
    var (first, last) = (max(begin, found.beginning ?? 0), found.end ?? tokens.count)
    if isWish || found.beginning != nil, first + 1 < last, case .word(let word) = tokens[first].kind,
      QuickWords.joining(isWish: isWish).contains(word)
    {
      first += 1
    }
    if found.end != nil {
      while last - 1 > first, case .word(let word) = tokens[last - 1].kind, QuickWords.beforeTime.contains(word) { last -= 1 }
    }
    guard first < last else { return "" }
    let isCut = (first > 0, found.end != nil)
    let start = isCut.0 ? tokens[first - 1].range.upperBound : 0
    let end = isCut.1 ? tokens[last].range.lowerBound : bytes.count
    return QuickText.trimmed(QuickWords.withoutPoints(part(start..<end), atStart: isCut.0, atEnd: isCut.1))
  }

  /// The words that say that it comes again, outside of quotation marks: "every month", "toda sexta". Nil: there are none.
  var howOften: String? {
    for (index, token) in tokens.dropLast().enumerated() {
      guard case .word(let word) = token.kind, QuickWords.every.contains(word), !isQuoted(index) else { continue }
      let next = tokens[index + 1]
      if case .number = next.kind { return part(token.range.lowerBound..<next.range.upperBound) }
      if case .word(let word) = next.kind, QuickWords.isPeriod(word) { return part(token.range.lowerBound..<next.range.upperBound) }
    }
    return nil
  }

  private func isQuoted(_ index: Int) -> Bool { quoted.contains { $0.contains(tokens[index].range.lowerBound) } }

  private func length(_ candidate: QuickCandidate) -> Int { text.bytes(of: candidate.range).count }

  private func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// "Tomorrow … at 9": a day at one end and a time at the other.
  private func meaning(_ first: QuickCandidate, _ last: QuickCandidate) -> PhraseMeaning? {
    guard case .moment(let one) = first.meaning, case .moment(let other) = last.meaning, (one.day == nil) != (other.day == nil) else {
      return nil
    }
    let pieces = (tokens[first.range] + tokens[last.range]).map { PhraseToken(kind: $0.kind, glued: $0.glued, range: $0.range) }
    var parser = PhraseParser(pieces[...], reader, takesBareHours: false)
    return parser.meaning()
  }

  private func resolved(_ meaning: PhraseMeaning, _ words: String, _ taken: Found) -> Found {
    do {
      var found = taken
      found.when = .once(try Phrase(meaning, words: words, reader))
      return found
    } catch {
      return Found(unused: error == .unknown ? nil : QuickEntry.Unused(words: words, reason: error))
    }
  }

  private func beginning() -> QuickCandidate? {
    for end in stride(from: tokens.count, to: begin, by: -1) where isEnd(end) {
      guard let meaning = text.meaning(of: begin..<end, reader) else { continue }
      let candidate = QuickCandidate(begin..<end, meaning, in: tokens)
      switch candidate.verdict(atBeginning: true, reader.language) {
      case .time: return candidate
      case .tryShorter: continue
      case .none: return nil
      }
    }
    return nil
  }

  private func ending() -> QuickCandidate? {
    for start in begin..<max(begin, tokens.count) where isStart(start) {
      guard let meaning = text.meaning(of: start..<tokens.count, reader) else { continue }
      let candidate = QuickCandidate(start..<tokens.count, meaning, in: tokens)
      switch candidate.verdict(atBeginning: start == begin, reader.language) {
      case .time: return candidate
      case .tryShorter: continue
      case .none: return nil
      }
    }
    return nil
  }

  /// Whether a time may begin here: behind a blank or a comma.
  private func isStart(_ index: Int) -> Bool {
    let place = tokens[index].range.lowerBound
    return place == 0 || QuickText.isBlank(bytes, before: place) || index > 0 && tokens[index - 1].kind == .mark(UInt8(ascii: ","))
  }

  /// Whether a time may end before this piece: a blank follows, or a point with one behind it.
  private func isEnd(_ index: Int) -> Bool {
    guard index < tokens.count else { return true }
    var place = tokens[index - 1].range.upperBound
    if place < bytes.count, ",:;.!?-".utf8.contains(bytes[place]) { place += 1 }
    return place == bytes.count || QuickText.isBlank(bytes, at: place) || bytes[place...].starts(with: [0xC2, 0xA0])
  }
}
