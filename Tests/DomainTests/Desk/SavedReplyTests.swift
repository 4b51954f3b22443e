import Testing

@testable import Domain

/// RULES 6.33.
@Suite struct SavedReplyTests {
  private static let values: [SavedReply.Field: String] = [
    .customerFirstName: "Ana", .customerName: "Ana Souza", .agentName: "Rui", .conversationSubject: "Where is my order?",
  ]

  private func filled(_ text: String, _ values: [SavedReply.Field: String] = values) throws -> String {
    try SavedReply(text).filled { values[$0] ?? "" }
  }

  @Test(arguments: [
    ("Hello {{customer.first_name}},\n\nthank you.\n{{agent.name}}", "Hello Ana,\n\nthank you.\nRui"), ("", ""), ("plain", "plain"),
    ("{{ customer.name }}{{conversation.subject}}", "Ana SouzaWhere is my order?"), ("{ {customer.name} }", "{ {customer.name} }"),
    ("}} {x} {{agent.name}} }}", "}} {x} Rui }}"), ("{{agent.name}}{{agent.name}}", "RuiRui"),
  ])
  func `places are filled`(text: String, expected: String) throws { #expect(try filled(text) == expected) }

  @Test func `an empty one leaves nothing behind but its blank`() throws {
    #expect(try filled("Hello {{customer.first_name}}, hi", [:]) == "Hello , hi")
  }

  @Test(arguments: [
    ("{{customer.email}}", SavedReply.Complaint.unknown("customer.email")), ("{{}}", .unknown("")),
    ("{{Customer.Name}}", .unknown("Customer.Name")),
    ("a {{customer.name", .unclosed), ("{{customer.name}", .unclosed), ("{{customer.\nname}}", .unclosed),
    ("{{{customer.name}}}", .unknown("{customer.name")),
    ("{{customer.name}} {{agent}}", .unknown("agent")),
    ("{{" + String(repeating: "x", count: 99) + "}}", .unknown(String(repeating: "x", count: 60))),
  ])
  func `what is unknown is refused`(text: String, complaint: SavedReply.Complaint) {
    #expect(throws: complaint) { try SavedReply(text) }
  }

  @Test(arguments: [
    ("{{customer.name}}", "{{customer.name}}"), ("a\r\nb\u{2028}c\u{0}d", "a b c d"), ("[Heed 12] Hi", "[Heed 12] Hi"),
    ("[win](http://x.example)", "[win]\\(http://x.example)"), ("<http://x.example>", "\\<http://x.example>"), ("a\u{202E}b", "ab"),
    ("[win]\\(x)", "[win]\\\\(x)"), ("[win]\u{202E}(x)", "[win]\\(x)"),
  ])
  func `a value is a line of text, never a place, a link or a tag`(value: String, expected: String) throws {
    #expect(try filled("{{conversation.subject}}", [.conversationSubject: value]) == expected)
  }

  @Test func `the fields of a text are known`() throws {
    #expect(try SavedReply("{{agent.name}} {{customer.name}} {{agent.name}}").fields == [.agentName, .customerName])
  }
}
