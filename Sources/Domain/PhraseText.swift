/// A longer text with times in it: "call mom tomorrow at 9am", "every friday at 9 and 21 until 12 dec".
///
/// The text is cut once. Ranges count its pieces; ``bytes(of:)`` says where they stand in the text, so that what is left can be cut out of it.
/// Quick entry asks ``meaning(of:_:)`` of beginnings and ends; a reader of recurrences walks with ``parser(from:_:)`` and takes times, days and
/// durations with ``PhraseParser/clock()``, ``PhraseParser/day()`` and ``PhraseParser/span()``, each of which takes what it understands and
/// nothing otherwise.
struct PhraseText {
  let text: String
  let tokens: [PhraseToken]

  /// Linear in the length of `text`, which may contain any characters: those that no phrase has are marks (``PhraseFolding/foreign``).
  init(_ text: String) { (self.text, tokens) = (text, PhraseScanner.tokens(of: text)) }

  /// What these pieces say when all of them together are one phrase, as typed into a field of its own; nil when they are not. A bare number
  /// is an hour only where `bareHours` says so. ``Phrase/init(_:words:_:)`` makes an instant of it, or says why there is none.
  ///
  /// A piece that begins a phrase is rarely followed by text that does not end it, so an answer of nil comes after a few pieces.
  func meaning(of range: Range<Int>, _ reader: PhraseReader, bareHours: PhraseBareHours = .none) -> PhraseMeaning? {
    var parser = PhraseParser(tokens[range], reader, bareHours: bareHours)
    return parser.meaning()
  }

  /// Reads on from this piece; ``PhraseParser/index`` says how far it got.
  func parser(from index: Int, _ reader: PhraseReader, bareHours: PhraseBareHours = .none) -> PhraseParser {
    PhraseParser(tokens[index...], reader, bareHours: bareHours)
  }

  /// Where these pieces stand in the text, in bytes of UTF-8, without the blanks around them.
  func bytes(of range: Range<Int>) -> Range<Int> {
    range.isEmpty ? 0..<0 : tokens[range.lowerBound].range.lowerBound..<tokens[range.upperBound - 1].range.upperBound
  }
}

extension PhraseParser {
  /// A parser of what this person typed.
  init(_ tokens: ArraySlice<PhraseToken>, _ reader: PhraseReader, bareHours: PhraseBareHours = .besideDay) {
    self.init(
      tokens, dayComesFirst: reader.language == .portuguese, isDuration: reader.isDuration, bareHours: bareHours)
  }
}
