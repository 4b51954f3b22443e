/// What of a text a model gets (RULES 6.10): the page shows more than that.
public enum ModelText {
  /// Without characters that nobody sees and that could speak to a model: zero-width ones, those that turn text around, and tags. Joiners
  /// inside emoji stay.
  public static func plain(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var before: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { before = scalar }
      if scalar == "\u{200D}", let before, isEmoji(before) {
        out.append(scalar)
      } else if !isUnseen(scalar) {
        out.append(scalar)
      }
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

  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF, 0xE0000...0xE007F: true
    default: false
    }
  }
}
