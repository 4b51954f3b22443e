import Testing

@testable import TemplateCompiler

@Suite struct PartialTests {
  static let partials = [
    "{{! partial complaint id text role? }}\n<p id=\"{{id}}\"{{#given role}} role=\"{{role}}\"{{/given}}>{{text}}</p>\n",
    "{{! partial card tone title icon? }}\n<div class=\"{{tone}}\">\n  {{#given icon}}\n    {{icon icon}}\n  {{else}}\n    <hr>\n  {{/given}}\n  <h2>{{title}}</h2>\n"
      + "  {{> @body}}\n</div>\n",
    "{{! partial deed action secret? }}\n<form action=\"{{action}}\">{{#given secret}}{{> secret}}{{/given}}</form>",
    "{{! partial outer text? }}\n{{#given text}}{{> complaint id=\"o\" text=text role=text}}{{else}}none{{/given}}",
    "{{! partial nested text? }}\n{{> outer text=text}}",
    "{{! partial flagged flag }}\n{{#if flag}}a{{/if}}{{flag.name}}",
    "{{! partial loop x }}\n{{> loop x=x}}",
    "{{! partial names rows last }}\n{{#each rows as |row|}}{{row.x}}{{last}}{{/each}}",
    "{{! partial stranger x }}\n{{y}}",
  ]

  static let uses: [(String, String)] = [
    ("{{> complaint id=\"a\" text=error}}", "<p id=\"a\">‹__html.write(self.`error`)›</p>"),
    (
      "{{> complaint text=\"a < b\" id=row.id role=\"alert\"}}", "<p id=\"‹__html.attribute(self.`row`.`id`)›\" role=\"alert\">a &lt; b</p>"
    ),
    (
      "{{#with e as |x|}}{{> complaint id=\"a\" text=x.y}}{{/with}}",
      "‹if let `x` = self.`e` {›‹_ = `x`›<p id=\"a\">‹__html.write(`x`.`y`)›</p>‹}›"
    ),
    ("{{> complaint id=\"a\" text=(_ \"Say\" context=\"verb\")}}", "<p id=\"a\">‹__html.word(0)›</p>"),
    ("{{> complaint id=\"\\\"\" text=\"\"}}", "<p id=\"&quot;\"></p>"),
    (
      "{{#> card tone=\"calm\" title=(_ \"A\")}}\n  <p>{{title}}</p>\n{{/card}}",
      "<div class=\"calm\"><hr><h2>‹__html.word(0)›</h2><p>‹__html.write(self.`title`)›</p></div>"
    ),
    (
      "{{#> card tone=t title=\"b\" icon=\"check\"}}{{/card}}",
      "<div class=\"‹__html.attribute(self.`t`)›\"><svg class=icon aria-hidden=true><use href=\"/static/icons.svg#check\"/></svg><h2>b</h2></div>"
    ),
    ("{{> deed action=path secret=row.secret}}", "<form action=\"‹__html.url(self.`path`)›\">‹__html.render(self.`row`.`secret`)›</form>"),
    ("{{> deed action=\"/x\"}}", "<form action=\"/x\"></form>"),
    ("{{> nested text=\"b\"}}", "<p id=\"o\" role=\"b\">b</p>"),
    ("{{> flagged flag=x.y}}", "‹if self.`x`.`y` {›a‹}›‹__html.write(self.`x`.`y`.`name`)›"),
    // Names of the partial and those around do not meet.
    (
      "{{#with e as |row|}}{{> names rows=row.z last=row}}{{/with}}",
      "‹if let `row` = self.`e` {›‹_ = `row`›‹for `row__names` in `row`.`z` {›‹_ = `row__names`›‹__html.write(`row__names`.`x`)›‹__html.write(`row`)›‹}›‹}›"
    ),
    ("<b>a</b>\n{{> complaint id=\"a\" text=\"b\"}}\n<b>c</b>", "<b>a</b><p id=\"a\">b</p><b>c</b>"),
  ]

  @Test(arguments: uses) func `A partial is put in place with its arguments`(_ template: String, _ expected: String) throws {
    #expect(try page(template, partials: PartialTests.partials) == expected)
  }

  static let refusals: [Refused] = [
    Refused("\n{{> complaint id=\"a\"}}", 3, "the partial complaint needs text"),
    Refused("{{> complaint id=\"a\" text=\"b\" colour=\"red\"}}", 2, "the partial complaint has no parameter colour"),
    Refused("{{> complaint id=\"a\" id=\"b\" text=\"c\"}}", 2, "id is given twice"),
    Refused("{{> complant id=\"a\"}}", 2, "there is no partial complant"),
    Refused("{{> complaint id=\"a\" text=b c}}", 2, "did not expect 'c'"),
    Refused("{{> complaint id=\"a\" text=(b)}}", 2, "in parentheses stand words"),
    Refused("{{> complaint id=\"a\" text=(_ \"b\"}}", 2, "the parenthesis does not close"),
    Refused("{{> complaint id=\"a\" text=(_ \"\")}}", 2, "says nothing"),
    Refused("{{#> complaint id=\"a\" text=\"b\"}}{{/complaint}}", 2, "the partial complaint holds no {{> @body}}"),
    Refused("{{> card tone=\"a\" title=\"b\"}}", 2, "the partial card goes around something"),
    Refused("{{#> card tone=\"a\" title=\"b\"}}", 2, "{{#card}} is not closed"),
    Refused("{{#> card tone=\"a\" title=\"b\"}}{{/if}}", 2, "expected {{/card}}"),
    Refused("{{> deed action=\"javascript:x\"}}", 2, "javascript: is not http"),
    Refused("{{> deed action=\"/\" secret=\"x\"}}", 2, "in the partial deed: secret is text here, and must be a value"),
    Refused("{{> flagged flag=\"x\"}}", 2, "flag is text here"),
    Refused("{{> loop x=\"a\"}}", 2, "the partial loop uses itself"),
    Refused("{{> names rows=\"a\" last=\"b\"}}", 2, "rows is text here"),
    Refused("{{> stranger x=a}}", 2, "in the partial stranger: y is no parameter"),
    Refused("{{#given x}}{{/given}}", 2, "a parameter that may be missing: x is none"),
    Refused("{{#layout A b=(_ \"c\")}}{{/layout}}", 2, "takes no words of a template"),
  ]

