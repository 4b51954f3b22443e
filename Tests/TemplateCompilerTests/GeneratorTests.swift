import Testing

@testable import TemplateCompiler

@Suite struct GeneratorTests {
  /// A template and the statements of its `render`.
  static let verbs: [(String, [String])] = [
    ("", []),
    ("<p>é\"\\</p>\n", [#"__html.literal("<p>\u{e9}\"\\</p>")"#]),
    ("\"\u{301}", [#"__html.literal("\"\u{301}")"#]),
    ("{{x}}", ["__html.write(self.`x`)"]),
    ("{{ agent.name }}", ["__html.write(self.`agent`.`name`)"]),
    ("{{default}}", ["__html.write(self.`default`)"]),
    ("<p title=\"{{x}}\">", [#"__html.literal("<p title=\"")"#, "__html.attribute(self.`x`)", #"__html.literal("\">")"#]),
    ("<p title='a {{x}} b'>", [#"__html.literal("<p title='a ")"#, "__html.attribute(self.`x`)", #"__html.literal(" b'>")"#]),
    ("<title>{{x}}</title>", [#"__html.literal("<title>")"#, "__html.attribute(self.`x`)", #"__html.literal("</title>")"#]),
    ("{{> row}}", ["__html.render(self.`row`)"]),
    ("{{_ \"a \\\"b\\\"\"}}{{_ \"c\" context=\"d\"}}", ["__html.word(0)", "__html.word(1)"]),
    ("a{{! x }}b{{!-- {{y}} --}}c", [#"__html.literal("abc")"#]),
    ("{{#if a.b}}x{{/if}}", ["if self.`a`.`b` {", #"__html.literal("x")"#, "}"]),
    (
      "{{#if a}}x{{else if b}}y{{else}}z{{/if}}",
      ["if self.`a` {", #"__html.literal("x")"#, "} else if self.`b` {", #"__html.literal("y")"#, "} else {", #"__html.literal("z")"#, "}"]
    ),
    (
      "{{#unless a}}x{{else if b}}y{{/unless}}",
      ["if !self.`a` {", #"__html.literal("x")"#, "} else if self.`b` {", #"__html.literal("y")"#, "}"]
    ),
    (
      "{{#each rows as |row|}}{{row.x}}{{row}}{{rows}}{{/each}}{{row}}",
      [
        "for `row` in self.`rows` {", "_ = `row`", "__html.write(`row`.`x`)", "__html.write(`row`)", "__html.write(self.`rows`)", "}",
        "__html.write(self.`row`)",
      ]
    ),
    (
      "{{#each rows as |row|}}a{{else}}b{{/each}}",
      [
        "do {", "let __rows = self.`rows`", "if __rows.isEmpty {", #"__html.literal("b")"#, "} else {", "for `row` in __rows {",
        "_ = `row`",
        #"__html.literal("a")"#, "}", "}", "}",
      ]
    ),
    (
      "{{#with a.b as |c|}}{{c}}{{else}}{{c}}{{/with}}",
      ["if let `c` = self.`a`.`b` {", "_ = `c`", "__html.write(`c`)", "} else {", "__html.write(self.`c`)", "}"]
    ),
    (
      "{{#layout shell}}{{x}}{{/layout}}",
      ["self.`shell`.render(into: &__html) { (__html: inout HTML.HTMLWriter) in", "__html.write(self.`x`)", "}"]
    ),
    (
      "{{#layout title=title kind=\"w\\\"ide\" by=a.b}}{{/layout}}",
      [#"Layout(title: self.`title`, kind: "w\"ide", by: self.`a`.`b`).render(into: &__html) { (__html: inout HTML.HTMLWriter) in"#, "}"]
    ),
    (
      "{{#once}}x{{/once}}{{#once a.b}}{{x}}{{/once}}",
      [
        "do {", "let __once = HTML.Once(1)", "if !__html.again(__once) {", "let __start = __html.position", #"__html.literal("x")"#,
        "__html.keep(__once, from: __start)", "}", "}", "do {", "let __once = HTML.Once(2, self.`a`.`b`)", "if !__html.again(__once) {",
        "let __start = __html.position", "__html.write(self.`x`)", "__html.keep(__once, from: __start)", "}", "}",
      ]
    ),
    ("{{#layout Card.Wide}}{{/layout}}", ["Card.Wide().render(into: &__html) { (__html: inout HTML.HTMLWriter) in", "}"]),
    ("<textarea>{{x}}</textarea>", [#"__html.literal("<textarea>\n")"#, "__html.attribute(self.`x`)", #"__html.literal("</textarea>")"#]),
    (
      "<textarea>\n{{x}}</textarea>", [#"__html.literal("<textarea>\n")"#, "__html.attribute(self.`x`)", #"__html.literal("</textarea>")"#]
    ),
  ]

  @Test(arguments: verbs) func `Each tag becomes its statement, each run of HTML one literal`(_ template: String, _ expected: [String])
    throws
  {
    #expect(try statements(template) == expected)
  }

  static let addresses: [(String, [String])] = [
    ("<a href=\"{{x}}\">", ["url"]), ("<A HREF = '{{x}}'>", ["url"]), ("<form action=\"{{x}}\">", ["url"]),
    ("<img src=\"{{x}}\">", ["url"]),
    ("<button formaction=\"{{x}}\">", ["url"]), ("<video poster=\"{{x}}\">", ["url"]), ("<use xlink:href=\"{{x}}\"/>", ["url"]),
    ("<blockquote cite=\"{{x}}\">", ["url"]), ("<a href=\"{{x}}#top-{{y}}\">", ["url", "attribute"]),
    ("<a href=\"#{{x}}\">", ["attribute"]),
    ("<use href=\"/static/icons.svg#{{x}}\">", ["attribute"]), ("<a href=\"{{#if a}}{{x}}{{else}}{{y}}{{/if}}\">", ["url", "url"]),
    ("<a href=\"{{#if a}}{{x}}{{else}}/y{{/if}}#{{z}}\">", ["url", "attribute"]), ("<p data-href=\"/{{x}}\">", ["attribute"]),
    ("<a href=/x title=\"{{x}}\">", ["attribute"]), ("<p class=\"a\"\n  title = \"{{x}}\" hidden>{{y}}", ["attribute", "write"]),
    ("<script src=\"{{x}}\" defer></script>{{y}}", ["url", "write"]), ("<!-- <p title=\" -->{{x}}", ["write"]),
    ("<!doctype html>\n<p title='\"{{x}}'>", ["attribute"]), ("<textarea><p \"</p>{{x}}</TEXTAREA >{{y}}", ["attribute", "write"]),
    ("<input {{#if a}}checked{{/if}} value=\"{{x}}\">", ["attribute"]),
    ("<option{{#if a}} selected{{/if}}{{#with b as |b|}} label=\"{{b}}\"{{/with}}>{{x}}", ["attribute", "write"]),
    ("<p{{#each a as |b|}} data-x=\"{{b}}\"{{/each}}>", ["attribute"]), ("{{#if a}}<p class=\"x\">{{else}}<p>{{/if}}{{x}}", ["write"]),
    ("<p {{#if a}}class=\"x\">{{else}}>{{/if}}{{x}}", ["write"]),
  ]

  @Test(arguments: addresses) func `The place in the HTML decides how a value is written`(_ template: String, _ expected: [String]) throws {
    let verbs = try statements(template).compactMap { line in
      ["url", "attribute", "write"].first { line.hasPrefix("__html.\($0)(") }
    }
    #expect(verbs == expected)
  }

  /// What the page reads; `…` stands for the block.
  static let lines: [(String, String)] = [
    ("{{#if a}}\nb\n{{/if}}\nc\n", "b\nc\n"),
    ("b\n  {{#if a}}  \n  c\n  {{else}}\t\n  {{/if}}\nd\n", "b\n  c\nd\n"),
    ("a\r\n{{#if a}}\r\nb\r\n{{/if}}\r\nc", "a\nb\nc"),
    ("a{{#if a}}\nx\n{{/if}}b", "a\nx\nb"),
    ("a\n{{! remark }}\nb\n", "a\nb\n"),
    ("a\n  {{!-- two\nlines --}}\nb", "a\nb"),
    ("a {{! remark }}\nb", "a \nb"),
    ("{{#if a}}\n{{#if b}}\nx\n{{/if}}\n{{/if}}\n", "x\n"),
    ("{{#if a}}{{#if b}}\nx\n{{/if}}{{/if}}\n", "\nx\n\n"),
  ]

  @Test(arguments: lines) func `A block tag alone on its line takes the line with it`(_ template: String, _ expected: String) throws {
    // In a textarea nothing is trimmed.
    let literals = try statements("<textarea>\n" + template + "</textarea>").filter { $0.hasPrefix("__html.literal") }
    let text = literals.map { $0.dropFirst(16).dropLast(2) }.joined().replacing("\\u{d}", with: "")
    #expect(text == ("<textarea>\n" + expected + "</textarea>").replacing("\n", with: "\\n"))
  }

  @Test func `A template cut off anywhere is refused or compiled, never a trap`() {
    let whole = "{{! A }}\n<!doctype html><p a='{{x}}'{{#if b}} c{{else}} d=\"\"{{/if}}>{{#each e as |f|}}{{> f}}{{/each}}{{!-- g --}}</p>"
    for end in whole.indices { _ = refusal(String(whole[..<end])) }
    for start in whole.indices { _ = refusal("{{! A }}" + whole[start...]) }
    #expect(refusal(whole) == nil)
  }

  @Test func `A partial alone on its line takes the line with it`() throws {
    #expect(
      try statements("<ul>\n  {{> row}}\n</ul>") == [
        #"__html.literal("<ul>")"#, "__html.render(self.`row`)", #"__html.literal("</ul>")"#,
      ])
  }

  @Test func `A template is an extension of its type`() throws {
    #expect(
      try compiled("{{! Draft.Row }}\n{{x}}") == [
        "import HTML", "extension Draft.Row: HTML.Template {", "public func render(into __html: inout HTML.HTMLWriter) {",
        "__html.write(self.`x`)", "}", "}",
      ])
  }

  @Test(arguments: ["{{> @body}}", "{{#if a}}{{> @body}}{{/if}}", "{{#layout b}}{{#each c as |d|}}{{> @body}}{{/each}}{{/layout}}"])
  func `A template with a body is a layout`(_ template: String) throws {
    let lines = try compiled("{{! Layout }}\n" + template)
    #expect(lines[1] == "extension Layout: HTML.LayoutTemplate {")
    #expect(lines[2] == "public func render(into __html: inout HTML.HTMLWriter, body __body: (inout HTML.HTMLWriter) -> Swift.Void) {")
    #expect(lines.contains("__body(&__html)"))
  }

  @Test func `The Swift compiler is told the template's lines`() throws {
    var words = WordTable()
    let template = "{{! Page }}\n<p>\n\n{{x}}\n{{#if y}}\n{{! z }}\n{{z}}\n{{/if}}\n"
    let lines = try swift(template, path: "a \"b\".html", &words).split(separator: "\n")
    func line(before statement: String) -> Substring? {
      lines.firstIndex { $0.hasSuffix(statement) }.map { lines[$0 - 1] }
    }
    #expect(line(before: "__html.write(self.`x`)") == #"#sourceLocation(file: "a \"b\".html", line: 4)"#)
    #expect(line(before: "if self.`y` {") == #"#sourceLocation(file: "a \"b\".html", line: 5)"#)
    #expect(line(before: "__html.write(self.`z`)") == #"#sourceLocation(file: "a \"b\".html", line: 7)"#)
    #expect(lines.last == "#sourceLocation()")
  }
}
