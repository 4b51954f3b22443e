import Domain
import Foundation
import Postgres
import Testing
import Web

@testable import App

@Suite("Messages by webhook")
struct ChannelHookTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site, type: .chat)
  }

  @Test func `Hard case 9: the first answers 201, the same again 200 with the same ids, and causes nothing`() throws {
    let body = desk.body("Hello", message: "m1")
    let (first, second) = (desk.post(body), desk.post(body, id: "msg_2"))
    #expect(first.status == 201)
    #expect(second.status == 200)
    #expect(first.text == second.text)
    #expect(try site.count("SELECT count(*) FROM messages") == 1)
    let changed = desk.post(desk.body("Hello, changed", message: "m1"))
    #expect(changed.status == 200)
    #expect(changed.text == first.text)
    #expect(try site.count("SELECT count(*) FROM message_revisions") == 1)
    #expect(try site.count("SELECT count(*) FROM drafts") == 1)
  }

  @Test func `Hard case 9: what came again with other words stands below what came first, with who and when`() throws {
    let id = try desk.write("The parcel is blue.")
    let path = "/conversations/\(id)"
    #expect(!desk.owner.get(path).text.contains("data-revision"))
    site.pass(minutes: 5)
    let then = site.now.iso
    for text in ["The parcel is red.", "The parcel is red.", "The parcel is blue."] {
      #expect(desk.post(desk.body(text, message: "m1")).status == 200)
    }
    site.pass(minutes: 5)
    #expect(desk.post(desk.body("The parcel is gone.", message: "m1")).status == 200)
    let (viewer, draft) = (try desk.member("v@x.test", .viewer), try desk.draft())
    for page in [desk.owner.get(path), desk.owner.get(path + "/timeline"), viewer.get(path), desk.owner.get("/drafts/\(draft)")] {
      let places = ["The parcel is blue.", "data-revision=\"\(then)\"", "The parcel is red.", "The parcel is gone."].map {
        page.text.range(of: $0)?.lowerBound
      }
      #expect(places.allSatisfy { $0 != nil })
      #expect(zip(places, places.dropFirst()).allSatisfy { ($0 ?? page.text.endIndex) < ($1 ?? page.text.startIndex) })
      #expect(page.text.components(separatedBy: "data-revision").count == 3)
      #expect(page.text.contains("Ana Souza sent it again with other words"))
    }
    // The timeline says so, once for each.
    #expect(desk.owner.get(path + "/timeline").text.components(separatedBy: "A message came again with other words.").count == 3)
    #expect(try site.count("SELECT count(*) FROM messages") == 1)
  }

  @Test(arguments: [(299, 201), (-299, 201), (301, 401), (-301, 401)])
  func `Hard case 9: a signature is good for five minutes`(seconds: Int64, status: Int) {
    #expect(desk.post(desk.body("Hello", message: "m1"), at: site.now.advanced(seconds: -seconds)).status == status)
  }

  @Test func `Hard case 9: wrong signatures, channels that are off, deleted or another's, and unknown ones`() throws {
    let body = desk.body("Hello", message: "m1")
    #expect(desk.post(body, secret: WebhookSignature.newSecret()).status == 401)
    #expect(desk.post("no JSON at all", secret: WebhookSignature.newSecret()).status == 401)
    #expect(desk.post(body, to: "00000000-0000-7000-8000-000000000000").status == 404)
    #expect(desk.post("x", to: "nothing").status == 404)
    let other = try Desk(site, as: site.person("other@x.test"), type: .chat)
    #expect(desk.post(body, to: other.channel.text).status == 401)
    #expect(other.post(other.body("Hello", message: "m1")).status == 201)
    #expect(desk.post(body).status == 201)
    try site.owner.run("UPDATE channels SET enabled = false WHERE id = \(desk.channel)")
    #expect(desk.post(body).status == 404)
    try site.owner.run("UPDATE channels SET enabled = true, deleted_at = \(site.now) WHERE id = \(desk.channel)")
    #expect(desk.post(body).status == 404)
    #expect(try site.count("SELECT count(*) FROM messages") == 2)
  }

  @Test func `Hard case 9: a body that cannot be taken is refused with its reason`() throws {
    for body in [
      "[]", "{}", #"{"conversation":{"external_id":"c"}}"#, #"{"conversation":{"external_id":""},"message":{"external_id":"m"}}"#,
      #"{"conversation":{"external_id":"c"},"message":{"external_id":7}}"#,
      #"{"conversation":{"external_id":"c"},"message":{"external_id":"m","body_text":["x"]}}"#,
      #"{"conversation":{"external_id":"c"},"message":{"external_id":"m","metadata":"x"}}"#,
      #"{"conversation":{"external_id":"c","customer":{"email":"no address"}},"message":{"external_id":"m"}}"#,
      "{\"conversation\":{\"external_id\":\"c\"},\"message\":{\"external_id\":\"m\",\"body_text\":\"a\\u0000b\"}}",
      #"{"conversation":{"external_id":"c"},"message":{"external_id":"m","metadata":{"a":"# + String(repeating: "[", count: 40)
        + String(repeating: "]", count: 40) + "}}}",
      #"{"conversation":{"external_id":"c"},"message":{"external_id":"m","metadata":{"a":""# + String(repeating: "x", count: 70_000)
        + "\"}}}",
    ] as [String] {
      let place: Comment = "\(body)"
      let page = desk.post(body)
      #expect(page.status == 422, place)
      #expect(page.text.contains("\"error\""), place)
      #expect(try site.count("SELECT count(*) FROM conversations") == 0, place)
    }
  }

  @Test(arguments: [
    ("", 201, "0"), (#","size":null"#, 201, "0"), (#","size":0"#, 201, "0"), (#","size":1.2e3"#, 201, "1200"),
    (#","size":26000000"#, 201, "26000000"), (#","size":1e40"#, 201, "9223372036854775807"), (#","size":-1"#, 422, ""),
    (#","size":"12""#, 422, ""), (#","size":true"#, 422, ""), (#","size":[1]"#, 422, ""), (#","size":{}"#, 422, ""),
  ])
  func `Hard case 9: the size of a file is a number of at least 0, or not said`(size: String, status: Int, stored: String) throws {
    let file = #"{"file_name":"a.pdf","mime_type":"application/pdf","url":"https://shop.example/a.pdf""# + size + "}"
    let message = #"{"external_id":"m","attachments":["# + file + "]}"
    let page = desk.post(#"{"conversation":{"external_id":"c"},"message":"# + message + "}")
    #expect(page.status == status && page.text.contains("size") == (status == 422), "\(page.text)")
    #expect(try (site.text("SELECT size::text FROM attachments") ?? "") == stored)
    #expect(try site.count("SELECT count(*) FROM messages") == (status == 201 ? 1 : 0))
  }

  @Test func `Case 9: metadata of two megabytes are refused by their name, and of more than four megabytes nothing is read`() throws {
    let metadata = String(repeating: "x", count: 2_000_000)
    let long = desk.post(#"{"conversation":{"external_id":"c"},"message":{"external_id":"m","metadata":{"a":""# + metadata + "\"}}}")
    #expect(long.status == 422)
    #expect(long.text.contains("metadata"))
    let page = desk.post(desk.body(String(repeating: "x", count: 4_000_000), message: "m"))
    #expect(page.status == 413)
    #expect(try site.count("SELECT count(*) FROM messages") == 0)
  }

  @Test(arguments: [("Ana Souza", "Ana Souza wrote."), ("", "Somebody wrote.")])
  func `Whoever wrote without a name is the customer, and else somebody`(customer: String, told: String) throws {
    let conversation = try desk.write("Hello", email: "", name: "")
    try site.owner.run("UPDATE customers SET name = \(customer)")
    #expect(desk.owner.get("/conversations/\(conversation)").text.contains(told))
  }

  @Test func `Line breaks in a subject become blanks, and lose no message`() throws {
    let conversation = try desk.write("Hello", subject: "Order 7\r\nBcc: everybody@x.test")
    #expect(try site.text("SELECT subject FROM conversations") == "Order 7 Bcc: everybody@x.test")
    #expect(desk.owner.get("/conversations/\(conversation)").status == 200)
  }

  @Test func `A conversation of one shop is another's nowhere`() throws {
    let conversation = try desk.write("Hello")
    let stranger = try site.person("stranger@x.test")
    #expect(stranger.get("/conversations/\(conversation)").status == 404)
    #expect(stranger.get("/conversations").text.contains(conversation) == false)
    let draft = try desk.draft()
    #expect(stranger.get("/drafts/\(draft)").status == 404)
    #expect(stranger.post("/drafts/\(draft)/claim").status == 404)
  }
}
