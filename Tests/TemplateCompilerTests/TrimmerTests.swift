import Testing

@testable import TemplateCompiler

@Suite struct TrimmerTests {
  /// A template and what the page reads; `‹…›` is what is written between.
  static let breaks: [(String, String)] = [
    // Beside blocks, tables, lists and what stands in the head nothing stays.
    ("<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n", "<ul><li>a</li><li>b</li></ul>"),
    (
      "<!doctype html>\n<html>\n<head>\n<meta name=\"a\">\n<title>b</title>\n</head>\n",
      "<!doctype html><html><head><meta name=\"a\"><title>b</title></head>"
    ),
    ("<table>\n<tr>\n\t<td>a</td>\r\n\t<td>b</td>\n</tr>\n</table>", "<table><tr><td>a</td><td>b</td></tr></table>"),
    ("<P>\n  a\n</P>\n<b>c</b>\n<p>d", "<P>a</P><b>c</b><p>d"),
    ("<select>\n  <option>a</option>\n  <option>b</option>\n</select>", "<select><option>a</option><option>b</option></select>"),
    ("a<br>\nb", "a<br>b"),
    // Between inline elements, or one and text, a blank.
    ("<b>a</b>\n    <i>b</i>", "<b>a</b> <i>b</i>"),
    ("<b>a</b>\n\n  c\n  <i>b</i>", "<b>a</b> c <i>b</i>"),
    ("<p><b>a</b>\n  <i>b</i>\n</p>", "<p><b>a</b> <i>b</i></p>"),
    ("<b>a</b><i>b</i>", "<b>a</b><i>b</i>"),
    // Text, and blanks that break no line, stay.
    ("<p>a\n  b</p>", "<p>a\n  b</p>"),
    ("<p> a <b> c </b> </p>", "<p> a <b> c </b> </p>"),
    ("<p>{{x}}\n{{y}}</p>", "<p>‹__html.write(self.`x`)›\n‹__html.write(self.`y`)›</p>"),
    ("<p>\n  {{x}}\n  <b>c</b>\n</p>", "<p>‹__html.write(self.`x`)› <b>c</b></p>"),
    // Nor is anything taken where it shows.
    ("<pre>\n  <b>a</b>\n  <i>b</i>\n</pre>\n<p>", "<pre>\n  <b>a</b>\n  <i>b</i>\n</pre><p>"),
    ("<pre><pre>\n<p>\n</pre>\n<p>\n</pre>\n<p>\n</p>", "<pre><pre>\n<p>\n</pre>\n<p>\n</pre><p></p>"),
    ("<textarea>\n\n  <p>\n</textarea>\n<p>", "<textarea>\n\n  <p>\n</textarea><p>"),
    ("<title>\n a\n</title>", "<title>\n a\n</title>"),
    ("<script src=\"/a.js\">\n</script>\n<p>", "<script src=\"/a.js\">\n</script><p>"),
    ("<p title=\"a\n  b\">", "<p title=\"a\n  b\">"),
    ("<!-- a\n  <p>\n -->", "<!-- a\n  <p>\n -->"),
  ]

