import Testing

@testable import App
@testable import Domain

/// What is said above a message.
@Suite struct MessageItemTests {
  private let desk: Desk

  init() throws { desk = try Desk(Site(), type: .chat) }

  private func page(_ more: String = "") throws -> Page {
    let message = #"{"external_id":"m","body_text":"How long?""# + more + "}"
    let made = desk.post(#"{"conversation":{"external_id":"c","customer":{"name":"Ana"}},"message":"# + message + "}")
    #expect(made.status == 201, "\(made.text)")
    let id = try (JSONValue(Array(made.text.utf8))?["conversation"]?.text).unwrapped
    return desk.owner.get("/conversations/\(id)")
  }

  @Test func `a message without recipients has no line of them`() throws {
    let page = try page()
    #expect(page.fact("to") == "" && page.fact("cc") == "")
    #expect(page.text.contains("<data data-fact=\"to\" value=\"\"></data>"))
  }

  @Test(arguments: [
    ("2026-11-19T03:04:05Z", "It says of itself that it was written <time datetime=\"2026-11-19T03:04:05Z\">"),
    ("last week", "It says of itself that it was written last week."),
  ])
  func `when it says that it was written stands by the clock of the reader, and in its own words where they are no time`(
    said: String, shown: String
  ) throws {
    #expect(try page(#","sent_at":""# + said + "\"").text.contains(shown))
  }

  @Test func `what inserts a saved reply says so where there is one`() throws {
    let mail = try Desk(Site())
    let place = "/conversations/\(try mail.write("How long?"))"
    func says() -> Bool { mail.owner.get(place).text.contains("Preview, with the saved reply") }
    #expect(!says())
    #expect(mail.owner.post("/saved-replies", ["title": "Thanks", "text": "Thank you."]).status == 303)
    #expect(says())
  }

  @Test func `the list of saved replies has no place but its beginning`() {
    #expect(desk.owner.get("/saved-replies?after=zz").status == 422 && desk.owner.get("/saved-replies?after=").status == 200)
  }
}
