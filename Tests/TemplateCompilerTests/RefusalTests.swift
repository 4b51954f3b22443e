import Testing

@testable import TemplateCompiler

/// What the compiler refuses: the template (its second line onwards), the line, a part of the reason.
struct Refused: Sendable, CustomTestStringConvertible {
  let template: String
  let line: Int
  let reason: String

  init(_ template: String, _ line: Int, _ reason: String) {
    (self.template, self.line, self.reason) = (template, line, reason)
  }

  var testDescription: String { template }
}

@Suite struct RefusalTests {
  static let places: [Refused] = [
    Refused("<p class={{x}}>", 2, "the value of class needs quotes"),
    Refused("<p class=a{{x}}>", 2, "the value of class needs quotes"),
    Refused("<p\n  class= {{x}}>", 3, "the value of class needs quotes"),
    Refused("<p onclick=\"{{x}}\">", 2, "onclick is an inline script"),
    Refused("<p\nONfocus='go()'>", 3, "onfocus is an inline script"),
    Refused("<p onx>", 2, "onx is an inline script"),
    Refused("<p style=\"{{x}}\">", 2, "style has no place"),
    Refused("<p style=\"color: red\">", 2, "style has no place"),
    Refused("<p StYlE=''>", 2, "style has no place"),
    Refused("<iframe srcdoc=\"{{x}}\"></iframe>", 2, "srcdoc has no place"),
    Refused("<img srcset=\"/a 1x\">", 2, "srcset has no place"),
    Refused("<meta http-equiv=\"refresh\" content=\"{{x}}\">", 2, "a value in <meta>"),
    Refused("<meta http-equiv=\"{{x}}\">", 2, "a value in <meta>"), Refused("<p http-equiv=\"refresh\">", 2, "http-equiv has no place"),
    Refused("<script>{{x}}</script>", 2, "a value inside <script>"),
    Refused("<script src=\"/a.js\">go()</script>", 2, "<script> must be empty"),
    Refused("<script>\n\n  </scrip></script>", 4, "<script> must be empty"),
    Refused("<SCRIPT>x</SCRIPT>", 2, "<script> must be empty"),
    Refused("<style>p{}</style>", 2, "<style> has no place"),
    Refused("<base href=\"/x\">", 2, "<base> has no place"),
    Refused("<object data=\"{{x}}\"></object>", 2, "<object> has no place"),
    Refused("<svg><animate></svg>", 2, "<animate> has no place"),
    Refused("<iframe src=\"{{x}}\">{{y}}</iframe>", 2, "a value inside <iframe>"),
    Refused("<!-- {{x}} -->", 2, "inside a comment"),
    Refused("<!-- -- {{x}} -->", 2, "inside a comment"),
    Refused("<!doctype {{x}}>", 2, "inside a tag"),
    Refused("<{{x}}>", 2, "inside a tag"),
    Refused("<p{{x}}>", 2, "inside a tag"),
    Refused("</{{x}}>", 2, "inside a tag"),
    Refused("<p {{x}}>", 2, "inside a tag"),
    Refused("<p {{x}}=\"1\">", 2, "inside a tag"),
    Refused("<p data-{{x}}=\"1\">", 2, "inside a tag"),
    Refused("<p class=\"a\" {{_ \"x\"}}>", 2, "inside a tag"),
    Refused("<textarea></{{x}}", 2, "right after <"),
    Refused("<title></title{{x}}></title>", 2, "right after <"),
    Refused("<p title=\"{{> row}}\">", 2, "belongs in text"),
    Refused("<title>{{> row}}</title>", 2, "belongs in text"),
    Refused("<p {{> row}}>", 2, "belongs in text"),
    Refused("<p title=\"{{> @body}}\">", 2, "belongs in text"),
    Refused("<p {{#layout shell}}{{/layout}}>", 2, "belongs in text"),
  ]

  static let addresses: [Refused] = [
    Refused("<a href=\"/x/{{x}}\">", 2, "href takes one Path or SafeURL"),
    Refused("<a href=\"{{x}}{{y}}\">", 2, "href takes one Path or SafeURL"),
    Refused("<a href=\"{{x}}/y\">", 2, "only a #fragment may follow"),
    Refused("<a href=\" {{x}}\">", 2, "href takes one Path or SafeURL"),
    Refused("<a href=\"{{_ \"x\"}}\">", 2, "href takes a Path or SafeURL, not words"),
    Refused("<a href='javascript:{{x}}'>", 2, "href takes one"),
    Refused("<a href='javascript:go()'>", 2, "javascript: is not http"),
    Refused("<a href=JAVASCRIPT:go()>", 2, "javascript: is not http"),
    Refused("<a href='java\tscript:go()'>", 2, "blanks and backslashes"),
    Refused("<a href='javascript:go()#x'>", 2, "javascript: is not http"),
    Refused("<form action='data:x'>", 2, "data: is not http"),
    Refused("<button formaction='//evil.example'>", 2, "says its scheme"),
    Refused("<img src='/\\evil.example'>", 2, "blanks and backslashes"),
    Refused("<video poster=\"a{{x}}\">", 2, "poster takes one"),
    Refused("<use xlink:href=\"a{{x}}\">", 2, "xlink:href takes one"),
    Refused("<blockquote cite=\"a{{x}}\">", 2, "cite takes one"),
    Refused("<a href=\"{{#if a}}{{x}}{{/if}}{{y}}\">", 2, "href takes one"),
    Refused("<a href=\"{{#each xs as |x|}}{{x}}{{/each}}\">", 2, "must end where it began"),
  ]

