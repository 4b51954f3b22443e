import Testing

@testable import TemplateCompiler

/// Texts that the program carries as they are.
@Suite struct PromptTableTests {
  private func source(_ name: String, _ text: String) -> Source { Source(path: "/t/" + name, name: name, bytes: Array(text.utf8)) }

  @Test func `a text below prompts becomes a literal by its name, whatever it holds`() throws {
    let result = Compilation([source("prompts/words/b.en.txt", "“{a}” \\(x)\n\"{{y}}\""), source("prompts/a.1.md", "A")])
    #expect(result.diagnostics.isEmpty)
    let file = try #require(result.files.first { $0.name == "PromptFiles.swift" })
    #expect(file.text.contains("    \"a.1.md\": \"A\",\n    \"words/b.en.txt\": \"\\u{201c}{a}\\u{201d} \\\\(x)\\n\\\"{{y}}\\\"\",\n"))
  }

  @Test func `a text that is none is refused by its file`() {
    let bad = Source(path: "/t/prompts/a.1.md", name: "prompts/a.1.md", bytes: [0xFF])
    #expect(Compilation([bad]).diagnostics == [Diagnostic(path: "/t/prompts/a.1.md", line: 1, reason: "cannot be read as UTF-8")])
  }
}
