import Charsets

/// Which parts of a mail are its text and which are files (RULES 6.20, 6.21).
struct MailContent {
  private(set) var text = MailText()
  /// Parts that are neither the text nor another form of it, in their order.
  private(set) var files: [MailPart] = []
  /// The charset of a text was none, unknown or wrong.
  private(set) var isGuessed = false
  private(set) var isEncrypted = false
  private(set) var isSigned = false

  private let tree: MailTree

  init(_ tree: MailTree) {
    self.tree = tree
    collect(0)
  }

  private mutating func collect(_ index: Int) {
    let node = tree.nodes[index]
    guard node.form == .multipart else {
      let part = MailPart(tree, index)
      if part.isShownText { show(part) } else { keep(part) }
      return
    }
    let type = MailParameters(tree.head(of: node)["content-type"])
    let children = tree.children(of: index)
    switch type.value {
    case "multipart/alternative": alternative(children)
    case "multipart/related":
      for (place, child) in children.enumerated() { place == 0 ? collect(child) : keepAll(child) }
    case "multipart/signed":
      isSigned = true
      for (place, child) in children.enumerated() { place == 0 ? collect(child) : keepAll(child) }
    case "multipart/encrypted":
      isEncrypted = true
      for child in children { keepAll(child) }
    case "multipart/report": report(children)
    default:
      for child in children { collect(child) }
    }
  }

  /// What a report says to programs is no file. Without words for people it is the text.
  private mutating func report(_ children: [Int]) {
    var said: [MailPart] = []
    for child in children {
      let part = MailPart(tree, child)
      switch tree.nodes[child].form == .leaf ? part.mediaType : "" {
      case "message/delivery-status", "message/global-delivery-status", "message/disposition-notification", "message/feedback-report":
        said.append(part)
      default: collect(child)
      }
    }
    if text.isBlank, let first = said.first { show(first) }
  }

  /// The plain text where it says anything, else the HTML, else the last that does. Files of every form are kept.
  private mutating func alternative(_ children: [Int]) {
    let shown = preferred(children)
    for child in children { child == shown ? collect(child) : keepFiles(child) }
  }

  private func preferred(_ children: [Int]) -> Int? {
    var richest: Int?
    for child in children {
      guard let leaf = firstText(child) else { continue }
      if leaf.isHTML { richest = richest ?? child } else if hasWords(leaf) { return child }
    }
    return richest ?? children.last { firstText($0) != nil } ?? children.last
  }

  /// The part whose text a subtree would show first.
  private func firstText(_ index: Int) -> MailPart? {
    for place in index..<tree.nodes[index].end where tree.nodes[place].form == .leaf {
      let part = MailPart(tree, place)
      if part.isShownText { return part }
    }
    return nil
  }

  private func hasWords(_ part: MailPart) -> Bool {
    let beginning = tree.bytes[part.node.content].prefix(2_000)
    if TransferEncoding(part.head["content-transfer-encoding"]) == .none, beginning.contains(where: { $0 > 0x20 && $0 < 0x7F }) {
      return true
    }
    return part.content(of: tree).contains { $0 > 0x20 && $0 != 0xA0 && $0 != 0xC2 }
  }

  private mutating func show(_ part: MailPart) {
    let decoded = part.text(of: tree)
    if decoded.isGuessed { isGuessed = true }
    if !text.lines.isEmpty { text.append(line: [], depth: 0) }
    if part.isHTML || part.mediaType == "text/watch-html" {
      HTMLTextReader.read(decoded.utf8, into: &text)
    } else if let format = part.type.plain("format"), format.isWord("flowed") {
      let deletesBlank = part.type.plain("delsp").map { $0.isWord("yes") } ?? false
      text.append(plain: FlowedText.unfolded(decoded.utf8, deletesBlank: deletesBlank))
    } else {
      text.append(plain: decoded.utf8)
    }
  }

  private mutating func keep(_ part: MailPart) {
    files.append(part)
    if part.mediaType == "application/pkcs7-mime" || part.mediaType == "application/x-pkcs7-mime" {
      let kind = part.type.plain("smime-type")
      if kind.map({ $0.isWord("enveloped-data") || $0.isWord("authenveloped-data") }) ?? (files.count == 1) { isEncrypted = true }
    }
    if part.mediaType == "application/pgp-encrypted" { isEncrypted = true }
  }

  /// All leaves, whatever they are.
  private mutating func keepAll(_ index: Int) {
    for place in index..<tree.nodes[index].end where tree.nodes[place].form != .multipart { keep(MailPart(tree, place)) }
  }

  /// The leaves that are no other form of the text.
  private mutating func keepFiles(_ index: Int) {
    for place in index..<tree.nodes[index].end where tree.nodes[place].form != .multipart {
      let part = MailPart(tree, place)
      if !part.isShownText { keep(part) }
    }
  }
}
