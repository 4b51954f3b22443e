import HTML

extension Target {
  /// What people write, as markup: whole elements of an allow-list, no address but of four schemes, and bounded work.
  static let markdown = Target(
    "markdown", longest: 16_500,
    seeds: bytes([
      "", "Hello *you* and **them**", "# One\n## Two", "- a\n- b\n\n  c", "7. a\n8. b", "> a\n> > b", "```js\na<b\n```", "`a<b`  \nc",
      "a\n\n---",
      "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "[x](javascript:alert(1))", "[x](https://a.example \"t\")",
      "![x](https://a.example/i.png)",
      "[![x](https://b.example/i.png)](https://a.example)", "<https://a.example>", "<a@b.example>", "[call](tel:+49301)",
      "[x]\n\n[x]: https://a.example",
      "[bank.example](https://evil.example)", "\u{600}<b>\"\u{301}", "&#106;avascript:", "- - - a", "* * *", "~~~\n</code></pre>\n~~~",
      "a\\\nb", "<!-- a -->",
      "- - - - - - - - x\n\n\n", "a\u{0}b",
    ]),
    words: [
      "- ", "* ", "+ ", "1. ", "> ", "\n", "\n\n", "    ", "\t", "#", "```", "`", "*", "**", "_", "[", "]", "](", ")", "![", "<", ">", "&",
      "&#", "&lt;", "\\",
      "https://a.example", "javascript:", "mailto:a@b.example", "data:text/html,", "[x]: ", "<a href=", "\"", "'", "---", "<div>", "]()",
      "\r", "  \n", "- \n",
    ],
    // What the bounds let through takes 35 ms; without them the list in the corpus took more than a second.
    patience: 500
  ) { input in
    let html = Markdown.html(input).bytes
    let kinds = try MarkupCheck(html).elements
    try hold(html.count <= 40 * input.count + 200, "\(input.count) bytes become \(html.count)")
    let text = String(decoding: input, as: UTF8.self)
    let plain = Markdown.plain(text)
    try hold(plain.utf8.count <= 80 * input.count + 200, "\(input.count) bytes become \(plain.utf8.count) of text")
    return kinds.sorted().joined(separator: " ") + " " + size(html.count / 64)
  }
}

/// Reads markup as a strict browser would: every element that is opened is closed in turn, and none is there that may not be.
private struct MarkupCheck {
  private(set) var elements: Set<String> = []
  private static let allowed: Set<String> = [
    "p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "a", "br", "hr",
  ]
  private static let inline: Set<String> = ["em", "strong", "a", "code", "br"]

  init(_ html: [UInt8]) throws {
    guard let text = String(validating: html, as: UTF8.self) else { throw Broken(description: "the markup is no UTF-8") }
    var open: [String] = []
    var rest = text.utf8[...]
    while let byte = rest.first {
      switch byte {
      case 60:
        guard let end = rest.firstIndex(of: 62) else { throw Broken(description: "a tag that does not end") }
        try take(String(decoding: rest[rest.index(after: rest.startIndex)..<end], as: UTF8.self), &open)
        rest = rest[rest.index(after: end)...]
      case 38:
        let name = String(decoding: rest.dropFirst().prefix(8).prefix { $0 != 59 }, as: UTF8.self)
        try hold(["amp", "lt", "gt", "quot", "#39"].contains(name), "an ampersand that is not escaped: \(name)")
        rest = rest.dropFirst()
      default:
        try hold(byte != 34 && byte != 62, "a quote or bracket that is not escaped")
        rest = rest.dropFirst()
      }
    }
    try hold(open.isEmpty, "\(open) are left open")
  }

  private mutating func take(_ tag: String, _ open: inout [String]) throws {
    if tag.utf8.first == 47 {
      try hold(open.popLast() == String(tag.dropFirst()), "</\(tag.dropFirst())> closes nothing")
      return
    }
    let name = String(decoding: tag.utf8.prefix { $0 != 32 }, as: UTF8.self)
    let rest = String(decoding: tag.utf8.dropFirst(name.utf8.count), as: UTF8.self)
    try hold(Self.allowed.contains(name), "<\(shown(Array(tag.utf8)))> is not allowed")
    try attributes(name, rest)
    try hold(name != "a" || !open.contains("a"), "a link within a link")
    // What a browser would close by itself would let the rest out of its element.
    let parent = open.last ?? ""
    try hold(
      Self.inline.contains(name) || !["p", "h3", "h4", "h5", "h6", "em", "strong", "a", "code"].contains(parent), "<\(name)> in <\(parent)>"
    )
    try hold(name != "li" || parent == "ul" || parent == "ol", "<li> in <\(parent)>")
    elements.insert(name)
    if name != "br" && name != "hr" { open.append(name) }
  }

  private func attributes(_ name: String, _ rest: String) throws {
    let parts = rest.utf8.split(separator: 34, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    switch name {
    case "a":
      try hold(parts.count == 5 && parts[0] == " href=" && parts[2] == " rel=" && parts[4] == "", "attributes:\(rest)")
      let scheme = parts[1].utf8.prefix { $0 != 58 }.map { $0 | 32 }
      try hold(["http", "https", "mailto", "tel"].contains(String(decoding: scheme, as: UTF8.self)), "a link to \(parts[1])")
      try hold(parts[1].utf8.allSatisfy { $0 > 32 && $0 < 127 }, "an address with what none holds")
      try hold(parts[3] == "nofollow noopener noreferrer ugc", "rel=\(parts[3])")
    case "ol":
      try hold(parts.count == 3 && parts[0] == " start=" && Int(parts[1]).map { $0 >= 0 } == true && parts[2] == "", "attributes:\(rest)")
    default: try hold(rest == "", "attributes of <\(name)>:\(rest)")
    }
  }
}
