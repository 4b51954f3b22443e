/// Lines that a mail program put above what it quotes.
struct QuoteHead {
  enum Form {
    /// "On Monday … wrote:"
    case attribution
    /// "From: … Sent: … Subject: …", with or without "-----Original Message-----" above.
    case block
    /// A line that says that a mail is passed on.
    case forward
  }

  let form: Form
  /// How many lines it takes.
  let lines: Int
  /// What it says cannot have been typed: an address stands in it. Then what follows is quoted even without marks.
  let isSure: Bool

  /// How long an attribution may be: three lines, 600 bytes.
  private static let mostLines = 3
  private static let mostBytes = 600

  /// Looks for a head that begins at a line which is not quoted itself.
  init?(_ text: MailText, at line: Int) {
    let words = text.words(of: line)
    if let head = QuoteHead.separated(text, at: line, words) ?? QuoteHead.block(text, at: line)
      ?? QuoteHead.attribution(text, at: line, words)
    {
      self = head
    } else {
      return nil
    }
  }

  private init(_ form: Form, lines: Int, isSure: Bool) {
    (self.form, self.lines, self.isSure) = (form, lines, isSure)
  }

  // MARK: - Separators

  /// "-----Original Message-----", "---------- Forwarded message ---------", "Begin forwarded message:", a rule above a block.
  private static func separated(_ text: MailText, at line: Int, _ words: ArraySlice<UInt8>) -> QuoteHead? {
    guard words.count <= 160, let first = words.first, startsSeparator(first) else { return nil }
    let folded = mailFolded(words)[...].trimmed
    let dashes = folded.prefix { $0 == 0x2D || $0 == 0x5F || $0 == 0x2A || $0 == 0x20 || $0 == 0x3D }
    if dashes.count == folded.count {
      guard folded.count >= 10, let block = block(text, at: line + 1) else { return nil }
      return QuoteHead(.block, lines: 1 + block.lines, isSure: true)
    }
    let inner = folded.dropFirst(dashes.count).trimmed
    let isMarked = dashes.count >= 3 && (folded.last == 0x2D || folded.last == 0x2A)
    guard isMarked || dashes.isEmpty && inner.last == 0x3A else { return nil }
    if QuoteWords.forwards.contains(where: { inner.begins(with: $0) }) { return QuoteHead(.forward, lines: 1, isSure: true) }
    guard isMarked, QuoteWords.originals.contains(where: { inner.begins(with: $0) }) else { return nil }
    let next = line + 1
    let below = next < text.lines.count ? block(text, at: next, isBelow: true) ?? attribution(text, at: next, text.words(of: next)) : nil
    return QuoteHead(.block, lines: 1 + (below?.lines ?? 0), isSure: true)
  }

  /// A dash or the first letter of a line that begins a forward.
  private static func startsSeparator(_ byte: UInt8) -> Bool {
    [0x2D, 0x5F, 0x2A, 0x20, 0x3D, 0xE2].contains(byte) || [0x62, 0x69, 0x61, 0x64].contains(ASCII.lower(byte))
  }

  // MARK: - Blocks

  /// Two or more fields of a head, one of which says who, and a subject or an address.
  ///
  /// - Parameter isBelow: a separator stands above: then who or when is enough.
  private static func block(_ text: MailText, at start: Int, isBelow: Bool = false) -> QuoteHead? {
    var found: Set<QuoteWords.Field> = []
    var hasAddress = false
    var hasDate = false
    /// Who, then when: no travel request is written in that order.
    var isOrdered = false
    var line = start
    var last = start
    var blanks = 0
    while line < text.lines.count, line - last <= 2, line - start < 24 {
      if text.lines[line].isBlank {
        blanks += 1
        // Paragraphs of Outlook stand apart; the blank line behind the block ends it.
        if blanks > 1 { break }
        line += 1
        continue
      }
      let words = text.words(of: line)
      guard text.lines[line].depth == text.lines[start].depth, let (field, value) = field(words) else {
        // A long list of people goes on in the next line.
        if found.isEmpty || blanks > 0 || line - last > 1 || !words.contains(0x40) { break }
        line += 1
        continue
      }
      if found.isEmpty, field != .from, field != .date, !(isBelow && field != .other) { return nil }
      blanks = 0
      if field == .date, found == [.from] { isOrdered = true }
      found.insert(field)
      if field == .from, value.contains(0x40) { hasAddress = true }
      if field == .date, QuoteDate.isIn(mailFolded(value)) { hasDate = true }
      line += 1
      last = line
    }
    let isHead =
      found.contains(.from) && found.count >= 2 && (hasDate || hasAddress) && (found.contains(.subject) || hasAddress || isOrdered)
    guard isHead || isBelow && (hasDate || hasAddress || found.contains(.from)) else { return nil }
    return QuoteHead(.block, lines: last - start, isSure: true)
  }

