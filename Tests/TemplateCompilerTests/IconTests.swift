import Testing

@testable import TemplateCompiler

@Suite struct IconTests {
  static let sprite = Icons(
    sprite: Array("<svg>\n  <!-- <symbol id='no'> -->\n  <symbol id=\"check\" viewBox=\"0\"/><symbol id=\"left\"></symbol></svg>".utf8))

  static let drawings: [(String, [String])] = [
    (
      "<p>{{icon \"check\"}} a</p>",
      [#"__html.literal("<p><svg class=icon aria-hidden=true><use href=\"/static/icons.svg#check\"/></svg> a</p>")"#]
    ),
    (
      "{{icon \"left\" size=\"small\"}}",
      [#"__html.literal("<svg class=\"icon small\" aria-hidden=true><use href=\"/static/icons.svg#left\"/></svg>")"#]
    ),
    (
      "{{icon item.name}}",
      [
        #"__html.literal("<svg class=icon aria-hidden=true><use href=\"/static/icons.svg#")"#,
        "__html.attribute(self.`item`.`name`)",
        #"__html.literal("\"/></svg>")"#,
      ]
    ),
    ("{{icon}}{{icon.x}}", ["__html.write(self.`icon`)", "__html.write(self.`icon`.`x`)"]),
  ]

  @Test(arguments: drawings) func `An icon is one tag`(_ template: String, _ expected: [String]) throws {
    #expect(try statements(template, icons: IconTests.sprite) == expected)
  }

  static let refusals: [Refused] = [
    Refused("\n{{icon \"chek\"}}", 3, "static/icons.svg has no icon \"chek\""),
    Refused("{{icon \"no\"}}", 2, "has no icon"),
    Refused("{{icon \"\"}}", 2, "has no icon"),
    Refused("{{icon \"check\" size=\"large\"}}", 2, "size=\"small\" only"),
    Refused("{{icon \"check\" colour=\"red\"}}", 2, "did not expect"),
    Refused("{{icon \"check\" \"left\"}}", 2, "did not expect"),
    Refused("{{icon (_ \"check\")}}", 2, "an icon has a name, no words"),
    Refused("<p title=\"{{icon \"check\"}}\">", 2, "belongs in text"),
    Refused("<textarea>{{icon \"check\"}}</textarea>", 2, "belongs in text"),
  ]

  @Test(arguments: refusals) func `An icon that cannot be drawn is refused`(_ refused: Refused) {
    let found = refusal("{{! Page }}\n" + refused.template, icons: IconTests.sprite)
    #expect(found?.line == refused.line && found?.reason.contains(refused.reason) == true, "\(found?.description ?? "it compiled")")
  }
}
