/// Looks for the time in a line.
struct QuickReading {
  let text: PhraseText
  private let bytes: [UInt8]
  let reader: PhraseReader
  private let quoted: [Range<Int>]
  /// Where what matters begins: behind "remind me".
  let begin: Int

  init(_ text: String, _ reader: PhraseReader) {
    (self.text, self.reader) = (PhraseText(text), reader)
    bytes = Array(text.utf8)
    quoted = QuickText.quoted(text)
    begin = QuickWords.wish(self.text.tokens)
  }

  var tokens: [PhraseToken] { text.tokens }

  /// Which pieces say when, and what.
  struct Found {
    var when = QuickEntry.When.standard
    var unused: QuickEntry.Unused?
    var refusal: QuickEntryError?
    /// Pieces at the beginning, and from which one on at the end, that say when.
    var beginning: Int?
    var end: Int?
    /// Of a single time, what was said of it.
    var meaning: PhraseMeaning?

    var isSeries: Bool { if case .series = when { true } else { false } }
  }

  func found() -> Found {
    let (first, last) = (beginning(), ending())
    let refusal = first.refusal ?? last.refusal
    var best =
      ofHours(first, last) ?? together(first, last) ?? withEnd(first) ?? ofSeveral(last) ?? (isHalf(last) ? dayBesideNumber() : nil)
      ?? onOneSide(first, last)
    if best.when == .standard, best.unused == nil, let day = dayBesideNumber() { best = day }
    if best.refusal == nil { best.refusal = refusal ?? (best.when == .standard ? unclearEnd() : nil) }
    if let time = impossibleTime(beside: best) {
      if best.isSeries {
        best = Found(refusal: .series(.impossibleTime(time)))
      } else if best.unused == nil {
        best.unused = QuickEntry.Unused(words: time, reason: .impossibleDate)
      }
    } else if best.refusal == nil, let half = half(best) {
      best = Found(refusal: half)
    }
    return best
  }

  private func onOneSide(_ first: Side, _ last: Side) -> Found {
    var best = Found()
    // "Daily read 2 hours".
    let isLength = first.candidate?.isSeries == true && last.candidate?.isLength == true
    let end = isLength ? nil : last.candidate.map { ($0, Found(end: $0.range.lowerBound)) }
    let beginning = first.candidate.map { ($0, Found(beginning: $0.range.upperBound)) }
    // The longer one first; of two that are equally long the end.
    for (candidate, taken) in [end, beginning].compactMap(\.self).sorted(by: { length($0.0) > length($1.0) }) {
      let found = resolved(candidate.meaning, part(text.bytes(of: candidate.range)), taken)
      if found.when != .standard { return found }
      if best.unused == nil { best.unused = found.unused }
    }
    return best
  }

  /// The title: what neither said when nor joined it to the rest.
  func title(without found: Found) -> String {
    let kept = kept(without: found)
    return QuickText.trimmed(QuickWords.withoutPoints(part(kept.range), atStart: kept.isCutBefore, atEnd: kept.isCutBehind))
  }

  /// Where the title stands, in bytes, and whether something was taken away before and behind it. Empty: nothing is left for one.
  func kept(without found: Found) -> (range: Range<Int>, isCutBefore: Bool, isCutBehind: Bool) {
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
    guard first < last else { return (0..<0, true, true) }
    let isCut = (first > 0, found.end != nil)
    let start = isCut.0 ? tokens[first - 1].range.upperBound : 0
    let end = isCut.1 ? tokens[last].range.lowerBound : bytes.count
    return (start..<end, isCut.0, isCut.1)
  }

  /// What is wrong with the words that say that it comes again, outside of quotation marks. Nil: there are none.
  var unclear: QuickEntryError? {
    let stumble = RecurrenceStumble(text, reader)
    for index in tokens.indices where !isQuoted(index) {
      guard let error = stumble.error(ofOne: index) else { continue }
      if case .unknown(let words) = error { return .unclearSeries(words) }
      return .series(error)
    }
    return nil
  }

  func isQuoted(_ index: Int) -> Bool { quoted.contains { $0.contains(tokens[index].range.lowerBound) } }

  private func length(_ candidate: QuickCandidate) -> Int { text.bytes(of: candidate.range).count }

  func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// "Tomorrow … at 9", "every friday … at 9": a beginning and an end that are one time when they are put together.
  private func together(_ first: Side, _ last: Side) -> Found? {
    guard let first = first.candidate, let last = last.candidate, first.range.upperBound <= last.range.lowerBound else { return nil }
    if first.isSeries, last.isLength { return nil }
    let words = part(text.bytes(of: first.range)) + " " + part(text.bytes(of: last.range))
    let taken = Found(beginning: first.range.upperBound, end: last.range.lowerBound)
    guard case .once(.moment(let one)) = first.meaning, case .once(.moment(let other)) = last.meaning else {
      guard first.isSeries || last.isSeries, let series = try? RecurrencePhrase(words, reader: reader) else { return nil }
      return resolved(.series(series), words, taken)
    }
    guard (one.day == nil) != (other.day == nil) else { return nil }
    var parser = PhraseParser((tokens[first.range] + tokens[last.range])[...], reader, bareHours: .none)
    return parser.meaning().map { resolved(.once($0), words, taken) }
  }

