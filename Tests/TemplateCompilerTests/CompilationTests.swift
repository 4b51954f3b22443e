import Foundation
import Testing

@testable import TemplateCompiler

@Suite struct CompilationTests {
  private func source(_ name: String, _ text: String) -> Source {
    Source(path: "/t/" + name, name: name, bytes: Array(text.utf8))
  }

  @Test func `Each template becomes a file, the words one more`() {
    let result = Compilation([source("drafts/row.html", "{{! DraftRow }}\n"), source("layout.html", "{{! Layout }}\n{{> @body}}")])
    #expect(result.diagnostics.isEmpty)
    #expect(result.files.map(\.name) == ["Template+drafts+row.swift", "Template+layout.swift", "TemplateWords.swift"])
  }

  @Test func `All files are reported at once, in order`() {
    let result = Compilation([
      source("b.html", "<p>"), source("a.html", "{{! A }}\n\n{{#if x}}"), source("locale/pt-BR.po", "msgid \"a\"\nmsgstr b\n"),
      Source(path: "/t/c.html", name: "c.html", bytes: [0x7B, 0xFF]), Source(path: "/t/gone.html", name: "gone.html", bytes: nil),
    ])
    #expect(
      result.diagnostics.map(\.description) == [
        "/t/a.html:3: error: {{#if}} is not closed",
        "/t/b.html:1: error: the first line names the type whose view this is: {{! TypeName }}",
        "/t/c.html:1: error: cannot be read as UTF-8",
        "/t/gone.html:1: error: cannot be read as UTF-8",
        "/t/locale/pt-BR.po:2: error: expected a string in quotes",
      ])
  }

  @Test func `A type has one template`() {
    let result = Compilation([source("a.html", "{{! A }}\n"), source("b.html", "{{! A }}\n")])
    #expect(result.diagnostics.map(\.description) == ["/t/b.html:1: error: A has a template already: a.html"])
  }

  @Test func `Two templates in different folders have different names`() {
    let result = Compilation([source("a/list.html", "{{! A }}\n"), source("b/list.html", "{{! B }}\n")])
    #expect(
      result.diagnostics.map(\.description) == [
        "/t/b/list.html:1: error: a/list.html has this name already: call it after its type, such as reminder-list.html"
      ])
  }

  @Test func `The same word has one number in all templates, another one in another context`() {
    let result = Compilation([
      source("a.html", "{{! A }}\n{{_ \"May\"}}{{_ \"Next\"}}"),
      source("b.html", "{{! B }}\n{{_ \"Next\"}}{{_ \"May\" context=\"month\"}}"),
      source("locale/pt-BR.po", "msgid \"Next\"\nmsgstr \"Próximo\"\n"),
    ])
    #expect(result.files[1].text.contains("__html.word(1)"))
    #expect(result.files[1].text.contains("__html.word(2)"))
    let words = result.files[2].text
    #expect(words.contains(#"["en", "pt-BR"]"#))
    #expect(words.contains("\"May\",\n    \"Next\",\n    \"month\\u{4}May\",\n"))
    #expect(words.contains(#"po: "msgid \"Next\"\nmsgstr \"Pr\u{f3}ximo\"\n""#))
  }

  @Test func `Without templates there are still words`() {
    #expect(Compilation([]).files.map(\.name) == ["TemplateWords.swift"])
  }

  /// Of this repository: what the build would refuse, seen without a build.
  @Test func `Every template and catalogue of Heed compiles`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appending(path: "templates").path
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".html") || $0.hasSuffix(".po") }
    let sprite = root.appending(path: "static/icons.svg").path
    let result = Compilation(files.map { Source(path: folder + "/" + $0, name: $0) } + [Source(path: sprite, name: sprite)])
    #expect(result.diagnostics.map(\.description) == [])
    #expect(result.files.count == files.count { $0.hasSuffix(".html") } + 1)
  }
}
