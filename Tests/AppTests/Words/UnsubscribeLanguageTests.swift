import Testing

@testable import App
@testable import Domain

/// The page behind a link that ends mails speaks as its person does, like that of an answer; a stranger's language does not matter.
@Suite struct UnsubscribeLanguageTests {
  @Test(arguments: [
    (Language.portuguese, "en", "Parar de enviar e-mails para este endereço?", "Sem mais e-mails"),
    (.english, "pt-BR", "No more mails to this address?", "No more mails"),
  ])
  func `asked and done in the person's language`(language: Language, browser: String, asks: String, says: String) throws {
    let site = try Site()
    let person = try site.person("rui@x.test", language: language)
    let path = "/u/" + UnsubscribeLink(person.user, "rui@x.test").token(site.services.keys)
    let page = site.browser().get(path, ["accept-language": browser])
    #expect(page.status == 200 && page.text.contains("lang=\"\(language.rawValue)\"") && page.text.contains(asks))
    for _ in 0..<2 {
      let done = site.browser().post(path, ["List-Unsubscribe": "One-Click"], ["accept-language": browser], csrf: false)
      #expect(done.status == 200 && done.text.contains("lang=\"\(language.rawValue)\"") && done.text.contains(says))
      // Nobody is signed in by it.
      #expect(!done.text.contains("/sign-out") && done.cookies.isEmpty)
    }
    // A link of nobody's: in the browser's.
    #expect(site.browser().get("/u/abc", ["accept-language": browser]).text.contains("lang=\"\(browser)\""))
  }
}