  func resolved(_ meaning: QuickMeaning, _ words: String, _ taken: Found) -> Found {
    var found = taken
    switch meaning {
    case .series(let series): found.when = .series(series)
    case .once(let meaning):
      do {
        found.when = .once(try Phrase(meaning, words: words, reader))
        found.meaning = meaning
      } catch {
        return Found(unused: error == .unknown ? nil : QuickEntry.Unused(words: words, reason: error))
      }
    }
    return found
  }

  /// What stands at one end.
  struct Side {
    var candidate: QuickCandidate?
    var refusal: QuickEntryError?
  }

  private func beginning() -> Side {
    side(stride(from: tokens.count, to: begin, by: -1).lazy.filter(isEnd).map { begin..<$0 }, atBeginning: true)
  }

  private func ending() -> Side {
    side((begin..<max(begin, tokens.count)).lazy.filter(isStart).map { $0..<tokens.count }, atBeginning: false)
  }

  /// The first of `ranges`, which are the longest first, that says when.
  private func side(_ ranges: some Sequence<Range<Int>>, atBeginning: Bool) -> Side {
    var side = Side()
    for range in ranges {
      guard let meaning = meaning(of: range, &side.refusal) else { continue }
      let candidate = QuickCandidate(range, meaning, in: tokens)
      switch candidate.verdict(atBeginning: atBeginning || range.lowerBound == begin, reader.language) {
      case .time:
        side.candidate = candidate
        return side
      case .timeBehind(let count):
        side.candidate = QuickCandidate(range.lowerBound + count..<range.upperBound, meaning, in: tokens)
        return side
      case .tryShorter: continue
      case .none: return side
      }
    }
    return side
  }

  private func meaning(of range: Range<Int>, _ refusal: inout QuickEntryError?) -> QuickMeaning? {
    if mayBeSeries(range) {
      do throws(RecurrencePhraseError) {
        return .series(try RecurrencePhrase(part(text.bytes(of: range)), reader: reader, bareHours: bareHours(range)))
      } catch {
        if refusal == nil, error.isOfRecurrence { refusal = .series(error) }
      }
    }
    return text.meaning(of: range, reader, bareHours: bareHours(range)).map { .once($0) }
  }

  /// Whether its pieces are understood as a recurrence to the last of them. Where it may be spelled otherwise first ("mon-fri", a rule), it is asked
  /// in any case.
  private func mayBeSeries(_ range: Range<Int>) -> Bool {
    let typed = part(text.bytes(of: range))
    if typed.utf8.contains(UInt8(ascii: "=")) || RecurrenceSpelling.spread(typed) != typed { return true }
    var parser = PhraseParser(tokens[range], reader, bareHours: bareHours(range))
    _ = parser.recurrence()
    return parser.isAtEnd
  }

  /// "Call mom tomorrow 9", but "tomorrow 9 eggs".
  private func bareHours(_ range: Range<Int>) -> PhraseBareHours {
    guard range.upperBound < tokens.count else { return .behindDay }
    // "Remind me friday 18 to call mom".
    guard begin > 0, case .word(let next) = tokens[range.upperBound].kind else { return .none }
    return QuickWords.joining(isWish: false).contains(next) || next == "de" || next == "para" ? .behindDay : .none
  }

  /// Whether a time may begin here: behind a blank or a comma.
  func isStart(_ index: Int) -> Bool {
    let place = tokens[index].range.lowerBound
    return place == 0 || QuickText.isBlank(bytes, before: place) || index > 0 && tokens[index - 1].kind == .mark(UInt8(ascii: ","))
  }

  /// Whether a time may end before this piece: a blank follows, or a point with one behind it.
  func isEnd(_ index: Int) -> Bool {
    guard index < tokens.count else { return true }
    var place = tokens[index - 1].range.upperBound
    if place < bytes.count, ",:;.!?-".utf8.contains(bytes[place]) { place += 1 }
    return place == bytes.count || QuickText.isBlank(bytes, at: place) || bytes[place...].starts(with: [0xC2, 0xA0])
  }
}

extension RecurrencePhraseError {
  /// Whether all of it was understood, and cannot be: most texts are no recurrence at all.
  fileprivate var isOfRecurrence: Bool {
    switch self {
    case .empty, .tooLong, .unknown, .notPositive: false
    case .rule(let error):
      switch error {
      case .neverComes, .endsBeforeStart, .tooManyTimes: true
      default: false
      }
    case .impossibleDate, .endlessInterval, .unevenTimes, .intervalOutOfRange: true
    case .timesOnly, .everySecond, .impossibleTime: false
    }
  }
}
