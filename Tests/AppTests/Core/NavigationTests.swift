import Foundation
import HTML
import Testing

@testable import App

/// The navigation is made from the list of features, each of which names its own entry.
@Suite struct NavigationTests {
  private let sections = features.compactMap(\.section)

  @Test func `each entry has a letter or a digit, an address and a drawing of its own`() {
    #expect(sections.count > 4)
    let keys = sections.map(\.key)
    #expect(Set(keys).count == keys.count, "\(keys)")
    let typed = "abcdefghijklmnopqrstuvwxyz0123456789".map(String.init)
    for key in keys { #expect(typed.contains(key), "\(key)") }
    #expect(Set(sections.map(\.path.text)).count == sections.count)
    #expect(Set(sections.map(\.icon)).count == sections.count)
  }

  @Test func `every page of the navigation knows which entry it is`() throws {
    let ana = try Site().person("ana@x.test")
    for section in sections {
      let page = ana.get(section.path.text)
      #expect(page.status == 200, "\(section.path.text)")
      let current = page.text.components(separatedBy: "aria-current=\"page\"")[0].components(separatedBy: "data-key=\"").last
      #expect(current == "\(section.key)\" ", "\(section.path.text)")
    }
  }

  @Test func `each entry says its letter and its name in the person's language, of which the script makes the list of keys`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", language: .portuguese)
    // Without a channel there is no desk.
    #expect(!ana.get("/").text.contains("data-key=\"\(NavSection.drafts.key)\""))
    _ = try Desk(site, as: ana)
    let page = ana.get("/").text
    let words = Words.of("pt-BR")
    for section in sections {
      let entry = page.components(separatedBy: "data-key=\"\(section.key)\"").last?.components(separatedBy: "</a>").first ?? ""
      #expect(entry.contains("<span>\(section.label(words))</span>"), "\(section.key)")
    }
    #expect(page.components(separatedBy: "data-keys-last").count == 2)
  }
}
