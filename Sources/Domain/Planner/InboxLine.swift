/// What one line of the inbox means (RULES 2.7, 8.2, 8.24): "call Ana @ana +kitchen #casa ~45m !1 tomorrow 9am".
///
/// Reading never refuses: what is not understood is title. What was understood stands as ``parts`` with its place in the line, so that a page
/// shows each and gives each back. A time is taken from the beginning or the end of a line alone, never out of its middle.
public struct InboxLine: Hashable, Sendable {
  /// What a line may become.
  public enum Kind: String, CaseIterable, Hashable, Sendable { case task, deadline, goal, problem, reminder, habit }

  public enum Meaning: Hashable, Sendable {
    /// "Goal:" at the beginning, or "remind me to".
    case kind(Kind)
    /// The name as typed, which has to be found.
    case person(String)
    case goal(String)
    case tag(String)
    /// Minutes.
    case estimate(Int)
    /// 1 is first.
    case priority(Int)
    /// Says ``InboxLine/when``, or a part of it.
    case when
  }

  /// Something that was understood.
  public struct Part: Hashable, Sendable {
    /// In bytes of UTF-8 of the line.
    public let range: Range<Int>
    /// What stands there.
    public let words: String
    public let meaning: Meaning
  }

  public enum When: Hashable, Sendable {
    /// Due on a day or at a time. The phrase is the same for a reminder, at the default hour; nil where that hour is over.
    case once(Due, Phrase?)
    /// How a task comes again and when first; nil for hours and minutes, which only the phrase says.
    case series(TaskRepeat?, Due?, RecurrencePhrase)
  }

  /// As typed, which is also the title of whoever wants it kept as written.
  public let text: String
  /// In the order in which they stand.
  public let parts: [Part]
  public let when: When?
  /// Words that are a time and cannot be one ("yesterday", "02/30"): they stay in the title, and that is told.
  public let unused: QuickEntry.Unused?
  /// What says that it comes again and not clearly how often stays in the title, too.
  public let unclear: QuickEntryError?
  /// What it most likely is.
  public let kind: Kind
  /// Where the title stands when all is taken, marks within it included.
  private let kept: Range<Int>
  private let isCutBefore: Bool
  private let isCutBehind: Bool
  private let escapes: [Int]

  /// - Parameter workday: the minutes of a day of work, for "~1d".
  /// - Complexity: of texts up to ``QuickEntry/longest`` as ``QuickEntry``; in longer ones marks alone are read, in one pass.
  public init(_ text: String, reader: PhraseReader, workday: Int = 480) {
    self.text = text
    let marks = InboxMarks(text, workday: workday)
    escapes = marks.escapes
    let rest = String(decoding: marks.rest, as: UTF8.self)
    let reading = InboxReading(rest, reader)
    (when, unused, unclear) = (reading.when, reading.unused, reading.unclear)
    (kept, isCutBefore, isCutBehind) = (reading.kept, reading.isCutBefore, reading.isCutBehind)
    let said = reading.parts.flatMap { InboxLine.pieces(of: $0, without: marks.parts, Array(text.utf8)) }
    parts = (marks.parts + said).sorted { $0.range.lowerBound < $1.range.lowerBound }
    kind = InboxKindWords.likeliest(parts, reading, PhraseScanner.tokens(of: rest))
  }

  /// What of a part is no mark: "tomorrow #casa 9am" says when in two pieces.
  private static func pieces(of part: Part, without marks: [Part], _ bytes: [UInt8]) -> [Part] {
    var pieces: [Part] = []
    func add(_ range: Range<Int>) {
      var (start, end) = (range.lowerBound, range.upperBound)
      while start < end, QuickText.isBlank(bytes, at: start) { start += 1 }
      while start < end, QuickText.isBlank(bytes, at: end - 1) { end -= 1 }
      if start == end { return }
      pieces.append(Part(range: start..<end, words: String(decoding: bytes[start..<end], as: UTF8.self), meaning: part.meaning))
    }
    var start = part.range.lowerBound
    for mark in marks where part.range.overlaps(mark.range) {
      add(start..<mark.range.lowerBound)
      start = mark.range.upperBound
    }
    add(start..<part.range.upperBound)
    return pieces
  }

  /// Of the last mark that says it.
  public var priority: Int? {
    for part in parts.reversed() { if case .priority(let number) = part.meaning { return number } }
    return nil
  }

