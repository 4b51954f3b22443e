/// What people write, as markup that can do no harm (RULES 6.11).
///
/// cmark builds the tree and we write it, node by node from an allow-list, rather than letting cmark render and cleaning up
/// behind it: what is not written here cannot come out. Raw HTML is shown as text; links lead to http, https, mailto and
/// tel only; images become links, so no page of ours loads one; headings start at `<h3>`, below the page's own.
public enum Markdown {
  /// Longer sources, in bytes, are shown as plain text: cmark 0.30.2 needs time quadratic in the length for some of them.
  public static let limit = 16_384

  /// Block elements, safe wherever flow content may stand.
  public static func html(_ source: String) -> SafeHTML {
    html(Array(source.utf8))
  }

  /// Block elements, safe wherever flow content may stand. Malformed UTF-8 becomes U+FFFD.
  public static func html(_ source: [UInt8]) -> SafeHTML {
    var writer = MarkdownHTML(capacity: source.count * 2)
    if source.count > limit {
      writer.preformatted(String(decoding: source, as: UTF8.self))
    } else {
      MarkdownTree.walk(source) { writer.visit($0) }
    }
    return writer.finished
  }

  /// The text alone, for mails and excerpts: blank lines between blocks, `- ` and `1. ` before items, `> ` before quotes,
  /// the address in parentheses behind a link that says something else. Not escaped.
  public static func plain(_ source: String) -> String {
    if source.utf8.count > limit { return source }
    var writer = MarkdownPlain()
    MarkdownTree.walk(Array(source.utf8)) { writer.visit($0) }
    return writer.finished
  }
}
