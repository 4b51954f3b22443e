import Testing

@testable import Domain

/// RULES 6.12: the draft.
@Suite struct BuiltInWriterTests {
  private static let delivery = QuotedPassage(
    title: "Delivery [new]", url: "https://shop.example/a_(b)", heading: "Times", text: "It takes *two* days.\n\n- or three")
  private static let returns = QuotedPassage(title: "Returns", url: nil, heading: "Returns", text: "30 days.")

  @Test func `passages are quoted under their titles with their addresses`() {
    #expect(
      BuiltInWriter.draft(.english, to: "Ana", quoting: [Self.delivery, Self.returns]) == """
        Hello Ana,

        These are the parts of our pages that are about your question:

        **[Delivery \\[new\\]](<https://shop.example/a_(b)>)** – Times

        > It takes *two* days.
        >
        > - or three

        **Returns**

        > 30 days.

        If this does not answer it, write back to us with what is missing and a colleague will look at it.

        Kind regards
        """)
  }

  @Test func `it speaks the customer's language, whatever the passage's`() {
    let draft = BuiltInWriter.draft(.portuguese, quoting: [Self.returns])
    #expect(draft.hasPrefix("Olá,\n\nÉ isto que temos escrito"))
    #expect(draft.hasSuffix("Atenciosamente"))
  }

  @Test func `nothing found is said, without a promise of when`() {
    for language in Language.allCases {
      let draft = BuiltInWriter.draft(language, to: "Ana", quoting: [])
      #expect(draft.contains(language == .english ? "We found nothing" : "Não encontramos"))
      #expect(!draft.contains(">"))
      for promise in ["hour", "day", "soon", "hora", "dia", "breve"] { #expect(!draft.lowercased().contains(promise)) }
    }
  }

  @Test(arguments: ["[x](http://evil.example)", "<b>", "**", "a\nb\r\n# c", "\u{202E}"])
  func `a customer's name is a line of text`(name: String) {
    let first = BuiltInWriter.draft(.english, to: name, quoting: []).split(separator: "\n").first ?? ""
    #expect(first.hasPrefix("Hello") && first.hasSuffix(","))
    #expect(!first.contains("[x](") && !first.contains("**") && !first.contains("<b>") || first.contains("\\"))
  }

  @Test func `the same in is the same out`() {
    let drafts = (0..<5).map { _ in BuiltInWriter.draft(.english, to: "A", quoting: [Self.delivery, Self.returns]) }
    #expect(Set(drafts).count == 1)
  }
}
