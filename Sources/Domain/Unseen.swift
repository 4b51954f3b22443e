/// Characters that nobody sees, and that could hide a word or number from our lists, or speak to a model alone (RULES 6.10).
enum Unseen {
  /// Soft hyphen, zero-width blanks and joiners, direction marks, operators without a sign, variation selectors, tags.
  static func holds(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xE0000...0xE007F, 0xE0100...0xE01EF: true
    default: false
    }
  }

  /// What of a text a model gets: the page shows more than that. Emoji keep their joiners, and the selector that makes one of a letter.
  static func removed(from text: String) -> String {
    var out = String.UnicodeScalarView()
    var before: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      let isKept = scalar == "\u{FE0F}" || scalar == "\u{200D}" && before.map(isEmoji) ?? false
      if isKept || !holds(scalar) { out.append(scalar) }
      before = scalar
    }
    // A joiner that joins nothing.
    while out.last == "\u{200D}" { out.removeLast() }
    return String(out)
  }

  /// A pictograph, or the mark that makes one of a letter.
  private static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2190...0x2BFF, 0xFE0F, 0x1F000...0x1FAFF: true
    default: false
    }
  }
}
