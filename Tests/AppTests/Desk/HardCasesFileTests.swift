import Domain
import Foundation
import Postgres
import Testing
import Web

@testable import App

/// Files that strangers send: as they are named, kept and served.
@Suite("Hard case 27: files")
struct HardCasesFileTests {
  let box: Mailbox
  var site: Site { box.site }
  var owner: Browser { box.desk.owner }

  init() throws { box = try Mailbox() }

  /// A mail with these parts as files, each with its head.
  private func mail(_ parts: [(head: String, body: String)], id: String = "a1@customer.example") -> String {
    let all = [("Content-Type: text/plain", "See the files.")] + parts.map { ($0.head, $0.body) }
    let body = all.map { "--b\n\($0.0)\n\n\($0.1)\n" }.joined() + "--b--\n"
    return Mailbox.mail(id: id, heads: "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n", body)
  }

  private struct Stored {
    let id: String
    let name: String
    let size: Int64
    let state: String
  }

  private func stored() throws -> [Stored] {
    try site.owner.rows(Query("SELECT id::text AS id, name, size, state FROM attachments ORDER BY n", into: Stored.init))
  }

  /// The head of a part → its name, and as what it is served.
  private static let odd: [(head: String, name: String, type: String)] = [
    ("Content-Type: text/plain\nContent-Disposition: attachment; filename=\"../../etc/passwd\"", "passwd", "text/plain; charset=utf-8"),
    (
      "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''a%0D%0ASet-Cookie%3A%20x%3D1.pdf",
      "a Set-Cookie x=1.pdf", "application/pdf"
    ),
    (
      "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"\(String(repeating: "n", count: 300)).pdf\"",
      String(repeating: "n", count: 116) + ".pdf", "application/pdf"
    ),
    (
      "Content-Type: image/png\nContent-Disposition: attachment; filename*=utf-8''gpj.%E2%80%AEfdp.exe", "gpj.fdp.exe", "image/png"
    ),
    ("Content-Type: image/svg+xml; name=drawing.svg\nContent-Disposition: attachment", "drawing.svg", "application/octet-stream"),
    ("Content-Type: text/html; name=page.html\nContent-Disposition: attachment", "page.html", "application/octet-stream"),
    ("Content-Type: text/xml; name=data.xml\nContent-Disposition: attachment", "data.xml", "application/octet-stream"),
    (
      "Content-Type: application/x-msdownload; name=run.exe\nContent-Disposition: attachment", "run.exe", "application/octet-stream"
    ),
  ]

  @Test func `Hard case 27: every file has a neutral name and is served to be saved, as nothing that a browser runs`() throws {
    let script = "<svg onload=alert(1)><script>alert(1)</script></svg>"
    let id = try box.take(mail(Self.odd.map { (head: $0.head, body: script) }))
    let files = try stored()
    #expect(files.map(\.name) == Self.odd.map { $0.name })
    let page = owner.get("/conversations/\(id)")
    for (file, expected) in zip(files, Self.odd) {
      #expect(file.state == "kept" && file.size == script.utf8.count, "\(expected.name)")
      #expect(page.links.contains("/attachments/\(file.id)") && page.text.contains(expected.name), "\(expected.name)")
      let answer = owner.get("/attachments/\(file.id)")
      #expect(answer.status == 200 && answer.text == script, "\(expected.name)")
      #expect(answer.header("Content-Type") == expected.type, "\(expected.name)")
      #expect(answer.header("X-Content-Type-Options") == "nosniff")
      #expect(answer.header("Content-Security-Policy") == "default-src 'none'; sandbox")
      let disposition = answer.header("Content-Disposition") ?? ""
      #expect(disposition.hasPrefix("attachment; filename=\""), "\(disposition)")
      #expect(disposition.utf8.allSatisfy { $0 >= 32 && $0 < 127 && $0 != UInt8(ascii: "/") }, "\(disposition)")
    }
    #expect(!page.text.contains("\u{202E}"))
  }

  @Test func `Hard case 13: pictures that came with a mail are shown in its frame, by links of ours for an hour, and no others`() throws {
    let parts: [(head: String, body: String)] = [
      (
        "Content-Type: text/html",
        "<p>Look:</p><img src=\"cid:one@x\" alt=\"Broken cup\"><img src=cid:two@x alt=Drawing><img src=cid:three@x alt=Missing>"
          + "<img src=https://evil.example/p.png alt=Elsewhere>"
      ), ("Content-Type: image/png\nContent-ID: <one@x>\nContent-Disposition: inline; filename=cup.png", "cup"),
      ("Content-Type: image/svg+xml\nContent-ID: <two@x>\nContent-Disposition: inline; filename=drawing.svg", "<svg/>"),
    ]
    let body = parts.map { "--b\n\($0.head)\n\n\($0.body)\n" }.joined() + "--b--\n"
    let id = try box.take(Mailbox.mail(heads: "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n", body))
    // Another mail's picture of another name.
    try box.take(mail([(head: "Content-Type: image/png; name=c.png\nContent-ID: <three@x>", body: "c")], id: "a2@customer.example"))
    let message = try site.text("SELECT id::text FROM messages WHERE message_id = '<a1@customer.example>'").unwrapped
    let frame = owner.get("/conversations/\(id)/messages/\(message)/html")
    #expect(frame.status == 200 && frame.text.components(separatedBy: "<img").count == 2, "\(frame.text)")
    #expect(frame.text.contains("alt=\"Broken cup\"") && frame.text.contains("Drawing") && frame.text.contains("Missing"))
    #expect(!frame.text.contains("cid:"))
    let policy = frame.header("Content-Security-Policy") ?? ""
    #expect(policy.hasPrefix("sandbox") && policy.contains("default-src 'none'") && policy.hasSuffix("; img-src 'self'"), "\(policy)")
    let link = frame.text.components(separatedBy: "<img src=\"").last?.components(separatedBy: "\"").first ?? ""
    #expect(link.hasPrefix("/f/"))
    // The frame sends no cookie.
    let picture = site.browser().get(link)
    #expect(picture.status == 200 && picture.text == "cup" && picture.header("Content-Type") == "image/png")
    #expect(picture.header("X-Content-Type-Options") == "nosniff")
    #expect(try site.person("eve@x.test").get("/conversations/\(id)/messages/\(message)/html").status == 404)
    site.pass(hours: 1)
    #expect(site.browser().get(link).status == 404)
  }

