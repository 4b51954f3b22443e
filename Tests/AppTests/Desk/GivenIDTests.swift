import Foundation
import Net
import Postgres
import Testing

@testable import App

/// What the program that takes an answer of a chat calls it.
@Suite struct GivenIDTests {
  static let answers: [(String, String)] = [
    (#"{"external_id":"m-77"}"#, "m-77"), (#"{"ok":true,"external_id":"mensagem ção"}"#, "mensagem ção"), (#"{"external_id":77}"#, ""),
    (#"{"external_id":""}"#, ""), (#"{"external_id":"a\u0000b"}"#, ""), (#"{"message":{"external_id":"m-77"}}"#, ""), ("[]", ""), ("", ""),
    ("seen", ""), (#"{"external_id":"# + "\"" + String(repeating: "x", count: 1_001) + "\"}", ""),
    (#"{"external_id":"m-77","more":""# + String(repeating: "x", count: 70_000) + "\"}", ""),
  ]

  @Test(arguments: GivenIDTests.answers)
  func `An answer that is taken keeps the id that the other side gives it, and is sent whatever that says`(body: String, id: String) throws
  {
    let sink = try Sink("http_sink.py")
    try Data(body.utf8).write(to: sink.folder.appendingPathComponent("page"))
    let site = try Site(addresses: AddressGuard(opening: [AddressRange("127.0.0.0/8")].compactMap(\.self)))
    let desk = try Desk(site, type: .chat, url: "http://127.0.0.1:\(sink.port)/page")
    try desk.write("How long?")
    #expect(desk.approve(try desk.draft(), "Two days.").status == 303)
    site.pass(seconds: 31)
    try site.work()
    #expect(try site.text("SELECT sending || ' ' || external_id FROM messages WHERE direction = 'outbound'") == "sent " + id)
    #expect(try sink.log().count == 1)
    // A message of the customer under the same id is another one.
    if !id.isEmpty {
      #expect(desk.post(desk.body("Thanks", message: id)).status == 201)
      #expect(try site.count("SELECT count(*) FROM messages") == 3)
    }
  }
}
