import Domain
import HTML
import Postgres
import Web

/// A message in other forms: as it came, as HTML in a frame that can do nothing, and its files.
enum MessageForms {
  /// GET /conversations/:conversation/messages/:message/raw: byte for byte.
  static func raw(_ web: Context, _ id: ID<Conversation>, _ message: ID<DeskMessage>) throws -> Response {
    let found = try web.read(
      Query<[UInt8]>(
        column: """
          SELECT f.bytes FROM messages m JOIN files f ON f.account_id = m.account_id AND f.sha256 = m.raw
          WHERE m.id = \(message) AND m.conversation_id = \(id) AND m.account_id = (SELECT my_account())
          """))
    guard let bytes = found.first else { throw Failure.notFound }
    return file(bytes, "message/rfc822", "\(message.text).eml")
  }

  /// GET /conversations/:conversation/messages/:message/html
  static func html(_ web: Context, _ id: ID<Conversation>, _ message: ID<DeskMessage>) throws -> Response {
    let (found, own) = try web.read(
      Query<String>(
        column: """
          SELECT m.html FROM messages m
          WHERE m.id = \(message) AND m.conversation_id = \(id) AND m.account_id = (SELECT my_account()) AND m.direction = 'inbound'
            AND m.html IS NOT NULL
          """), OwnPicture.of(message))
    guard let html = found.first else { throw Failure.notFound }
    // The frame is of an origin of nobody's and sends no cookie, so that its pictures come by signed links.
    let pictures = Dictionary(
      own.map { (Array($0.contentID.utf8), $0.link(web.services.keys, at: web.now).text) }, uniquingKeysWith: { first, _ in first })
    let body = MailHTML.cleaned(html, image: web.words("image"), pictures: pictures)
    let end = body.isCut ? "<p><em>" + HTMLFrame.escaped(web.words("The rest is too long to be shown.")) + "</em></p>" : ""
    let page = HTMLFrame.begin + body.html + end + "</body></html>"
    var response = Response(status: 200, headers: [("Content-Type", "text/html; charset=utf-8")], body: Array(page.utf8))
    response.add("Content-Security-Policy", pictures.isEmpty ? SecurityHeaders.framedPolicy : SecurityHeaders.picturedPolicy)
    return response
  }

  /// GET /attachments/:attachment
  static func attachment(_ web: Context, _ id: ID<DeskFile>) throws -> Response {
    let found = try web.read(
      Query<(String, String, [UInt8])>(
        tuple: """
          SELECT a.name, a.type, f.bytes FROM attachments a JOIN files f ON f.account_id = a.account_id AND f.sha256 = a.sha256
          WHERE a.id = \(id) AND a.account_id = (SELECT my_account()) AND a.state = 'kept'
          """))
    guard let (name, type, bytes) = found.first else { throw Failure.notFound }
    return file(bytes, ServedType.of(type), name)
  }

  /// What a stranger sent, to be saved and not to be looked at.
  static func file(_ bytes: [UInt8], _ type: String, _ name: String) -> Response {
    var response = Response(status: 200, headers: [("Content-Type", type)], body: bytes)
    response.add("Content-Disposition", ServedType.disposition(name))
    response.add("Content-Security-Policy", SecurityHeaders.filePolicy)
    return response
  }
}

/// As what a file is served that a stranger sent (RULES 6.20).
enum ServedType {
  private static let known: Set<String> = [
    "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain", "text/csv", "application/zip", "message/rfc822",
    "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
  ]

  static func of(_ type: String) -> String {
    guard known.contains(type) else { return "application/octet-stream" }
    return type.utf8.starts(with: "text/".utf8) ? type + "; charset=utf-8" : type
  }

  /// `attachment` with the name in ASCII for old programs, and whole (RFC 6266, 5987).
  static func disposition(_ name: String) -> String {
    let plain = name.utf8.map { byte in
      byte >= 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C && byte != 0x25 ? byte : UInt8(ascii: "_")
    }
    var encoded = ""
    for byte in name.utf8 {
      let isPlain = (48...57).contains(byte) || (65...90).contains(byte & 0xDF) || byte == 0x2D || byte == 0x2E || byte == 0x5F
      if isPlain {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        encoded += "%" + Bytes.hex([byte]).uppercased()
      }
    }
    return "attachment; filename=\"\(String(decoding: plain, as: UTF8.self))\"; filename*=UTF-8''\(encoded)"
  }
}

/// A picture that came with a message, which its HTML may show (RULES 6.20).
struct OwnPicture {
  let id: ID<DeskFile>
  /// What `cid:` calls it.
  let contentID: String

  /// Types that hold nothing but a picture.
  private static let types = ["image/png", "image/jpeg", "image/gif", "image/webp"]

  static func of(_ message: ID<DeskMessage>) -> Query<OwnPicture> {
    Query(
      """
      SELECT a.id, a.content_id FROM attachments a
      WHERE a.message_id = \(message) AND a.account_id = (SELECT my_account()) AND a.state = 'kept' AND a.content_id <> ''
        AND a.type = ANY (\(types))
      ORDER BY a.n
      """, into: OwnPicture.init)
  }

  /// Where it is for an hour.
  func link(_ keys: Keys, at now: Instant) -> Path { Paths.linkedFile(FileLink(id, sentAt: now).token(keys)) }
}

/// The page that shows a message's HTML, by itself or in a frame: an origin of nobody's, no script, no form, nothing loaded. A link opens elsewhere.
enum HTMLFrame {
  /// The style is ours alone: none of the message's comes through.
  static let begin = """
    <!DOCTYPE html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>HTML</title><style>
    :root{color-scheme:light dark}body{margin:12px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
    table{border-collapse:collapse}td,th{padding:2px 6px;vertical-align:top}blockquote{margin:8px 0;padding-left:12px;border-left:3px solid #8888}
    pre{white-space:pre-wrap}img{max-width:100%;height:auto}</style></head><body>
    """

  static func escaped(_ text: String) -> String {
    text.utf8.contains { $0 == 0x3C || $0 == 0x26 }
      ? String(text.unicodeScalars.map { $0 == "<" ? "&lt;" : $0 == "&" ? "&amp;" : String($0) }.joined()) : text
  }
}

extension Response {
  /// A page that may show mails in frames of ours.
  func framing() -> Response {
    var response = self
    response.set("Content-Security-Policy", SecurityHeaders.framingPolicy)
    return response
  }
}
