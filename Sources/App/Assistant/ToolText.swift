import Domain
import HTML

/// Markdown that the rules write: what people typed is text in it, whatever it looks like.
enum ToolText {
  private static let special: Set<Unicode.Scalar> = ["\\", "`", "*", "_", "[", "]", "<", ">", "&", "~", "|", "!", "#", "(", ")"]

  /// Text that means nothing in Markdown, and that turns nothing round beside it.
  static func plain(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in SaidName.unturned(text).unicodeScalars {
      if special.contains(scalar) { scalars.append("\\") }
      scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return String(scalars)
  }

  /// "[Pay rent](/tasks/…)".
  static func link(_ title: String, _ path: Path) -> String { "[\(plain(title))](\(path.text))" }

  static func link(_ thing: ToolThing) -> String { link(thing.title, thing.path) }

  /// What somebody typed, where it is only mentioned.
  static func short(_ text: String) -> String {
    let scalars = text.unicodeScalars
    return scalars.count <= 80 ? text : String(String.UnicodeScalarView(scalars.prefix(79))) + "…"
  }

  static func list(_ rows: [String]) -> String { rows.map { "- " + $0 }.joined(separator: "\n") }

  static func paragraphs(_ parts: [String]) -> String { parts.filter { !$0.utf8.isEmpty }.joined(separator: "\n\n") }
}
