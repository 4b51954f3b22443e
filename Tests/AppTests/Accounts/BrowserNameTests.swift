import HTML
import Testing

@testable import App

/// What browsers send, without “(KHTML, like Gecko)”, and what nobody should.
@Suite struct BrowserNameTests {
  @Test(arguments: [
    ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0 Safari/537.36", "Chromium on Linux"),
    (
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36", "Chrome on Windows"
    ),
    (
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51",
      "Edge on Windows"
    ),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on macOS"),
    (
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1",
      "Safari on iPhone"
    ),
    (
      "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/131.0 Mobile/15E148 Safari/604.1",
      "Chrome on iPad"
    ),
    (
      "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
      "Samsung Internet on Android"
    ),
    (
      "Mozilla/5.0 (X11; CrOS x86_64 15917.71.0) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36",
      "Chrome on ChromeOS"
    ),
    (
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0",
      "Opera on Linux"
    ),
    ("curl/7.88.1", "curl"), ("Mozilla/5.0 (Windows NT 10.0)", "Windows"), ("", "Unknown browser"), ("x", "Unknown browser"),
    ("something else entirely", "Unknown browser"), ("Edg", "Unknown browser"), ("\u{0}é😀Firefox/\u{301}", "Firefox"),
  ]) func `a browser is named by itself and its system`(_ agent: String, _ name: String) {
    #expect(BrowserName(agent).text(Words.of("en")) == name)
  }

  @Test func `it is said in Portuguese`() {
    #expect(BrowserName("Mozilla/5.0 (X11; Linux x86_64) Firefox/132.0").text(Words.of("pt-BR")) == "Firefox no Linux")
    #expect(BrowserName("?").text(Words.of("pt-BR")) == "Navegador desconhecido")
  }

  @Test func `the list of sessions names the device and keeps what was sent as a title`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let agent = "Mozilla/5.0 (X11; Linux x86_64; <odd>) Firefox/132.0"
    try site.owner.run("UPDATE web_sessions SET agent = \(agent) WHERE user_id = \(ana.user)")
    let page = ana.get("/settings/sessions").text
    #expect(page.contains(">Firefox on Linux</span>"))
    #expect(page.contains("title=\"Mozilla/5.0 (X11; Linux x86_64; &lt;odd&gt;) Firefox/132.0\""))
    #expect(page.contains("aria-label=\"End session: Firefox on Linux\""))
  }
}
