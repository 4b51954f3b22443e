/// A file that came with a mail.
public struct MailAttachment: Equatable, Sendable {
  /// Safe to show and to save as (RULES 6.20): ``AttachmentName``.
  public let name: String
  /// What the mail calls it, `type/subtype` in lower case. Not to be believed.
  public let type: String
  /// Bytes, decoded.
  public let size: Int
  /// Of the decoded bytes.
  public let sha256: [UInt8]
  /// What `cid:` in the HTML of the same mail calls it, without angle brackets; empty when it has no such name.
  public let contentID: String
  /// Meant to be seen within the text.
  public let isInline: Bool
  /// False where the mail's files are more than 100, or more than 25 MB together: named on the page and not kept.
  public let isKept: Bool
  /// Where the encoded bytes stand in the mail.
  public let place: Range<Int>
  let encoding: TransferEncoding

  /// Bytes of a mail's files together, and files, that are kept.
  public static let mostBytes = 25 * 1_048_576
  public static let mostFiles = 100

  /// Its bytes, decoded.
  ///
  /// - Parameter mail: that it came with, as `MailReader.open` returns it.
  public func content(in mail: MailTree) -> [UInt8] { Array(encoding.decode(mail.bytes[place])) }

  /// A name as it may be shown, sent and saved (RULES 6.20), of one that may be anything.
  ///
  /// - Parameters:
  ///   - type: `type/subtype`, for an ending where there is no name.
  ///   - number: from 1, likewise.
  public static func safeName(_ name: String, type: String, number: Int) -> String {
    AttachmentName.neutral(Array(name.utf8), type: type, number: number)
  }
}

/// A file's name as the page shows it and a browser saves it: the last part of a path, without controls, bidirectional marks and what
/// file systems forbid, at most 120 letters, never empty (RULES 6.20).
public enum AttachmentName {
  static let longest = 120

  /// The same of a name that is no mail's; may be empty.
  public static func neutral(_ name: String, type: String, number: Int) -> String {
    neutral(name.utf8.isEmpty ? nil : Array(name.utf8), type: type, number: number)
  }

  /// - Parameters:
  ///   - name: as sent, decoded; may be anything.
  ///   - type: `type/subtype`, for an ending where there is no name.
  ///   - number: from 1, likewise.
  static func neutral(_ name: [UInt8]?, type: String, number: Int) -> String {
    let line = mailLine(name ?? [])
    let last = line.utf8.split(whereSeparator: { $0 == 0x2F || $0 == 0x5C }).last.map { String(Substring($0)) } ?? ""
    var scalars = String.UnicodeScalarView()
    for scalar in last.unicodeScalars where isAllowed(scalar) { scalars.append(scalar) }
    while let first = scalars.first, first == "." || first == " " { scalars.removeFirst() }
    while let end = scalars.last, end == "." || end == " " { scalars.removeLast() }
    let plain = shortened(scalars)
    return plain.isEmpty ? "file-\(number)\(ending(of: type))" : plain
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "/", "\\", ":", "*", "?", "\"", "<", ">", "|", "\u{FFFD}": return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: return scalar == "\u{200D}"
    default: return true
    }
  }

  /// The ending stays, because programs go by it.
  private static func shortened(_ name: String.UnicodeScalarView) -> String {
    guard name.count > longest else { return String(name) }
    let tail = name.suffix(16)
    guard let dot = tail.lastIndex(of: "."), tail.distance(from: dot, to: tail.endIndex) > 1 else { return String(name.prefix(longest)) }
    let ending = tail[dot...]
    return String(name.prefix(longest - ending.count)) + String(ending)
  }

  private static func ending(of type: String) -> String {
    switch type {
    case "message/rfc822": ".eml"
    case "message/delivery-status", "text/plain", "text/rfc822-headers": ".txt"
    case "text/html": ".html"
    case "text/calendar": ".ics"
    case "text/csv": ".csv"
    case "image/png": ".png"
    case "image/jpeg", "image/jpg": ".jpg"
    case "image/gif": ".gif"
    case "application/pdf": ".pdf"
    case "application/zip": ".zip"
    case "application/pgp-signature": ".asc"
    case "application/pkcs7-signature", "application/x-pkcs7-signature": ".p7s"
    case "application/pkcs7-mime", "application/x-pkcs7-mime": ".p7m"
    default: ""
    }
  }
}