  static let shapes: [Refused] = [
    Refused("<p title=\"x>\n<b>", 3, "is a quote missing?"),
    Refused("<p title=\"x", 2, "ends inside the value of title"),
    Refused("<p>\n<p", 3, "ends inside the tag <p>"),
    Refused("<!-- x", 2, "ends inside a comment"),
    Refused("<textarea>x", 2, "ends inside <textarea>"),
    Refused("1 < 2", 2, "write &lt;"),
    Refused("<?php ?>", 2, "write &lt;"),
    Refused("<![CDATA[x]]>", 2, "write &lt;"),
    Refused("<p a=\"1\"b=\"2\">", 2, "a space is missing"),
    Refused("<p \"x\">", 2, "is a quote missing?"),
    Refused("<p a=>", 2, "a= has no value"),
    Refused("<p a=b\"c>", 2, "needs quotes"),
    Refused("<p /a>", 2, "no > behind it"),
    Refused("</p class=\"x\">", 2, "a closing tag has no attributes"),
    Refused("<p é=\"1\">", 2, "an attribute's name is ASCII"),
    Refused("<pé>", 2, "unexpected character in the name"),
    Refused("<p>\u{0}", 2, "a NUL byte"),
  ]

  static let blocks: [Refused] = [
    Refused("{{#if x}}<p {{/if}}>", 2, "end in different places: the tag <p>, text"),
    Refused("{{#if x}}<p>{{else}}<p title=\"{{/if}}", 2, "end in different places"),
    Refused("\n{{#with x as |y|}}<!-- {{else}}{{/with}}", 3, "end in different places"),
    Refused("{{#each xs as |x|}}<p {{/each}}>", 2, "must end where it began"),
    Refused("<p{{#if x}}re{{/if}}>", 2, "a space is missing"),
    Refused("<p{{#if x}} class=\"a\"{{/if}}id=\"b\">", 2, "a space is missing"),
    Refused("<p class={{#if x}}a{{/if}}>", 2, "a block cuts a tag in two"),
    Refused("<{{#if x}}p{{/if}}>", 2, "a block cuts a tag in two"),
    Refused("{{#if x}}<{{/if}}p>", 2, "a block cuts a tag in two"),
    Refused("<title><{{#if x}}{{/if}}</title>", 2, "right after <"),
    Refused("{{#if x}}", 2, "{{#if}} is not closed"),
    Refused("{{#if x}}\n{{else}}\n", 2, "{{#if}} is not closed"),
    Refused("{{#if x}}\n{{/each}}", 3, "expected {{/if}} for line 2, found {{/each}}"),
    Refused("{{/if}}", 2, "closes nothing"),
    Refused("{{else}}", 2, "closes nothing"),
    Refused("{{#if x}}{{else}}\n{{else}}{{/if}}", 3, "a second {{else}}"),
    Refused("{{#each xs as |x|}}{{else if y}}{{/each}}", 2, "takes a plain {{else}}"),
    Refused("{{#if x}}{{else when y}}{{/if}}", 2, "expected {{else}} or {{else if …}}"),
    Refused("{{#each xs}}{{/each}}", 2, "names it: as |name|"),
    Refused("{{#each xs as |x i|}}{{/each}}", 2, "one name only"),
    Refused("{{#for x}}{{/for}}", 2, "unknown block"),
    Refused("{{#layout shell title=x}}{{/layout}}", 2, "takes no arguments"),
  ]

  static let tags: [Refused] = [
    Refused("{{{x}}}", 2, "{{{…}}} is refused"),
    Refused("\n{{x", 3, "{{ is not closed"),
    Refused("{{x\n}}", 2, "{{ is not closed"),
    Refused("{{!-- x }}", 2, "{{ is not closed"),
    Refused("{{}}", 2, "expected a name"),
    Refused("{{&x}}", 2, "expected a name"),
    Refused("{{1}}", 2, "expected a name"),
    Refused("{{__html}}", 2, "expected a name"),
    Refused("{{a b}}", 2, "did not expect 'b'"),
    Refused("{{a.}}", 2, "expected a name"),
    Refused("{{a()}}", 2, "did not expect '()'"),
    Refused("{{../a}}", 2, "expected a name"),
    Refused("{{@index}}", 2, "expected a name"),
    Refused("{{> parts/row}}", 2, "did not expect '/row'"),
    Refused("{{_ x}}", 2, "expected words in quotes"),
    Refused("{{_ \"\"}}", 2, "says nothing"),
    Refused("{{_ \"a\\n\"}}", 2, "are escapes here"),
    Refused("{{_ \"a\" plural=\"b\"}}", 2, "takes context="),
  ]

  @Test(arguments: places + addresses) func `A value is refused where it could leave its place`(_ refused: Refused) {
    expect(refused)
  }

  @Test(arguments: shapes) func `HTML that a browser would mend is refused`(_ refused: Refused) {
    expect(refused)
  }

  @Test(arguments: blocks + tags) func `Blocks and tags are refused unless they are whole`(_ refused: Refused) {
    expect(refused)
  }

  private func expect(_ refused: Refused) {
    let found = refusal("{{! Page }}\n" + refused.template)
    #expect(found?.line == refused.line && found?.reason.contains(refused.reason) == true, "\(found?.description ?? "it compiled")")
  }

  @Test(arguments: ["", "<p>", "\n{{! Page }}", "x{{! Page }}", "{{! page }}", "{{! Page of }}", "{{!}}", "{{Page}}", "{{! P-q }}"])
  func `A template begins with the name of its type`(_ template: String) {
    #expect(refusal(template)?.description.hasPrefix("t.html:1: error: the first line names the type") == true)
  }
}
