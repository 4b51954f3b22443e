import Domain
import Foundation
import Testing

@testable import App
@testable import HTML
@testable import TemplateCompiler

/// The Portuguese catalogue against all that the site says: read from the sources themselves, so that a new sentence without a translation
/// fails here.
@Suite struct TranslationTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static var catalogue: Catalogue {
    Catalogue((try? String(contentsOf: root.appending(path: "templates/locale/pt-BR.po"), encoding: .utf8)) ?? "")
  }

  static let entries = catalogue.entries

  /// The templates and the Swift sources that speak to people.
  static let sources: [Source] = ["templates", "Sources/App", "Sources/Web"].flatMap { folder in
    let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".html") || $0.hasSuffix(".swift") }.sorted().map { name in
      Source(path: root.appending(path: "\(folder)/\(name)").path, name: name)
    }
  }

  /// Every sentence, and the names of the presets, which are looked up by value.
  static let sentences: [Sentence] =
    Untranslated(Catalogue(""), sources).sentences
    + LadderPreset.allCases.flatMap { [$0.name, $0.description] }.map { Sentence(source: $0, plural: nil, context: nil) }

  static func lines(_ keys: some Sequence<String>) -> String { keys.sorted().joined(separator: "\n") }

  @Test func `The sources are found and the catalogue can be read`() {
    #expect(Self.sources.count > 60)
    #expect(Self.sentences.count > 300)
    #expect(Self.catalogue.complaints.map { "\($0.line): \($0.reason)" } == [])
  }

  @Test func `Every sentence is translated`() {
    #expect(Self.lines(Self.sentences.map(\.key).filter { Self.entries[$0] == nil }) == "")
  }

  @Test func `Every fixed word of the templates is translated in the program itself`() {
    #expect(Words.of("pt-BR").missing == [])
    #expect(Words.of("en").missing.isEmpty == false)
  }

  @Test func `Nothing is translated that nobody says`() {
    #expect(Self.lines(Set(Self.entries.keys).subtracting(Self.sentences.map(\.key))) == "")
  }

  @Test func `A sentence about a number has both forms, any other has one`() {
    let wrong = Self.sentences.filter { sentence in
      Self.entries[sentence.key].map { $0.count != (sentence.plural == nil ? 1 : 2) } ?? false
    }
    #expect(Self.lines(wrong.map(\.key)) == "")
  }

  @Test func `Translations hold the same values as their sources`() {
    let wrong = Self.sentences.filter { sentence in
      let expected = Set(Words.placeholders(sentence.source + (sentence.plural ?? "")))
      return Self.entries[sentence.key]?.contains { Set(Words.placeholders($0)) != expected } ?? false
    }
    #expect(Self.lines(wrong.map(\.key)) == "")
  }

  @Test func `Translations end as their sources do, and nothing is shouted`() {
    for sentence in Self.sentences {
      for translation in Self.entries[sentence.key] ?? [] {
        let ends = [sentence.source, translation].map { text in text.last.map { ".?:…".contains($0) ? String($0) : "" } }
        #expect(ends[0] == ends[1], "\(sentence.source) / \(translation)")
        // "!1" is how a priority is written.
        let isShouted = [sentence.source, translation].contains { text in
          text.split(separator: "!", omittingEmptySubsequences: false).dropFirst().contains { $0.first?.isNumber != true }
        }
        #expect(!isShouted, "\(sentence.source) / \(translation)")
        #expect(translation.trimmingCharacters(in: .whitespaces) == translation, "\(translation)")
      }
    }
  }

  /// One word for one thing, on all pages.
  static let terms: [(english: String, portuguese: String)] = [
    ("reminder", "lembrete"), ("tier", "níve"), ("escalat", "alerta"), ("snooze", "adi"), ("profile", "perfi"), ("password", "senha"),
    ("quiet hours", "silêncio"), ("archived", "arquivad"), ("time zone", "fuso"),
  ]

  @Test(arguments: terms) func `A term has one translation`(_ english: String, _ portuguese: String) {
    let wrong = Self.sentences.filter { sentence in
      guard sentence.source.lowercased().replacing("{\(english)}", with: "").contains(english),
        let forms = Self.entries[sentence.key]
      else { return false }
      return !forms.allSatisfy { $0.lowercased().contains(portuguese) }
    }
    #expect(Self.lines(wrong.map(\.key)) == "")
  }

  @Test(arguments: [
    (0, "0 lembrete foi alterado."), (1, "1 lembrete foi alterado."), (2, "2 lembretes foram alterados."),
    (21, "21 lembretes foram alterados."),
  ]) func `Portuguese counts none and one as one`(_ n: Int, _ expected: String) {
    #expect(Words.of("pt-BR").count("{n} reminder was changed.", "{n} reminders were changed.", n) == expected)
  }

  @Test func `The same English word is said differently where it means something else`() {
    let words = Words.of("pt-BR")
    #expect(words("Snoozed") == "Adiado")
    #expect(words("Snoozed", context: "list") == "Adiados")
    #expect(words("Critical") == "Crítico")
    #expect(words("Critical", context: "importance") == "Crítica")
  }
}