  @Test(arguments: refusals) func `A partial that lacks something is refused where it is used`(_ refused: Refused) {
    let found = refusal("{{! Page }}\n" + refused.template, partials: PartialTests.partials)
    #expect(found?.line == refused.line && found?.reason.contains(refused.reason) == true, "\(found?.description ?? "it compiled")")
  }

  @Test func `A template or partial cut off anywhere is refused or compiled, never a trap`() {
    let card = PartialTests.partials[1]
    let page =
      "{{! A }}\n<p\n  {{#if x}}a{{/if}}\n>{{~ y ~}}{{icon \"check\" size=\"small\"}}{{#> card tone=\"x\" title=(_ \"b\" context=\"c\")}}\n"
      + " <pre>\n{{#once z}}q{{/once}}</pre>{{/card}}</p>"
    #expect(refusal(page, partials: [card]) == nil)
    for end in page.indices { _ = refusal(String(page[..<end]), partials: [card]) }
    for start in page.indices { _ = refusal("{{! A }}" + page[start...], partials: [card]) }
    for end in card.indices { _ = refusal(page, partials: [String(card[..<end])]) }
  }

  /// What is wrong with a partial whoever uses it, and the line of its own file.
  static let broken: [(String, String)] = [
    ("{{! partial a x? }}\n{{x}}", "x may be missing: {{#given x}}"),
    ("{{! partial a x? }}\n{{> b y=x}}", "the partial b needs y"),
    ("{{! partial a x }}\n{{y}}", "y is no parameter"),
    ("{{! partial a x }}\n<p class={{x}}>", "needs quotes"),
    ("{{! partial a x }}\n<div>{{icon \"chek\"}}", "has no icon"),
    ("{{! partial a x }}\n{{#layout l}}{{/layout}}", "has no place in a partial"),
    ("{{! partial a x }}\n{{#given x}}{{/given}}", "x is none"),
    ("{{! partial a x? }}\n{{#given x}}", "{{#given}} is not closed"),
    ("{{! partial a x? }}\n{{#given x}}{{else}}{{else}}{{/given}}", "a second {{else}}"),
    ("{{! partial a x? }}\n{{#given x}}{{else if y}}{{/given}}", "{{#given}} takes a plain {{else}}"),
    ("{{! partial a x x }}\n", "x is a parameter already"),
    ("{{! partial a }}\n", "a partial has parameters"),
    ("{{! partial a-b c }}\n", "expected a name"),
    ("{{! partial a b=c }}\n", "expected a name"),
  ]

  @Test(arguments: broken) func `A broken partial is refused in its own file, used or not`(_ partial: String, _ reason: String) {
    let other = Source(path: "/t/b.html", name: "b.html", bytes: Array("{{! partial b y }}\n{{y}}".utf8))
    let sprite = Source(path: "/icons.svg", name: "/icons.svg", bytes: Array("<symbol id=\"check\">".utf8))
    let result = Compilation([Source(path: "/t/a.html", name: "a.html", bytes: Array(partial.utf8)), other, sprite])
    #expect(result.diagnostics.map(\.path) == ["/t/a.html"])
    #expect(result.diagnostics.first?.reason.contains(reason) == true, "\(result.diagnostics)")
  }

  @Test func `A partial has a name of its own, and no file of Swift`() {
    let text = Array("{{! partial b y }}\n{{y}}".utf8)
    let page = Source(path: "/t/p.html", name: "p.html", bytes: Array("{{! Page }}\n{{> b y=x}}".utf8))
    let twice = Compilation([
      Source(path: "/t/a.html", name: "a.html", bytes: text), Source(path: "/t/b.html", name: "b.html", bytes: text),
    ])
    #expect(twice.diagnostics.map(\.description) == ["/t/b.html:1: error: b has a template already: a.html"])
    let result = Compilation([page, Source(path: "/t/z.html", name: "z.html", bytes: text)])
    #expect(result.diagnostics.isEmpty)
    #expect(result.files.map(\.name).sorted() == ["Template+p.swift", "Template+z.swift", "TemplateWords.swift"])
    #expect(result.files.first { $0.name == "Template+z.swift" }?.text == "")
  }
}
