/// Writes the steps of a Markdown document as markup.
struct MarkdownHTML: ~Copyable {
  private var html: HTMLWriter
  private var links = 0
  /// The link that is open, and what it says so far.
  private var link: (address: SafeURL, text: [UInt8])?
  /// Whether links lead to pages of this site and nowhere else.
  private let staysHere: Bool
  /// What is open of those.
  private var place: Place?

  private enum Place { case here, elsewhere(String) }

  /// - Parameter staysHere: whether only pages of this site are linked; where else a link leads is shown as text.
  init(capacity: Int, staysHere: Bool = false) {
    html = HTMLWriter(words: Words.none, capacity: capacity)
    self.staysHere = staysHere
  }

  var finished: SafeHTML { SafeHTML(trusted: html.bytes) }

  mutating func preformatted(_ text: String) {
    html.literal("<pre>")
    html.text(text)
    html.literal("</pre>\n")
  }

  mutating func visit(_ step: MarkdownStep) {
    switch step {
    case .enter(.link(let address)): openLink(address)
    case .enter(let container): open(container)
    case .leave(.link): closeLink()
    case .leave(let container): close(container)
    case .text(let text), .markup(let text): say(text)
    case .code(let text):
      html.literal("<code>")
      say(text)
      html.literal("</code>")
    case .codeBlock(let text):
      html.literal("<pre><code>")
      html.text(text)
      html.literal("</code></pre>\n")
    case .markupBlock(let text): preformatted(text)
    case .softBreak: say("\n")
    case .lineBreak:
      html.literal("<br>")
      say("\n")
    case .rule: html.literal("<hr>\n")
    }
  }

  private mutating func say(_ text: String) {
    html.text(text)
    link?.text += text.utf8
  }

  private mutating func open(_ container: MarkdownStep.Container) {
    switch container {
    case .quote: html.literal("<blockquote>\n")
    case .list(nil): html.literal("<ul>\n")
    case .list(let start?):
      html.literal("<ol start=\"")
      html.number(start)
      html.literal("\">\n")
    case .item: html.literal("<li>")
    case .paragraph(let isTight): if !isTight { html.literal("<p>") }
    case .heading(let level): html.literal(level == 1 ? "<h3>" : level == 2 ? "<h4>" : level == 3 ? "<h5>" : "<h6>")
    case .emphasis: html.literal("<em>")
    case .strong: html.literal("<strong>")
    case .link: break
    }
  }

  private mutating func close(_ container: MarkdownStep.Container) {
    switch container {
    case .quote: html.literal("</blockquote>\n")
    case .list(let start): html.literal(start == nil ? "</ul>\n" : "</ol>\n")
    case .item: html.literal("</li>\n")
    case .paragraph(let isTight): html.literal(isTight ? "\n" : "</p>\n")
    case .heading(let level): html.literal(level == 1 ? "</h3>\n" : level == 2 ? "</h4>\n" : level == 3 ? "</h5>\n" : "</h6>\n")
    case .emphasis: html.literal("</em>")
    case .strong: html.literal("</strong>")
    case .link: break
    }
  }

  /// A link inside a link (an image can hold one) is shown as its text; so is one that leads where links may not.
  private mutating func openLink(_ address: String) {
    links += 1
    if staysHere { return openPlace(address) }
    guard links == 1, let url = SafeURL(address) else { return }
    link = (url, [])
    html.literal("<a href=\"")
    html.url(url)
    html.literal("\" rel=\"nofollow noopener noreferrer ugc\">")
  }

  private mutating func closeLink() {
    links -= 1
    if staysHere { return closePlace() }
    guard links == 0, let (address, text) = link else { return }
    link = nil
    if text.allSatisfy({ $0 <= 0x20 }) { html.text(address.target) }
    html.literal("</a>")
    if LinkText(text).pretends(toBeOtherThan: address) {
      html.literal(" (")
      html.text(address.target)
      html.literal(")")
    }
  }

  private mutating func openPlace(_ address: String) {
    guard links == 1 else { return }
    guard let path = Path(checking: address) else {
      place = .elsewhere(address)
      return
    }
    place = .here
    html.literal("<a href=\"")
    html.url(path)
    html.literal("\">")
  }

  private mutating func closePlace() {
    guard links == 0, let open = place else { return }
    place = nil
    switch open {
    case .here: html.literal("</a>")
    case .elsewhere(let address):
      guard !address.utf8.isEmpty else { return }
      html.literal(" (")
      html.text(address)
      html.literal(")")
    }
  }
}
