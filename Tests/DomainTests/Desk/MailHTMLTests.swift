import Domain
import Testing

@Suite("The HTML of a mail as it is shown")
struct MailHTMLTests {
  private func shown(_ html: String) -> String { MailHTML.cleaned(html, image: "image").html }

  @Test(arguments: [
    "<script>alert(1)</script>", "<style>p{background:url(http://x/)}</style>", "<iframe src=http://x></iframe>",
    "<iframe srcdoc='<script>'></iframe>",
    "<object data=http://x><p>x</object>", "<svg onload=alert(1)><circle/></svg>", "<math><mi>x</math>", "<base href=http://x>",
    "<meta http-equiv=refresh content='0;url=http://x'>", "<link rel=stylesheet href=http://x>", "<input name=x>", "<embed src=http://x>",
    "<template><p>x</template>", "<title>x</title>", "<!-- hidden -->", "<div style='display:none'>x</div>", "<p hidden>x</p>",
    "<span style=\"font-size:0\">x</span>", "<img src=http://x width=1 height=1>", "<p style='visibility: hidden'>x</p>",
    "<audio src=http://x></audio>",
  ])
  func `Hard case 13: what runs, loads, or was not to be seen leaves nothing`(html: String) {
    let page = shown(html)
    #expect(!page.contains("x"), "\(page)")
    #expect(!page.contains("alert"))
    #expect(!page.contains("hidden"))
  }

  @Test(arguments: [
    ("<p>Hello <b>you</b>", "<p>Hello <b>you</b></p>"), ("<p onclick=x style='color:red' class=y>a</p>", "<p>a</p>"),
    (
      "<table><tr><td colspan=2 bgcolor=red align=CENTER>1<td>2</table>",
      "<table><tr><td colspan=\"2\" align=\"center\">1</td><td>2</td></tr></table>"
    ),
    ("<form action=http://x><p>Pay <button>now</button></form>", "<p>Pay now</p>"), ("a<br>b<hr>c", "a<br>b<hr>c"),
    (
      "<a href=https://shop.example/x>here</a>",
      "<a href=\"https://shop.example/x\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">here</a>"
    ),
    ("<a href=javascript:x>here</a>", "here"), ("<a href='jav&#x61;script:x'>here</a>", "here"),
    ("<a href=data:text/html,x>here</a>", "here"),
    ("<a href=https://bank.example@evil.example>here</a>", "here"), ("<a href='mailto:a@b.example?bcc=c@d'>here</a>", "here"),
    ("<img src=data:image/png;base64,xx alt=Logo>", "Logo"), ("<img src=cid:1>", "[image]"),
    ("&lt;script&gt;&amp;nbsp;", "&lt;script&gt;&amp;nbsp;"),
    ("<font color=white>a</font> < b", "a &lt; b"), ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
    ("<div><table><tr><td></div>a</table></div>b", "<div><table><tr><td>a</td></tr></table></div>b"),
  ])
  func `What is left is written anew`(html: String, page: String) { #expect(shown(html) == page) }

  @Test(arguments: [
    ("<img src=cid:logo@shop alt='Our <shop>'>", "<img src=\"/f/1?a&amp;b\" alt=\"Our &lt;shop&gt;\">"),
    ("<img src=' CID:logo%40shop '>", "<img src=\"/f/1?a&amp;b\" alt=\"[image]\">"),
    (
      "<a href=https://x.example/><img src=cid:logo@shop onerror=x style=y></a>",
      "<a href=\"https://x.example/\" target=\"_blank\" rel=\"noopener noreferrer nofollow\"><img src=\"/f/1?a&amp;b\" alt=\"[image]\"></a>"
    ),
    ("<img src=cid:logo@shop width=1 height=1>", ""), ("<img src=cid:LOGO@shop>", "[image]"), ("<img src=cid:>", "[image]"),
    ("<img src=/f/1 alt=x>", "x"), ("<img src=logo@shop alt=x>", "x"), ("<img src=data:logo@shop alt=x>", "x"),
    ("<div style='background:url(cid:logo@shop)'>x</div>", "<div>x</div>"), ("<p hidden><img src=cid:logo@shop>", ""),
  ])
  func `Hard case 13: of all pictures those that came along are shown`(html: String, page: String) {
    #expect(MailHTML.cleaned(html, image: "image", pictures: [Array("logo@shop".utf8): "/f/1?a&b"]).html == page)
  }

  @Test func `A picture from elsewhere is a link, and a link that looks like another says where it leads`() {
    #expect(shown("<img src=https://x.example/p.png alt='Our shop'>").contains(">Our shop</a>"))
    #expect(!shown("<img src=https://x.example/p.png alt='Our shop'>").contains("<img"))
    #expect(shown("<a href=https://evil.example/>bank.example</a>").hasSuffix("bank.example</a> (evil.example)"))
    #expect(!shown("<a href=https://shop.example/>shop.example</a>").contains("("))
  }

  @Test func `Hard case 13: five megabytes of tables end, and say so`() {
    let html = String(repeating: "<table><tr><td>a ", count: 300_000)
    let (page, isCut) = MailHTML.cleaned(html, image: "image")
    #expect(page.utf8.count < MailHTML.longest + 10_000)
    #expect(isCut || page.utf8.count < MailHTML.longest)
    #expect(MailHTML.cleaned(String(repeating: "ä", count: 2_000_000), image: "image").isCut)
  }
}
