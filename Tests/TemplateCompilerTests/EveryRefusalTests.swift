import Foundation
import Testing

@testable import TemplateCompiler

/// Whatever the compiler's sources refuse, a table of these tests has a template for it: a refusal that is added without one is named here.
@Suite struct EveryRefusalTests {
  /// What the other tables do not reach.
  static let rest: [Refused] = [
    Refused("<p a\"b>", 2, "an unexpected character in the attribute a"),
    Refused("<!-- a\n--!> -->", 3, "--! ends a comment in a browser"),
    Refused("<!--! -->", 2, "--! ends a comment in a browser"),
    Refused("{{> dotted x=\"a\"}}", 2, "x is text here: it has no y"),
    Refused("{{> dotted x=(_ \"a\")}}", 2, "x is text here: it has no y"),
  ]
  static let dotted = "{{! partial dotted x }}\n{{x.y}}"

  @Test(arguments: rest) func `The rest is refused where it stands`(_ refused: Refused) {
    let found = refusal("{{! Page }}\n" + refused.template, partials: [Self.dotted])
    #expect(found?.line == refused.line && found?.reason.contains(refused.reason) == true, "\(found?.description ?? "it compiled")")
  }

  @Test func `Each reason of the compiler's sources is met by a row of a table`() throws {
    let met = EveryRefusalTests.met
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/TemplateCompiler")
    var reasons: [[String]] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      reasons += EveryRefusalTests.reasons(of: Array(try String(contentsOf: folder.appending(path: name), encoding: .utf8)))
    }
    #expect(reasons.count > 60)
    for reason in reasons { #expect(met.contains { EveryRefusalTests.fits($0, reason) }, "\(reason.joined(separator: "…"))") }
  }

  /// Every reason that the tables are told.
  private static var met: [String] {
    let plain = RefusalTests.places + RefusalTests.addresses + RefusalTests.shapes + RefusalTests.blocks + RefusalTests.tags
    let found: [Diagnostic?] =
      plain.map { refusal("{{! Page }}\n" + $0.template) }
      + PartialTests.refusals.map { refusal("{{! Page }}\n" + $0.template, partials: PartialTests.partials) }
      + IconTests.refusals.map { refusal("{{! Page }}\n" + $0.template, icons: IconTests.sprite) }
      + MailTemplateTests.refusals.map { refusal("{{! mail Page }}\n" + $0.0) }
      + rest.map { refusal("{{! Page }}\n" + $0.template, partials: [dotted]) }
    let files = PartialTests.broken.map { [$0.0, "{{! partial b y }}\n{{y}}"] } + [["{{! A }}\n", "{{! A }}\n"]]
    let compiled = files.flatMap { texts in
      let sources = texts.enumerated().map { Source(path: "/t/\($0).html", name: "\($0).html", bytes: Array($1.utf8)) }
      let unreadable = ["x.html", "a/x.html"].map { Source(path: "/t/" + $0, name: $0, bytes: [0xFF]) }
      return Compilation(sources + unreadable).diagnostics
    }
    return found.compactMap { $0?.reason } + compiled.map(\.reason) + [openQuotes]
  }

  /// No template comes so far: its tag would not end. The reader of tags says it all the same.
  private static var openQuotes: String {
    var reader = TagReader(Lexer.Tag(text: Array("\"a".utf8), line: 1))
    do throws(Refusal) {
      return String(decoding: try reader.string(), as: UTF8.self)
    } catch {
      return error.reason
    }
  }

  /// Whether the parts stand in a text, in their order.
  private static func fits(_ text: String, _ parts: [String]) -> Bool {
    var rest = text[...]
    for part in parts {
      guard let range = rest.range(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }

  /// The reasons of each `throw Refusal(…)` and `throw Misplaced(…)`: what is fixed of them.
  private static func reasons(of text: [Character]) -> [[String]] {
    var found: [[String]] = []
    for start in ["throw Refusal(", "throw Misplaced("].map(Array.init) {
      for position in text.indices where text[position...].starts(with: start) {
        var reader = SwiftText(text: text, position: position + start.count)
        found += reader.constants()
      }
    }
    return found
  }
}

/// Reads constants of text from Swift.
private struct SwiftText {
  let text: [Character]
  var position: Int

  /// Those up to the parenthesis that closes.
  mutating func constants() -> [[String]] {
    var found: [[String]] = []
    var depth = 1
    while depth > 0, position < text.count {
      let character = text[position]
      position += 1
      switch character {
      case "(": depth += 1
      case ")": depth -= 1
      case "\"": found.append(parts())
      default: break
      }
    }
    return found.filter { $0.contains { $0.count > 4 } }
  }

  /// What is fixed of one, up to the quote that closes.
  private mutating func parts() -> [String] {
    var parts = [""]
    while position < text.count, text[position] != "\"" {
      var character = text[position]
      position += 1
      if character == "\\" {
        character = text[position]
        position += 1
        if character == "(" {
          _ = constants()
          parts.append("")
          continue
        }
      }
      parts[parts.count - 1].append(character)
    }
    position += 1
    return parts.filter { !$0.isEmpty }
  }
}
