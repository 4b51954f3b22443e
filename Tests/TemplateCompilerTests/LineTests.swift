import Testing

@testable import TemplateCompiler

/// The line that a diagnostic names is the one that its author wrote, whatever was cut away before it.
@Suite struct LineTests {
  static let partials = [
    "{{! partial plain x }}\n\n\n\n\n{{x}}",
    "{{! partial word x }}\n\n\n\n{{_ \"w\"}}{{x}}", "{{! partial tail x }}\n\n\n\n{{x}}<b>",
    "{{! partial around x }}\n\n\n\n\n{{#if x}}\n\n{{> @body}}\n{{/if}}",
  ]

  static let places: [Refused] = [
    // Behind white space that a tilde took away.
    Refused("{{x ~}}\n\n\n<p onx>", 5, "onx is an inline script"),
    Refused("a\n\n{{~ x}}\n<p onx>", 5, "onx is an inline script"),
    Refused("{{~ x ~}}\n\n{{~ y ~}}\n\n<p onx>", 6, "onx is an inline script"),
    // Behind tags that took their lines along.
    Refused("{{#if x}}\n{{else}}\n{{/if}}\n<p onx>", 5, "onx is an inline script"),
    Refused("  {{#if x}}  \r\n  {{/if}}\r\n<p onx>", 4, "onx is an inline script"),
    Refused("{{!-- one\ntwo\nthree --}}\n<p onx>", 5, "onx is an inline script"),
    Refused("{{! one\ntwo }}\n{{! three }}\n<p onx>", 5, "onx is an inline script"),
    // In the middle of a tag, an attribute, a text without markup.
    Refused("<p\n  a=\"b\"\n  onx>", 4, "onx is an inline script"),
    Refused("<p title=\"a\n\nb<\">", 4, "< in the value of title"),
    Refused("<textarea>\n\n</textarea\n x>", 5, "a closing tag has no attributes"),
    Refused("<!-- a\n\n{{x}} -->", 4, "inside a comment"),
    Refused("<p>\n\n\n<", 5, "the template ends inside"),
    // At what opens a block, or at what is wrong inside of it.
    Refused("{{#if x}}\n\n{{#each y as |z|}}\n{{/if}}", 5, "expected {{/each}} for line 4"),
    Refused("{{#if x}}\n{{else}}\n\n{{else}}\n{{/if}}", 5, "a second {{else}} in the {{#if}} of line 2"),
    Refused("a\n{{#with x as |y|}}\n{{else if z}}\n{{/with}}", 4, "takes a plain {{else}}"),
    Refused("\n{{#layout l a=b\n}}{{/layout}}", 3, "{{ is not closed"),
    Refused("{{#each x as |y|}}\n  <b title=\"\n{{/each}}", 2, "{{#each}} must end where it began"),
    Refused("\n{{#if x}}\n<p>\n{{else}}\n<p\n{{/if}}>", 3, "end in different places"),
    // In a partial it is the line of the use: the partial is not to blame, its own file compiles.
    Refused("\n\n<p class={{> plain x=y}}>", 4, "needs quotes"),
    Refused("\n<p class={{> word x=y}}>", 3, "needs quotes"),
    Refused("\n<p title=\"{{> tail x=y}}\">", 3, "< in the value of title"),
    Refused("\n{{#> around x=\"a\"}}b{{/around}}", 3, "x is text here"),
    Refused("\n{{#> around x=y}}\n\n{{icon \"no\"}}\n{{/around}}", 5, "has no icon"),
  ]

  @Test(arguments: places) func `What is refused is named by its own line`(_ refused: Refused) {
    let found = refusal("{{! Page }}\n" + refused.template, partials: Self.partials, icons: IconTests.sprite)
    #expect(found?.line == refused.line && found?.reason.contains(refused.reason) == true, "\(found?.description ?? "it compiled")")
  }

  /// A template, and the line that its last value is said to stand on.
  static let values: [(String, Int)] = [
    ("{{x}}", 2), ("\n\n{{x}}", 4), ("{{y ~}}\n\n{{x}}", 4), ("{{! a\nb }}\n{{x}}", 4), ("{{#if y}}\n\n{{/if}}\n{{x}}", 5),
    ("<p\n\n  title=\"{{x}}\">", 4), ("<pre>\n\n{{x}}</pre>", 4), ("{{#unless y}}\n{{else}}\n{{x}}{{/unless}}", 4),
    ("\n{{> plain x=x}}", 3), ("\n{{#> around x=y}}\n{{x}}\n{{/around}}", 4),
  ]

  @Test(arguments: values) func `The Swift compiler is told of each value by its own line`(_ template: String, _ line: Int) throws {
    var words = WordTable()
    let lines = try swift("{{! Page }}\n" + template, partials: Self.partials, &words).split(separator: "\n")
    let place = try #require(lines.lastIndex { $0.hasSuffix("(self.`x`)") })
    #expect(lines[place - 1] == "#sourceLocation(file: \"t.html\", line: \(line))")
  }
}

