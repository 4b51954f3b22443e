/// A name cut to what fits beside its dot. Widths are reckoned, not measured: a letter is one unit, a wide sign of East Asia or a picture two.
enum TieLabel {
  /// A sign drawn with more scalars than this is a disguise.
  private static let mostMarks = 12

  /// - Parameter units: how many fit, at least 2.
  /// - Returns: the whole text, or its beginning with an ellipsis; never cut within a sign, but for one of more than twelve scalars.
  static func fitted(_ text: String, units: Int) -> String {
    let units = max(units, 2)
    var kept: [Unicode.Scalar] = []
    var used = 0
    // How many are kept if an ellipsis must follow.
    var end = 0
    for sign in text {
      let scalars = sign.unicodeScalars.prefix(mostMarks + 1)
      used += width(of: scalars.first)
      if scalars.count > mostMarks {
        if used < units { kept.append(contentsOf: scalars.prefix(mostMarks)) }
        return cut(kept.prefix(used < units ? kept.count : end))
      }
      if used > units { return cut(kept.prefix(end)) }
      kept.append(contentsOf: scalars)
      if used < units { end = kept.count }
    }
    return string(kept[...])
  }

  private static func width(of scalar: Unicode.Scalar?) -> Int {
    let value = scalar?.value ?? 0
    return value >= 0x2E80 || (0x1100...0x115F).contains(value) ? 2 : 1
  }

  /// Without a blank before the ellipsis.
  private static func cut(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var scalars = scalars
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return string(scalars) + "…"
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
