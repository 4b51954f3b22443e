/// The names that the compiler treats in their own way, all in lower case.
enum HTMLNames {
  /// Attributes that a browser follows or loads. They take a `Path` or a `SafeURL`.
  static let addresses: Set<String> = [
    "href", "src", "action", "formaction", "poster", "cite", "data", "xlink:href", "background", "longdesc", "manifest", "usemap",
    "profile",
  ]

  /// Attributes that hold a document, several addresses, or orders to the browser that a value could bend.
  static let refusedAttributes: Set<String> = [
    "style", "srcdoc", "srcset", "imagesrcset", "ping", "http-equiv", "archive", "codebase", "classid",
  ]

  /// Elements that run or embed something, move the base of all links, or are read by rules of their own.
  static let refusedTags: Set<String> = [
    "style", "base", "object", "embed", "applet", "frame", "frameset", "xmp", "plaintext", "noembed", "noframes", "listing",
    "animate", "animatemotion", "animatetransform", "set", "foreignobject",
  ]

  /// Text in which only character references count: a value is escaped as elsewhere.
  static let rcdata: Set<String> = ["title", "textarea"]

  /// Elements whose content is not markup. All but those of ``rcdata`` must be empty.
  static let raw: Set<String> = ["title", "textarea", "script", "iframe"]

  /// Elements beside which a browser shows no white space: blocks, parts of tables and lists, what stands in `<head>`.
  static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "br", "caption", "col", "colgroup", "datalist", "dd", "details", "dialog", "div",
    "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "legend",
    "li", "link",
    "main", "meta", "nav", "ol", "optgroup", "option", "p", "pre", "script", "search", "section", "summary", "table", "tbody", "td",
    "tfoot", "th",
    "thead", "title", "tr", "ul",
  ]

  /// Why a constant address is refused; nil when it is a place on this site, or `http`, `https`, `mailto`, `tel`.
  static func objection(to address: [UInt8]) -> String? {
    let text = String(decoding: address, as: UTF8.self).lowercased()
    if address.contains(where: { $0 <= 0x20 || $0 == 0x5C || $0 == 0x7F }) { return "blanks and backslashes have no place in an address" }
    if text.hasPrefix("//") { return "an address on another site says its scheme" }
    guard let colon = text.utf8.firstIndex(of: 0x3A), !text[..<colon].contains(where: { "/?#".contains($0) }) else { return nil }
    let scheme = String(text[..<colon])
    return ["http", "https", "mailto", "tel"].contains(scheme) ? nil : "\(scheme): is not http, https, mailto or tel"
  }
}
