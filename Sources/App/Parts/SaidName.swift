import HTML

/// Names and titles within our own sentences. Whoever wrote them cannot turn round what stands beside them: marks that set the direction of text are
/// left out, as in subjects of mails, and what is no letter or blank is a blank. Where a name stands alone, its element has `dir="auto"` or is a
/// `<bdi>`, and it is shown as it is stored.
enum SaidName {
  /// In one line.
  static func line(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !turns(scalar) {
      let isBreak = scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
      out.append(isBreak ? " " : scalar)
    }
    return String(out)
  }

  /// The same with its lines.
  static func unturned(_ text: String) -> String {
    if !text.unicodeScalars.contains(where: turns) { return text }
    var out = String.UnicodeScalarView()
    out.append(contentsOf: text.unicodeScalars.filter { !turns($0) })
    return String(out)
  }

  /// Marks, embeddings, overrides and isolates.
  private static func turns(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
