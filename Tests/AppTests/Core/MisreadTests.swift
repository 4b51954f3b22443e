import Testing

@testable import App

/// Addresses that no link of ours has.
@Suite struct MisreadTests {
  @Test(arguments: ["/reminders?importance=zzz", "/reminders?after=zzz", "/escalations?state=zzz", "/settings/audit?after=zzz"])
  func `are refused in the person's language, not the browser's`(path: String) throws {
    let site = try Site()
    let page = try site.person("ana@x.test", language: .portuguese).get(path, ["accept-language": "en"])
    #expect(page.status == 422)
    #expect(page.text.contains("<html lang=\"pt-BR\"") && page.text.contains("Não deu para entender"))
    #expect(!page.text.contains("Go to Today") && !page.text.contains("This link is") && !page.text.contains("Choose one"))
    #expect(site.browser().get(path).status == 303)
  }
}
