import Domain

/// The fields of a file that goes along: its type and its name, in the ways in which other programs read names.
///
/// A name of plain ASCII stands in quotes. Any other stands as `filename*` (RFC 2231) for those who go by the standard, and as encoded words in
/// `name` for those who never learned it. Each parameter has lines of its own: nothing is folded within quotes but between encoded words.
struct AttachmentHead {
  /// `Content-Type` and `Content-Disposition`, folded; each ends with a line end.
  let type: String
  let disposition: String

  /// - Parameter number: from 1, for a file without a name.
  init(_ file: Mail.Attachment, number: Int) {
    let kind = AttachmentHead.kind(file.type)
    let name = MailAttachment.safeName(file.name, type: kind, number: number)
    if MailWords.isPlain(name) {
      type = " \(kind);\n name=\"\(name)\"\n"
      disposition = " attachment;\n filename=\"\(name)\"\n"
    } else {
      type = " \(kind);\n name=\"\(MailWords.encoded(name, between: "\n "))\"\n"
      disposition = " attachment;\n \(AttachmentHead.extended("filename", name))\n"
    }
  }

  /// `type/subtype` of tokens; octets where it is none, and where the standard forbids Base64 (RFC 2046, 5.1 and 5.2).
  static func kind(_ type: String) -> String {
    let parts = type.utf8.map { ASCII.lower($0) }.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isToken = { (byte: UInt8) in (48...57).contains(byte) || (97...122).contains(byte) || "!#$&^_.+-".utf8.contains(byte) }
    guard parts.count == 2, parts.allSatisfy({ (1...80).contains($0.count) && $0.allSatisfy(isToken) }),
      !parts[0].elementsEqual("message".utf8), !parts[0].elementsEqual("multipart".utf8)
    else { return "application/octet-stream" }
    return String(decoding: type.utf8.map { ASCII.lower($0) }, as: UTF8.self)
  }

  /// `filename*=utf-8''…`, in numbered pieces where it is long (RFC 2231, 3 and 4).
  private static func extended(_ parameter: String, _ value: String) -> String {
    var pieces = [""]
    for byte in value.utf8 {
      let isPlain = (48...57).contains(byte) || (65...90).contains(byte & 0xDF) && byte < 0x80 || "-._~".utf8.contains(byte)
      let written = isPlain ? String(UnicodeScalar(byte)) : "%" + hex(byte >> 4) + hex(byte & 15)
      if pieces[pieces.count - 1].utf8.count + written.utf8.count > 50 { pieces.append("") }
      pieces[pieces.count - 1] += written
    }
    if pieces.count == 1 { return "\(parameter)*=utf-8''\(pieces[0])" }
    return pieces.enumerated().map { "\(parameter)*\($0.offset)*=\($0.offset == 0 ? "utf-8''" : "")\($0.element)" }.joined(
      separator: ";\n ")
  }

  private static func hex(_ half: UInt8) -> String { String(half, radix: 16, uppercase: true) }
}
