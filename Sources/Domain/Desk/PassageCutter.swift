/// A part of a source, as it is looked for and quoted.
public struct CutPassage: Hashable, Sendable {
  /// Of the section it stands in; of several short ones their headings, with dots between. Empty: it has none.
  public let heading: String
  /// Markdown, as it was written.
  public let text: String
}

/// Cuts a source into passages of 80 to 200 words (RULES 6.12): by headings, then by paragraphs, then by sentences.
///
/// Code between fences, and tables, stay whole, however long they are. Sections that are too short for a passage stand together in one; only the last
/// passage of a source may be shorter.
public struct PassageCutter {
  public static let lengths = 80...200
  /// A sentence is cut beyond this, so that a passage that cannot take the next one has enough.
  private static let longestSentence = lengths.upperBound - lengths.lowerBound

  /// What is never cut.
  private struct Unit {
    let text: String
    let words: Int
    /// Its heading, by its place among those of the source; 0: none.
    let section: Int
    /// Whether it begins a paragraph.
    let begins: Bool
    /// Of its paragraph, from here on.
    var rest = 0
  }

  private var headings = [""]
  private var units: [Unit] = []
  private var passages: [[Unit]] = []
  private var current: [Unit] = []

  /// The passages of a Markdown text, in their order.
  public static func cut(_ text: String) -> [CutPassage] {
    var cutter = PassageCutter()
    for block in MarkdownBlocks.of(text) { cutter.take(block) }
    for unit in cutter.units { cutter.add(unit) }
    cutter.end()
    return cutter.passages.map(cutter.passage)
  }

  private mutating func take(_ block: MarkdownBlock) {
    let section = headings.count - 1
    switch block {
    case .heading(let text): headings.append(text)
    case .whole(let text):
      units.append(Unit(text: text, words: WordCount.of(text), section: section, begins: true, rest: WordCount.of(text)))
    case .paragraph(let text):
      var rest = WordCount.of(text)
      for (place, sentence) in Sentences.of(text, longest: PassageCutter.longestSentence).enumerated() {
        let words = WordCount.of(sentence)
        units.append(Unit(text: sentence, words: words, section: section, begins: place == 0, rest: rest))
        rest -= words
      }
    }
  }

  private mutating func add(_ unit: Unit) {
    let words = PassageCutter.words(current)
    let isNew = unit.section != current.last?.section
    let isEnough = words >= PassageCutter.lengths.lowerBound
    let fits = words + (unit.begins ? unit.rest : unit.words) <= PassageCutter.lengths.upperBound
    let fitsAlone = words + unit.words <= PassageCutter.lengths.upperBound
    if isEnough, isNew || !fits && unit.begins || !fitsAlone { flush() }
    current.append(unit)
  }

  private mutating func flush() {
    if !current.isEmpty { passages.append(current) }
    current = []
  }

  /// What is left at the end joins the passage before it, or takes of it what that one can spare.
  private mutating func end() {
    let words = PassageCutter.words(current)
    if words < PassageCutter.lengths.lowerBound, let last = passages.popLast() {
      if PassageCutter.words(last) + words <= PassageCutter.lengths.upperBound {
        current = last + current
      } else {
        var before = last
        while let unit = before.last, PassageCutter.words(current) < PassageCutter.lengths.lowerBound,
          unit.section == current.first?.section,
          PassageCutter.words(before) - unit.words >= PassageCutter.lengths.lowerBound
        {
          current.insert(before.removeLast(), at: 0)
        }
        passages.append(before)
      }
    }
    flush()
  }

  private static func words(_ units: [Unit]) -> Int { units.reduce(0) { $0 + $1.words } }

  private func passage(_ units: [Unit]) -> CutPassage {
    var (text, names): (String, [String]) = ("", [])
    var section = units.first?.section
    if let first = section, !headings[first].isEmpty { names.append(headings[first]) }
    for (place, unit) in units.enumerated() {
      if place > 0 { text += unit.begins ? "\n\n" : " " }
      if unit.section != section, !headings[unit.section].isEmpty {
        text += "**" + headings[unit.section] + "**\n\n"
        names.append(headings[unit.section])
      }
      section = unit.section
      text += unit.text
    }
    let heading = names.joined(separator: " · ")
    return CutPassage(heading: String(String.UnicodeScalarView(heading.unicodeScalars.prefix(300))), text: text)
  }
}

/// How many words a text has: what stands between blanks.
enum WordCount {
  static func of(_ text: some StringProtocol) -> Int {
    var (count, inside) = (0, false)
    for byte in text.utf8 {
      let isBlank = byte == 32 || (9...13).contains(byte)
      if !isBlank, !inside { count += 1 }
      inside = !isBlank
    }
    return count
  }
}
