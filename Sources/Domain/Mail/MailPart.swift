import Charsets

/// A leaf of a mail with what its head says of it.
struct MailPart {
  let node: MailTree.Node
  let head: MailHead
  let type: MailParameters
  let disposition: MailParameters

  init(_ tree: MailTree, _ index: Int) {
    node = tree.nodes[index]
    head = tree.head(of: node)
    type = MailParameters(head["content-type"])
    disposition = MailParameters(head["content-disposition"])
  }

  /// `type/subtype` in lower case. What is none is a text, unless it has a file's name; a multipart without parts is a text, too.
  var mediaType: String {
    if node.form == .message { return "message/rfc822" }
    let value = type.value
    if node.form == .leaf, value.utf8.starts(with: "multipart/".utf8) { return "text/plain" }
    let sides = value.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
    if sides.count == 2, sides.allSatisfy({ !$0.isEmpty }) { return value }
    return value.isEmpty && fileName == nil || value == "text" ? "text/plain" : "application/octet-stream"
  }

  /// As it was sent, decoded; nil when there is none.
  var fileName: [UInt8]? {
    let name = disposition.text("filename") ?? type.text("name")
    return name.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Texts that people read as a message, without a file's name. Tables, cards, calendars and programs are files.
  var isShownText: Bool {
    guard node.form == .leaf, !disposition.value.utf8.elementsEqual("attachment".utf8), fileName == nil else { return false }
    switch mediaType {
    case "text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown", "text/x-markdown", "text/watch-html", "text/unknown":
      return true
    default: return false
    }
  }

  var isHTML: Bool { mediaType == "text/html" }

  /// Without its transfer encoding.
  func content(of tree: MailTree) -> ArraySlice<UInt8> {
    let bytes = tree.bytes[node.content]
    return node.form == .message ? bytes : TransferEncoding(head["content-transfer-encoding"]).decode(bytes)
  }

  func text(of tree: MailTree) -> DecodedText {
    Charsets.decode(content(of: tree), as: type.plain("charset").flatMap { CharsetLabel($0) })
  }
}