  /// Of the last mark, too.
  public var estimate: Int? {
    for part in parts.reversed() { if case .estimate(let minutes) = part.meaning { return minutes } }
    return nil
  }

  /// Each once, by its letters.
  public var tags: [String] {
    parts.reduce(into: []) { tags, part in
      guard case .tag(let tag) = part.meaning, !tags.contains(where: { $0.utf8.elementsEqual(tag.utf8) }) else { return }
      tags.append(tag)
    }
  }

  public var due: Due? {
    switch when {
    case nil: nil
    case .once(let due, _): due
    case .series(_, let due, _): due
    }
  }

  /// The title without what was taken. Never empty unless the line is.
  ///
  /// - Parameter isTaken: whether a part is left out of it: a name that nobody has stays. What says when is taken as a whole, or not at all.
  public func title(taking isTaken: (Part) -> Bool = { _ in true }) -> String {
    let title = own(isTaken)
    if !title.utf8.isEmpty { return title }
    let rest = assembled(0..<text.utf8.count, (false, false), isTaken)
    return rest.utf8.isEmpty ? QuickText.trimmed(text) : rest
  }

  /// Whether nothing is left for a title when all is taken: "friday". Then ``title(taking:)`` is what was taken.
  public func isUntitled(taking isTaken: (Part) -> Bool = { _ in true }) -> Bool { own(isTaken).utf8.isEmpty }

  /// What is left of the line; empty: nothing.
  private func own(_ isTaken: (Part) -> Bool) -> String {
    let isCut = parts.allSatisfy { !$0.isOfReading || isTaken($0) }
    return isCut ? assembled(kept, (isCutBefore, isCutBehind), isTaken) : assembled(0..<text.utf8.count, (false, false), isTaken)
  }

  /// What stands in a range and in marks outside of it that are not taken, with one blank where something was.
  private func assembled(_ range: Range<Int>, _ isCut: (before: Bool, behind: Bool), _ isTaken: (Part) -> Bool) -> String {
    let bytes = Array(text.utf8)
    var isKept = [Bool](repeating: false, count: bytes.count)
    for place in range { isKept[place] = true }
    for part in parts where !part.isOfReading {
      let isPartKept = !isTaken(part)
      for place in part.range { isKept[place] = isPartKept }
    }
    var out: [UInt8] = []
    var isJoint = false
    for place in bytes.indices where !escapes.contains(place) {
      if !isKept[place] {
        isJoint = true
        continue
      }
      if isJoint, !join(bytes[place], isPoint: InboxLine.isPoint(bytes, at: place), to: &out) { continue }
      isJoint = false
      out.append(bytes[place])
    }
    let isBefore = isCut.before || parts.first?.range.lowerBound == 0
    return QuickText.trimmed(
      QuickWords.withoutPoints(String(decoding: out, as: UTF8.self), atStart: isBefore, atEnd: isCut.behind))
  }

  /// A point of the sentence, which stands at the word before it. The "!" of a "!1" that is kept begins a word.
  private static func isPoint(_ bytes: [UInt8], at place: Int) -> Bool {
    guard ",.;:!?)".utf8.contains(bytes[place]) else { return false }
    guard bytes[place] == UInt8(ascii: "!"), place + 1 < bytes.count else { return true }
    return QuickText.isBlank(bytes, at: place + 1) || ",.;:!?)".utf8.contains(bytes[place + 1])
  }

  /// - Returns: whether the byte that comes next is taken: of two blanks that meet it is not.
  private func join(_ next: UInt8, isPoint: Bool, to out: inout [UInt8]) -> Bool {
    let isBlank = next == 0x20 || (0x09...0x0D).contains(next)
    if out.last == 0x20 || out.isEmpty {
      if isBlank { return false }
      // "Call @ana, then Bob".
      if isPoint { while out.last == 0x20 { out.removeLast() } }
    } else if !isBlank, !isPoint {
      out.append(0x20)
    }
    return true
  }
}

extension InboxLine.Part {
  /// Whether it was read as a sentence is, and not by a mark.
  fileprivate var isOfReading: Bool {
    switch meaning {
    case .when: true
    case .kind(let kind): kind == .reminder && words.utf8.last != UInt8(ascii: ":")
    case .person, .goal, .tag, .estimate, .priority: false
    }
  }
}