  @Test func `Hard case 27: 26 MB are left out by name and size, no bytes at all are a file`() throws {
    let large = String(repeating: String(repeating: "x", count: 1_023) + "\n", count: 26 * 1_024)
    let id = try box.take(
      mail([
        (head: "Content-Type: application/pdf; name=large.pdf", body: large),
        (head: "Content-Type: application/pdf; name=empty.pdf", body: ""),
        (head: "Content-Type: application/pdf; name=small.pdf", body: "x"),
      ]))
    let files = try stored()
    #expect(files.map { "\($0.name) \($0.state)" } == ["large.pdf large", "empty.pdf kept", "small.pdf kept"])
    let page = owner.get("/conversations/\(id)")
    #expect(page.text.contains("large.pdf") && page.text.contains("27.3 MB · too large to be kept"))
    #expect(!page.links.contains("/attachments/\(files[0].id)") && owner.get("/attachments/\(files[0].id)").status == 404)
    let empty = owner.get("/attachments/\(files[1].id)")
    #expect(files[1].size == 0 && empty.status == 200 && empty.response.body.isEmpty)
    #expect(owner.get("/attachments/\(files[2].id)").text == "x")
  }

  @Test func `Hard case 27: one content twice is kept once, read by the account alone, and gone with its customer`() throws {
    let part: (head: String, body: String) = ("Content-Type: application/pdf; name=a.pdf", "the same zebra")
    try box.take(mail([part, (head: "Content-Type: text/csv; name=b.csv", body: part.body)]))
    try box.take(mail([part], id: "a2@customer.example"))
    let files = try stored()
    #expect(files.count == 3)
    #expect(try site.count("SELECT count(*) FROM files WHERE sha256 = \(Keys.sha256(Array(part.body.utf8)))") == 1)
    let (viewer, stranger) = (try box.desk.member("v@x.test", .viewer), try site.person("eve@x.test"))
    for file in files {
      let path = "/attachments/\(file.id)"
      #expect(owner.get(path).text == part.body && viewer.get(path).text == part.body)
      let refused = stranger.get(path)
      #expect(refused.status == 404 && !refused.text.contains("zebra"))
      #expect(site.browser().get(path).status == 303)
    }
    let customer = try site.text("SELECT customer_id::text FROM conversations LIMIT 1").unwrapped
    #expect(owner.post("/customers/\(customer)/erasure", ["password": Site.password]).status == 303)
    for file in files { #expect(owner.get("/attachments/\(file.id)").status == 404) }
    site.pass(minutes: 1)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM files") == 0)
  }

  @Test func `Hard case 27: a file of our own answer has a neutral name, too; too large ones are refused, the text is kept`() throws {
    let id = try box.take(Mailbox.mail())
    let path = "/conversations/\(id)"
    let seen = owner.get(path).field("seen", ofForm: path + "/reply") ?? ""
    func send(_ name: String, _ bytes: Int, nonce: String) -> Page {
      let parts = [("csrf", owner.token()), ("text", "See the file."), ("seen", seen), ("nonce", nonce)].map {
        "--xyz\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n"
      }
      let file =
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\nContent-Type: image/png\r\n\r\n"
        + String(repeating: "x", count: bytes) + "\r\n--xyz--\r\n"
      return owner.post(
        path + "/reply", raw: Array((parts.joined() + file).utf8), ["content-type": "multipart/form-data; boundary=xyz"])
    }
    #expect(send("a.png", 26 * 1_048_576, nonce: "1").status == 413)
    let refused = send("a.png", 24_500_000, nonce: "2")
    #expect(refused.status == 422 && refused.area("text") == "See the file.")
    #expect(try stored().isEmpty)
    #expect(send("../../\u{202E}gnp.exe", 10, nonce: "3").status == 303)
    let file = try stored().first.unwrapped
    #expect(file.name == "gnp.exe")
    #expect(owner.get("/attachments/\(file.id)").header("Content-Type") == "application/octet-stream")
  }
}
