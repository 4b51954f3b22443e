import Domain

extension Target {
  /// HTML of a stranger becomes HTML of ours: tags and attributes of a list, all closed, and nothing that runs or loads.
  static let mailPages = Target(
    "mailPages", longest: 4_000,
    seeds: bytes([
      "<p>Hello <b>you</b></p>", "<table><tr><td align=center>1<td colspan=2>2</table>",
      "<a href='https://x.example/?a=1&amp;b'>x.example</a>",
      "<div style=\"display:none\">no</div><img src=http://x/p.gif alt=hi>", "<script>alert(1)</script><svg onload=x><style>a{}</style>",
      "<ul><li>a<li>b</ul><!-- c --><p hidden>x<p>y", "<a href=\"jav&#x61;script:x\">x</a><a href=mailto:a@b.c>y</a>",
      "<a href=https://x.example><img src=cid:1 alt=hi></a><img src='CID:%31'>",
      "<iframe srcdoc='<p>'></iframe><form action=x><input><button>go</button></form>", "&lt;script&gt;&#60;b&#62;",
    ]),
    words: [
      "<", ">", "</", "=", "\"", "'", "<p>", "<td>", "</table>", "<a href=", "https://", "javascript:", "data:", "&#60;", "&lt", "<!--",
      "-->",
      "<script", "style=", "hidden", "<img ", "src=", "alt=", "onerror=", "cid:1", "<svg>", "\u{0}", "<div", "<template>",
    ]
  ) { input in
    let html = String(decoding: input, as: UTF8.self)
    let (shown, isCut) = MailHTML.cleaned(html, image: "image", pictures: [[0x31]: own])
    try hold(!isCut, "a short text is cut")
    let kinds = try check(Array(shown.utf8))
    return "\(size(shown.utf8.count)) \(kinds)"
  }

  /// Of the only picture that may be shown.
  private static let own = "/f/x"

  private static let allowed: Set<String> = [
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td",
    "th",
    "blockquote", "pre", "div", "span", "section", "article", "header", "footer", "main", "aside", "address", "center", "figure",
    "figcaption",
    "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup", "small", "big", "code", "kbd", "samp", "tt", "var", "cite",
    "q",
    "abbr", "mark", "a", "br", "hr", "wbr", "img",
  ]

  /// Reads what was written as strictly as it should be: no tag but `<name a="v">` and `</name>`, each closed in its turn.
  private static func check(_ html: [UInt8]) throws -> Int {
    var (open, place, kinds): ([String], Int, Set<String>) = ([], 0, [])
    while place < html.count {
      guard html[place] == 0x3C else {
        try hold(html[place] != 0x3E && html[place] != 0x22, "a bare mark at \(place)")
        place += 1
        continue
      }
      guard let end = html[place...].firstIndex(of: 0x3E) else { throw Broken(description: "a tag without an end") }
      var tag = String(decoding: html[(place + 1)..<end], as: UTF8.self)
      place = end + 1
      if tag.hasPrefix("/") {
        tag.removeFirst()
        try hold(open.popLast() == tag, "\(tag) is closed and was not open")
        continue
      }
      let name = tag.split(separator: " ", maxSplits: 1).first.map { String($0) } ?? ""
      try hold(allowed.contains(name), "an element \(name)")
      kinds.insert(name)
      if !["br", "hr", "wbr", "img"].contains(name) { open.append(name) }
      for (index, part) in tag.dropFirst(name.count).split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      where index % 2 == 0 {
        let attribute = part.trimmingPrefix { $0 == " " }
        try hold(
          ["", "href=", "target=", "rel=", "align=", "valign=", "dir=", "colspan=", "rowspan=", "start=", "src=", "alt="].contains(
            String(attribute)),
          "an attribute \(attribute)")
      }
      if name == "img" { try hold(tag.hasPrefix("img src=\"\(own)\" alt=\""), "a picture \(tag)") }
      if name == "a" {
        try hold(
          ["<a href=\"http:", "<a href=\"https:", "<a href=\"mailto:"].contains { "<\(tag)".lowercased().hasPrefix($0) }, "a link \(tag)")
      }
    }
    try hold(open.isEmpty, "\(open) is not closed")
    return kinds.count
  }
}