  /// "From: …", "*De:* …".
  static func field(_ words: ArraySlice<UInt8>) -> (QuoteWords.Field, ArraySlice<UInt8>)? {
    guard let colon = words.prefix(40).firstIndex(of: 0x3A) ?? words.prefix(60).firstIndex(of: 0xEF), colon > words.startIndex else {
      return nil
    }
    let name = mailFolded(words[words.startIndex..<colon])[...].filter { $0 != 0x2A }[...].trimmed
    guard (1...24).contains(name.count), let field = QuoteWords.fields[name.text] else { return nil }
    return (field, words[(colon + 1)...])
  }

  // MARK: - Attributions

  /// A sentence that ends with a colon and holds a date, and either the word "wrote" or an address.
  private static func attribution(_ text: MailText, at start: Int, _ words: ArraySlice<UInt8>) -> QuoteHead? {
    var joined: [UInt8] = []
    for count in 1...mostLines {
      let line = start + count - 1
      guard line < text.lines.count, !text.lines[line].isBlank, text.lines[line].depth == text.lines[start].depth else { return nil }
      let words = text.words(of: line)
      guard joined.count + words.count <= mostBytes else { return nil }
      joined += words
      joined.append(0x20)
      var end = joined[...].trimmed
      while let mark = end.last, mark == 0x2D || mark == 0x2A || mark == 0x20 { end = end.dropLast() }
      guard end.last == 0x3A else { continue }
      return judged(mailFolded(end)[...], first: text.words(of: start), count)
    }
    return nil
  }

  private static func judged(_ sentence: ArraySlice<UInt8>, first: ArraySlice<UInt8>, _ count: Int) -> QuoteHead? {
    guard QuoteDate.isIn(Array(sentence)) else { return nil }
    let hasAddress = sentence.contains(0x40)
    let tail = sentence.dropLast().trimmed
    let endsWithVerb = QuoteWords.verbs.contains { verb in
      tail.count >= verb.utf8CodeUnitCount && tail.suffix(verb.utf8CodeUnitCount).isWord(verb)
    }
    let holdsVerb = endsWithVerb || QuoteWords.verbs.contains { sentence.place(of: $0) != nil }
    let begins = mailFolded(first.prefix(40))[...].trimmed
    let opens =
      QuoteWords.openings.contains { begins.begins(with: $0) } || begins.first.map { (0x30...0x39).contains($0) } ?? false
      || QuoteDate.isIn(Array(mailFolded(first)))
    guard hasAddress && (opens || holdsVerb) || endsWithVerb && opens || holdsVerb && opens && count == 1 else { return nil }
    // Of several lines the first has to look like the beginning: else it is the line above.
    guard count == 1 || opens || first.contains(0x40) else { return nil }
    return QuoteHead(.attribution, lines: count, isSure: hasAddress)
  }
}

/// Dates as mail programs write them.
enum QuoteDate {
  /// A time of day, a date in numbers, or a year.
  ///
  /// - Parameter text: folded.
  static func isIn(_ text: [UInt8]) -> Bool {
    var groups: [(value: Int, digits: Int, before: UInt8)] = []
    var place = 0
    while place < text.count {
      guard (0x30...0x39).contains(text[place]) else {
        place += 1
        continue
      }
      let before = place > 0 ? text[place - 1] : 0x20
      var (value, digits) = (0, 0)
      while place < text.count, (0x30...0x39).contains(text[place]) {
        if digits < 9 { value = value * 10 + Int(text[place] - 0x30) }
        digits += 1
        place += 1
      }
      groups.append((value, digits, before))
      let isLetter = { (byte: UInt8) in (0x61...0x7A).contains(byte) }
      if digits == 4, (1970...2199).contains(value), !isLetter(before), before != 0x2E || groups.count > 1 { return true }
      guard groups.count >= 2 else { continue }
      let earlier = groups[groups.count - 2]
      if before == 0x3A || before == 0x68, earlier.digits <= 2, digits == 2, earlier.value < 24, value < 60 { return true }
      if groups.count >= 3, [0x2F, 0x2D, 0x2E].contains(before), earlier.before == before, digits <= 4, earlier.digits <= 2,
        groups[groups.count - 3].digits <= 4, !(groups.count >= 4 && groups[groups.count - 3].before == before)
      {
        let isLast = place >= text.count || text[place] != before
        if isLast, earlier.value <= 31 { return true }
      }
    }
    return false
  }
}