/// What the trimmer and the parser make of rarer shapes.
@Suite struct RareShapeTests {
  static let partials = [
    "{{! partial either x? y? }}\n{{#given x}}{{#if x}}a{{/if}}{{#given y}}b{{else}}c{{/given}}{{else}}none{{/given}}",
    "{{! partial spread rows }}\n<ul>{{#each rows as |row|}}\n  <li>{{row}}</li>{{/each}}\n</ul>",
  ]

  static let shapes: [(String, String)] = [
    // Each row stands behind another one as well as behind what comes before all of them.
    (
      "<b>a</b>\n{{#each x as |y|}}\n  <i>b</i><hr>\n{{/each}}",
      "<b>a</b>‹for `y` in self.`x` {›‹_ = `y`› <i>b</i><hr>‹}›"
    ),
    // And before another one as well as before what comes behind all.
    (
      "<div>{{#each x as |y|}}<p>a</p>\n<b>b</b>\n {{/each}}<i>c</i></div>",
      "<div>‹for `y` in self.`x` {›‹_ = `y`›<p>a</p><b>b</b> ‹}›<i>c</i></div>"
    ),
    ("<ul>{{#each x as |y|}}\n  <li>a</li>\n{{/each}}\n</ul>", "<ul>‹for `y` in self.`x` {›‹_ = `y`›<li>a</li>‹}›</ul>"),
    // What a layout puts behind its content nobody knows here.
    ("{{#layout l}}{{/layout}}\n<b>a</b>", "‹self.`l`.render(into: &__html) { (__html: inout HTML.HTMLWriter) in›‹}› <b>a</b>"),
    // A remark says what it likes.
    ("{{! a \"quote that stays open }}b", "b"),
    ("{{!-- {{x}} \"y --}}b", "b"),
    ("{{! {{not a tag }}b", "b"),
    // Braces in words, and two braces that are text.
    ("{{_ \"a }} b\"}}c", "‹__html.word(0)›c"),
    ("{ {x} }", "{ {x} }"),
    ("<p title=\"}}\">}}</p>", "<p title=\"}}\">}}</p>"),
    // What is not given is passed over whole, blocks and their ends inside of it too.
    ("{{> either y=\"1\"}}", "none"),
    ("{{> either x=w}}", "‹if self.`w` {›a‹}›c"),
    ("{{> either x=w y=\"1\"}}", "‹if self.`w` {›a‹}›b"),
    ("{{> spread rows=w}}", "<ul>‹for `row__spread` in self.`w` {›‹_ = `row__spread`›<li>‹__html.write(`row__spread`)›</li>‹}›</ul>"),
    // Text of a use is escaped as a value would be, in text and in an attribute.
    (
      "{{> spread rows=w}}<p title='{{_ \"it's\"}}'>",
      "<ul>‹for `row__spread` in self.`w` {›‹_ = `row__spread`›<li>‹__html.write(`row__spread`)›</li>‹}›</ul><p title='‹__html.word(0)›'>"
    ),
  ]

  @Test(arguments: shapes) func `Rare shapes are read as their author meant`(_ template: String, _ expected: String) throws {
    #expect(try page(template, partials: Self.partials) == expected)
  }

  static let refusals: [Refused] = [
    // One way has used the blank up, the other owes it still.
    Refused("<p\n{{#if x}}a {{/if}}b>", 3, "a space is missing here"),
    Refused("<p\n{{#if x}}{{else}}a {{/if}}b>", 3, "a space is missing here"),
    Refused("{{#if x y}}{{/if}}", 2, "did not expect 'y'"),
    Refused("{{else}}", 2, "closes nothing"),
    Refused("{{/if}}", 2, "closes nothing"),
    Refused("{{> @body x=y}}", 2, "did not expect"),
    Refused("{{#once x y}}{{/once}}", 2, "did not expect 'y'"),
  ]

  @Test(arguments: refusals) func `And what has no meaning is refused`(_ refused: Refused) {
    let found = refusal("{{! Page }}\n" + refused.template, partials: Self.partials)
    #expect(found?.line == refused.line && found?.reason.contains(refused.reason) == true, "\(found?.description ?? "it compiled")")
  }

  /// A comment that a browser ends earlier than it seems: what follows would be read as markup there and as a remark here.
  @Test func `A comment ends where a browser ends it`() throws {
    #expect(try page("<!--><p title=\"{{x}}\"><!-- -->") == "<!--><p title=\"‹__html.attribute(self.`x`)›\"><!-- -->")
    #expect(try page("<!---><p title=\"{{x}}\">") == "<!---><p title=\"‹__html.attribute(self.`x`)›\">")
    #expect(try page("<!-- a - b -- c --->{{x}}") == "<!-- a - b -- c --->‹__html.write(self.`x`)›")
    #expect(refusal("{{! Page }}\n<!-- a\n--!>{{x}}-->")?.line == 3)
  }
}