  /// Blocks: what stands before and behind them, on every way through.
  static let ways: [(String, String)] = [
    ("<p>a</p>\n{{#if x}}\n  <p>b</p>\n{{/if}}\n<p>c</p>", "<p>a</p>‹if self.`x` {›<p>b</p>‹}›<p>c</p>"),
    ("<b>a</b>\n{{#if x}}\n  <p>b</p>\n{{/if}}\n<p>c</p>", "<b>a</b>‹if self.`x` {›<p>b</p>‹}›<p>c</p>"),
    ("<b>a</b>\n{{#if x}}\n  <i>b</i>\n{{/if}}\n<p>c</p>", "<b>a</b>‹if self.`x` {› <i>b</i>‹}›<p>c</p>"),
    (
      "<b>a</b>\n{{#if x}}\n  <i>b</i>\n{{else}}\n  <p>c</p>\n{{/if}}\n<u>d</u>",
      "<b>a</b>‹if self.`x` {› <i>b</i>‹} else {›<p>c</p>‹}› <u>d</u>"
    ),
    ("<b>a</b>\n{{#if x}}\n  <i>b</i>\n{{/if}}\n<u>d</u>", "<b>a</b>‹if self.`x` {› <i>b</i>‹}› <u>d</u>"),
    ("<p>\n{{#if x}}\n{{else}}\n<i>b</i>\n{{/if}}\n<u>d</u>", "<p>‹if self.`x` {›‹} else {›<i>b</i>‹}› <u>d</u>"),
    (
      "<ul>\n{{#each x as |y|}}\n  <li>{{y}}</li>\n{{/each}}\n</ul>",
      "<ul>‹for `y` in self.`x` {›‹_ = `y`›<li>‹__html.write(`y`)›</li>‹}›</ul>"
    ),
    ("<p>\n{{#each x as |y|}}\n  <b>c</b>\n{{/each}}\n</p>", "<p>‹for `y` in self.`x` {›‹_ = `y`› <b>c</b>‹}›</p>"),
    ("<p>\n{{#with x as |y|}}\n  {{y}}\n{{/with}}\n</p>", "<p>‹if let `y` = self.`x` {›‹_ = `y`›‹__html.write(`y`)›‹}›</p>"),
    ("<b>a</b>\n{{> y}}\n<i>b</i>", "<b>a</b>‹__html.render(self.`y`)› <i>b</i>"),
    ("<b>a</b>\n{{icon \"z\"}}\n<p>", "<b>a</b> <svg class=icon aria-hidden=true><use href=\"/static/icons.svg#z\"/></svg><p>"),
    ("{{#layout l}}\n<p>a</p>\n{{/layout}}\n", "‹self.`l`.render(into: &__html) { (__html: inout HTML.HTMLWriter) in›<p>a</p>‹}›"),
  ]

  /// A tag of many lines.
  static let tags: [(String, String)] = [
    ("<p\n  class=\"a\"\n  hidden\n  title=\"b\"\n>", "<p class=\"a\" hidden title=\"b\">"),
    (
      "<input name=\"a\"\n  {{#if x}}required{{/if}}\n  {{#if y}}hidden{{/if}}\n  value=\"b\">",
      "<input name=\"a\"‹if self.`x` {› required‹}›‹if self.`y` {› hidden‹}› value=\"b\">"
    ),
    ("<p\n  {{#if x}}\n  hidden\n  {{/if}}\n>", "<p‹if self.`x` {› hidden‹}›>"),
    ("<br\n/>", "<br/>"),
    ("<p  class=a>", "<p  class=a>"),
  ]

  @Test(arguments: breaks + ways + tags) func `Breaks that only lay a template out are not sent`(_ template: String, _ expected: String)
    throws
  {
    #expect(try page(template) == expected)
  }

  static let tildes: [(String, String)] = [
    ("a\n  {{~x}}\nb", "a‹__html.write(self.`x`)›\nb"),
    ("a\n  {{~ x ~}}\n  b", "a‹__html.write(self.`x`)›b"),
    ("a, {{~#if x~}} b {{~/if~}} c", "a,‹if self.`x` {›b‹}›c"),
    ("a\n{{~> y}}\nb", "a‹__html.render(self.`y`)› b"),
    ("{{_ \"a ~\"}} b", "‹__html.word(0)› b"),
  ]

  @Test(arguments: tildes) func `A tilde takes the white space beside a tag away`(_ template: String, _ expected: String) throws {
    #expect(try page(template) == expected)
  }

  @Test func `A way that leaves a tag without a blank before the next attribute is refused`() {
    #expect(refusal("{{! Page }}\n<p\n{{#if x}}a {{/if}}b>")?.reason.contains("a space is missing here") == true)
  }
}
