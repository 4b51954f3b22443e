/// What people write, as markup that can do no harm (RULES 6.11).
///
/// cmark builds the tree and we write it, node by node from an allow-list, rather than letting cmark render and cleaning up
/// behind it: what is not written here cannot come out. Raw HTML is shown as text; links lead to http, https, mailto and
/// tel only; images become links, so no page of ours loads one; headings start at `<h3>`, below the page's own.
///
/// A source that would be too much work (``MarkdownWork``), is nested too deep or becomes too long is shown as the plain text that it is.
public enum Markdown {
  /// Longer sources, in bytes, are shown as plain text.
  public static let limit = 16_384

  /// The most bytes that ``rendered(_:)-(String)`` makes of a source within ``limit``, as HTML and as text. Each byte of it, escaped, fits.
  public static let longest = (html: 131_072, plain: 65_536)

  /// Which rules these are. It grows with each change of what comes out, so that what was rendered and stored before is rendered afresh.
  public static let version = 2

  /// Block elements, safe wherever flow content may stand.
  public static func html(_ source: String) -> SafeHTML { rendered(source).html }

  /// Block elements, safe wherever flow content may stand. Malformed UTF-8 becomes U+FFFD.
  public static func html(_ source: [UInt8]) -> SafeHTML { rendered(source).html }

  /// Block elements of what no person wrote: links lead to pages of this site alone, and where else one leads is shown as text, so that nobody is led away
  /// with what was read (RULES 9.34). Pictures become such links too.
  public static func stayingHere(_ source: String) -> SafeHTML {
    let bytes = Array(source.utf8)
    guard bytes.count <= limit, MarkdownWork.isBounded(bytes) else { return asItIs(bytes).html }
    var html = MarkdownHTML(capacity: bytes.count * 2, staysHere: true)
    let isWhole = MarkdownTree.walk(bytes) { step in html.visit(step) }
    let markup = html.finished
    return isWhole && markup.bytes.count <= longest.html ? markup : asItIs(bytes).html
  }

  /// The text alone, for mails and excerpts: blank lines between blocks, `- ` and `1. ` before items, `> ` before quotes,
  /// the address in parentheses behind a link that says something else. Not escaped.
  public static func plain(_ source: String) -> String { rendered(source).plain }

  /// Its words alone, for excerpts: no marks of quotes and items, of links what they say. Not escaped.
  public static func words(_ source: String) -> String {
    let bytes = Array(source.utf8)
    guard bytes.count <= limit, MarkdownWork.isBounded(bytes) else { return source }
    var words = ""
    let isWhole = MarkdownTree.walk(bytes) { step in
      switch step {
      case .text(let text), .code(let text), .markup(let text): words += text
      case .codeBlock(let text), .markupBlock(let text): words += "\n" + text
      case .softBreak, .lineBreak, .rule, .enter(.paragraph), .enter(.heading): words += "\n"
      case .enter, .leave: break
      }
    }
    return isWhole ? words : source
  }

  /// Both of them, for one reading.
  ///
  /// - Complexity: at most about 10 ms for a source of ``limit`` bytes; longer ones take no more than escaping does.
  public static func rendered(_ source: String) -> RenderedText { rendered(Array(source.utf8)) }

  /// Both of them, for one reading. Malformed UTF-8 becomes U+FFFD.
  public static func rendered(_ source: [UInt8]) -> RenderedText {
    guard source.count <= limit, MarkdownWork.isBounded(source) else { return asItIs(source) }
    var html = MarkdownHTML(capacity: source.count * 2)
    var plain = MarkdownPlain()
    let isWhole = MarkdownTree.walk(source) { step in
      html.visit(step)
      plain.visit(step)
    }
    let (markup, text) = (html.finished, plain.finished)
    guard isWhole, markup.bytes.count <= longest.html, text.utf8.count <= longest.plain else { return asItIs(source) }
    return RenderedText(html: markup, plain: text)
  }

  /// Plain text: escaped, with its line breaks. Of more than two blank lines in a row two are left: thousands would push what stands below out of
  /// everybody's sight.
  private static func asItIs(_ source: [UInt8]) -> RenderedText {
    var lines: [ArraySlice<UInt8>] = []
    var blanks = 0
    for line in source.split(separator: 0x0A, omittingEmptySubsequences: false) {
      blanks = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } ? blanks + 1 : 0
      if blanks <= 2 { lines.append(line) }
    }
    let text = String(decoding: Array(lines.joined(separator: CollectionOfOne(0x0A))), as: UTF8.self)
    var writer = MarkdownHTML(capacity: source.count * 2)
    writer.preformatted(text)
    return RenderedText(html: writer.finished, plain: text)
  }
}

/// What ``Markdown`` made of a source.
public struct RenderedText: Sendable, Hashable {
  /// Block elements, safe wherever flow content may stand.
  public let html: SafeHTML
  /// Text without markup; not escaped.
  public let plain: String

  init(html: SafeHTML, plain: String) { (self.html, self.plain) = (html, plain) }

  /// The one way back from where it was kept, and the only door by which bytes become ``SafeHTML`` without being rendered.
  ///
  /// - Parameters:
  ///   - storedHTML: the bytes of ``html`` from a column that nothing but such bytes is written to (`Tests/Support/lint` counts the callers).
  ///   - plain: what was stored beside it.
  public init(storedHTML: [UInt8], plain: String) { self.init(html: SafeHTML(trusted: storedHTML), plain: plain) }
}
