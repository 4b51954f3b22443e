import Testing

@testable import TemplateCompiler

/// A mail brings its styles along; a page never does, and no value comes into a style of either.
@Suite struct MailTemplateTests {
  private static let style = "<p style=\"color:#fff\">{{x}}</p>"
  private static let sheet = "<style>\np { color: red }\n@media (x) { a > b { margin: 0 } }\n</style>"

  @Test(arguments: [style, sheet, "<style></style>", "<style> </style><p>a</p>"]) func `Constant styles stand in a mail alone`(
    _ html: String
  ) {
    #expect(refusal("{{! mail Page }}\n" + html) == nil)
    #expect(refusal("{{! Page }}\n" + html)?.reason.contains("has no place in a template") == true)
  }

  @Test func `A style sheet stays as it is`() throws {
    #expect(try compiled("{{! mail Page }}\n" + Self.sheet).joined().contains(#"p { color: red }\n@media (x) { a > b { margin: 0 } }"#))
  }

  static let refusals: [(String, String)] = [
    ("<p style=\"color:{{x}}\">", "styles are constant"), ("<p style=\"{{x}}\">", "styles are constant"),
    ("<p style=\"color:{{_ \"Red\"}}\">", "styles are constant"), ("<style>p { color: {{x}} }</style>", "a value inside <style>"),
    ("<style>p {}", "the template ends inside <style>"), ("<p onclick=\"x\">", "is an inline script"),
    ("<script>x</script>", "must be empty"), ("<p srcdoc=\"x\">", "has no place"), ("<base href=\"/\">", "has no place"),
  ]

  @Test(arguments: refusals) func `No value comes into a style, and nothing else is let in`(_ html: String, _ reason: String) {
    #expect(refusal("{{! mail Page }}\n" + html)?.reason.contains(reason) == true, "\(html)")
  }

  @Test func `A condition chooses between constants`() throws {
    let html = "<p style=\"{{#if late}}color:red{{else}}color:blue{{/if}}\">a</p>"
    let swift = try compiled("{{! mail Page }}\n" + html).joined()
    #expect(swift.contains("color:red") && swift.contains("color:blue"))
  }

  @Test func `A partial with styles is for mails`() {
    let partial = "{{! mail partial card title }}\n<p style=\"margin:0\">{{title}}</p>"
    #expect(refusal("{{! mail Page }}\n{{> card title=x}}", partials: [partial]) == nil)
    #expect(refusal("{{! Page }}\n{{> card title=x}}", partials: [partial])?.reason.contains("style has no place") == true)
    let sources = [("card.html", partial), ("plain.html", partial.replacing("mail partial card", with: "partial plain"))].map {
      Source(path: "/t/" + $0.0, name: $0.0, bytes: Array($0.1.utf8))
    }
    #expect(Compilation(sources).diagnostics.map(\.path) == ["/t/plain.html"])
  }
}
