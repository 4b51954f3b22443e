import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

@Suite("Files that a webhook names")
struct AttachmentFetchTests {
  private func desk(opened: Bool) throws -> Desk {
    try Desk(Site(addresses: AddressGuard(opening: opened ? [AddressRange("127.0.0.0/8")].compactMap(\.self) : [])), type: .chat)
  }

  private func post(_ desk: Desk, _ urls: [String]) -> Page {
    let files = urls.map { #"{"file_name":"a.txt","mime_type":"text/plain","size":3,"url":"\#($0)"}"# }.joined(separator: ",")
    return desk.post(#"{"conversation":{"external_id":"c"},"message":{"external_id":"m","body_text":"See","attachments":[\#(files)]}}"#)
  }

  private func states(_ desk: Desk) throws -> String? { try desk.site.text("SELECT string_agg(state, ' ' ORDER BY n) FROM attachments") }

  @Test func `They are fetched one after the other, and what cannot be is said`() throws {
    let sink = try Sink("http_sink.py")
    let desk = try desk(opened: true)
    let at = "http://127.0.0.1:\(sink.port)"
    #expect(
      post(desk, ["\(at)/status/200", "\(at)/status/404", "\(at)/huge", "\(at)/drop", "\(at)/redirect", "nonsense", "\(at)/status/200"])
        .status == 201)
    #expect(try states(desk) == "asked asked asked asked asked asked asked")
    try desk.site.work()
    #expect(try states(desk) == "kept failed large failed failed failed kept")
    #expect(try desk.site.text("SELECT convert_from(bytes, 'UTF8') FROM files") == "seen")
    let id = try desk.site.text("SELECT id::text FROM attachments WHERE n = 1").unwrapped
    #expect(desk.owner.get("/attachments/\(id)").response.body == Array("seen".utf8))
  }

  @Test func `The address guard is asked`() throws {
    let sink = try Sink("http_sink.py")
    let desk = try desk(opened: false)
    #expect(post(desk, ["http://127.0.0.1:\(sink.port)/status/200"]).status == 201)
    try desk.site.work()
    #expect(try states(desk) == "failed")
    #expect(try sink.log().isEmpty)
  }
}
