import Foundation
import TestSupport
import Testing

/// Classes are what templates and the style sheet agree on; of a misspelt one no compiler tells.
@Suite struct StyleTests {
  private static func files(_ folder: String, _ ending: String) throws -> String {
    let names = FileManager.default.enumerator(atPath: repository + "/" + folder)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(ending) }.map { try String(contentsOfFile: "\(repository)/\(folder)/\($0)", encoding: .utf8) }
      .joined(separator: "\n")
  }

  private static func words(_ text: String) -> Set<String> {
    let words = text.utf8.split { byte in
      !(byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a || byte >= 0x30 && byte <= 0x39 || byte == 0x5f || byte == 0x2d)
    }
    return Set(words.map { String(decoding: $0, as: UTF8.self) })
  }

  /// The classes that selectors name: what stands in the innermost braces are no selectors.
  private static func selected(_ sheet: String) throws -> Set<String> {
    let selectors = sheet.replacing(try Regex("/\\*[\\s\\S]*?\\*/"), with: "").replacing(try Regex("\\{[^{}]*\\}"), with: "{}")
    return Set(
      selectors.matches(of: try Regex("\\.([A-Za-z_][A-Za-z0-9_-]*)", as: (Substring, Substring).self)).map { String($0.output.1) })
  }

  @Test func `every class of the style sheet is given by a template, by a page or by script`() throws {
    let given = Self.words(try Self.files("templates", ".html") + Self.files("Sources", ".swift") + Self.files("static", ".js"))
    let classes = try Self.selected(Self.files("static", ".css"))
    #expect(classes.count > 150)
    #expect(classes.subtracting(given).sorted() == [])
  }

  @Test func `every class that a template gives is one of the style sheet, of the mails' own or of script`() throws {
    let templates = try Self.files("templates", ".html")
    let known = try Self.selected(Self.files("static", ".css") + Self.files("templates/mail", ".html")).union(
      Self.words(Self.files("static", ".js")))
    // A word that is put together at run time has the mark in it.
    let given = templates.replacing(try Regex("\\{\\{[^}]*\\}\\}"), with: "\u{1}").components(separatedBy: " class=\"").dropFirst()
      .flatMap { $0.prefix { $0 != "\"" }.split { $0.isWhitespace } }.map(String.init).filter { !$0.contains("\u{1}") }
    #expect(given.count > 300)
    #expect(Set(given).subtracting(known).sorted() == [])
  }
}
