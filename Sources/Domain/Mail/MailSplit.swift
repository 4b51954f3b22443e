/// A stretch of a message's text.
public struct MailSection: Equatable, Sendable {
  public enum Kind: String, Sendable {
    /// Always open.
    case own
    /// Folded: what the person had before them.
    case quoted
    /// Open: a mail that is passed on.
    case forwarded
    /// Folded.
    case signature
  }

  public let kind: Kind
  public let text: String
}

/// Tells own words from quotes, forwarded mails and signatures (RULES 6.10). Nothing is left out; where in doubt it stays open.
struct MailSplit {
  /// Longer texts stay open as they are.
  static let mostLines = 50_000

  private struct Stretch {
    var kind: MailSection.Kind
    var lines: Range<Int>
  }

  private let text: MailText
  private let isForward: Bool
  private var stretches: [Stretch] = []

  /// - Parameter isForward: the subject says so: then a block of heads begins what is passed on.
  static func sections(of text: MailText, isForward: Bool) -> [MailSection] {
    var split = MailSplit(text: text, isForward: isForward)
    return split.sections()
  }

  private init(text: MailText, isForward: Bool) {
    (self.text, self.isForward) = (text, isForward)
  }

  private mutating func sections() -> [MailSection] {
    let all = 0..<text.lines.count
    if text.lines.count > MailSplit.mostLines { return [MailSection(kind: .own, text: text.string)] }
    findQuotes()
    openInterleaved()
    if !hasOwnWords {
      let forward = stretches.contains { $0.kind == .forwarded }
      if !forward { return text.string.isEmpty ? [] : [MailSection(kind: .own, text: text.text(of: all))] }
      for index in stretches.indices where stretches[index].kind == .quoted { stretches[index].kind = .own }
    }
    findSignatures()
    return stretches.compactMap { stretch in
      let words = text.text(of: stretch.lines)
      return words.isEmpty ? nil : MailSection(kind: stretch.kind, text: words)
    }
  }

  private var hasOwnWords: Bool {
    stretches.contains { stretch in
      stretch.kind == .own && stretch.lines.contains { !text.lines[$0].isBlank && !isEnding($0) }
    }
  }

  // MARK: - Quotes

  private mutating func findQuotes() {
    var line = 0
    var own = 0
    func take(_ kind: MailSection.Kind, _ lines: Range<Int>) {
      if own < lines.lowerBound { stretches.append(Stretch(kind: .own, lines: own..<lines.lowerBound)) }
      stretches.append(Stretch(kind: kind, lines: lines))
      (line, own) = (lines.upperBound, lines.upperBound)
    }
    while line < text.lines.count {
      if text.lines[line].isBlank, text.lines[line].depth == 0 {
        line += 1
      } else if text.lines[line].depth > 0 {
        take(.quoted, line..<endOfMarked(line))
      } else if let head = QuoteHead(text, at: line) {
        let body = line + head.lines
        let next = (body..<text.lines.count).first { !text.lines[$0].isBlank || text.lines[$0].depth > 0 }
        let isPassedOn = head.form == .forward || head.form == .block && isForward
        if isPassedOn {
          take(.forwarded, line..<text.lines.count)
        } else if let next, text.lines[next].depth > 0 {
          take(.quoted, line..<endOfMarked(next))
        } else if head.isSure, next != nil || head.form == .block {
          take(.quoted, line..<text.lines.count)
        } else {
          line += head.lines
        }
      } else {
        line += 1
      }
    }
    if own < text.lines.count { stretches.append(Stretch(kind: .own, lines: own..<text.lines.count)) }
  }

  /// Behind the last line with a mark; blank lines between marked ones belong to the quote, and so does the wrapped end of a line.
  private func endOfMarked(_ start: Int) -> Int {
    var end = start + 1
    var line = end
    while line < text.lines.count {
      if text.lines[line].depth > 0 {
        line += 1
        end = line
      } else if text.lines[line].isBlank {
        line += 1
      } else {
        break
      }
    }
    return end
  }

  /// Answers between quotes: what stands right before an answer is needed to understand it and stays open. A quote that comes last is folded.
  private mutating func openInterleaved() {
    let quotes = stretches.indices.filter { stretches[$0].kind == .quoted }
    let answered = quotes.filter { quote in
      quote + 1 < stretches.count && stretches[quote + 1].kind == .own && holdsWords(stretches[quote + 1].lines)
    }
    // One quote above one answer is the usual bottom post.
    guard answered.count >= 2 || answered.count == 1 && quotes.count >= 2 && quotes.first == answered.first else { return }
    for quote in answered { stretches[quote].kind = .own }
    var merged: [Stretch] = []
    for stretch in stretches {
      if stretch.kind == .own, let last = merged.last, last.kind == .own {
        merged[merged.count - 1].lines = last.lines.lowerBound..<stretch.lines.upperBound
      } else {
        merged.append(stretch)
      }
    }
    stretches = merged
  }

  private func holdsWords(_ lines: Range<Int>) -> Bool {
    guard let first = lines.first(where: { !text.lines[$0].isBlank }) else { return false }
    return !isDelimiter(first) && !isEnding(first)
  }

  // MARK: - Signatures

  private mutating func findSignatures() {
    var found: [Stretch] = []
    let lastWithWords = stretches.lastIndex { $0.kind == .own && holdsWords($0.lines) } ?? 0
    for (index, stretch) in stretches.enumerated() {
      guard stretch.kind == .own, index >= lastWithWords, let start = signature(in: stretch.lines),
        start > stretch.lines.lowerBound || index > 0
      else {
        found.append(stretch)
        continue
      }
      if start > stretch.lines.lowerBound { found.append(Stretch(kind: .own, lines: stretch.lines.lowerBound..<start)) }
      found.append(Stretch(kind: .signature, lines: start..<stretch.lines.upperBound))
    }
    let isLeft = found.contains { stretch in stretch.kind == .own && stretch.lines.contains { !text.lines[$0].isBlank } }
    if isLeft || found.contains(where: { $0.kind == .forwarded }) { stretches = found }
  }

  /// Where the signature begins: behind `-- `, which may stand only once, or at what a phone adds.
  private func signature(in lines: Range<Int>) -> Int? {
    let delimiters = lines.filter(isDelimiter)
    if let start = delimiters.first, delimiters.count == 1, lines.upperBound - start <= 25 { return start }
    guard let last = lines.last(where: { !text.lines[$0].isBlank }), isEnding(last) else { return nil }
    var start = last
    while start > lines.lowerBound,
      isEnding(start - 1) || text.lines[start - 1].isBlank && start - 1 > lines.lowerBound && isEnding(start - 2)
    {
      start -= 1
    }
    return start
  }

  private func isDelimiter(_ line: Int) -> Bool {
    let words = text.words(of: line)
    return text.lines[line].depth == 0 && words.count <= 4 && words.trimmed.elementsEqual([0x2D, 0x2D])
  }

  /// "Sent from my phone", on a line of its own.
  private func isEnding(_ line: Int) -> Bool {
    guard line >= 0, !text.lines[line].isBlank, text.lines[line].end - text.lines[line].start <= 160 else { return false }
    let words = text.words(of: line)
    let folded = mailFolded(words.trimmed)[...].drop { $0 == 0x5B || $0 == 0x3C || $0 == 0x2A || $0 == 0x5F }
    return QuoteWords.endings.contains { folded.begins(with: $0) }
  }
}
