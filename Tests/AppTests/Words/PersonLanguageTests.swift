import Testing

@testable import App

/// Whoever is signed in reads the language they chose, whatever the browser asks for.
@Suite struct PersonLanguageTests {
  @Test func `a page is the same for any browser`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", language: .portuguese)
    for path in [
      "/", "/reminders", "/escalations", "/profiles", "/agents", "/agents/email", "/settings/profile", "/settings/password",
      "/settings/sessions", "/settings/keys", "/settings/audit",
    ] as [String] {
      let place: Comment = "\(path)"
      let pages = ["en", "pt-BR"].map { ana.get(path, ["accept-language": $0]) }
      #expect(pages.map(\.status) == [200, 200], place)
      #expect(pages[0].unmasked == pages[1].unmasked, place)
    }
  }
}
