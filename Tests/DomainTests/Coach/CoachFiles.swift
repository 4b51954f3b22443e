import FoundationEssentials
import Testing

@testable import Domain

/// The coach's files as they stand in the repository.
enum CoachFiles {
  /// Not made shorter: a folder on the way may be a link.
  static let folder = (#filePath.split(separator: "/").dropLast().map { "/" + $0 }).joined() + "/../../../templates/prompts/"

  /// `tone.en.1.txt`, `words/yoda.en.txt`; empty when it is not there.
  static func text(_ name: String) -> String {
    FileManager.default.contents(atPath: folder + name).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Every file below the folder, by its name there.
  static let all: [String: String] = {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return Dictionary(uniqueKeysWithValues: names.filter { $0.hasSuffix(".txt") || $0.hasSuffix(".md") }.map { ($0, text($0)) })
  }()

  static let harm = CoachHarmReader([CoachPhraseList(text("human.en.1.txt")), CoachPhraseList(text("human.pt-BR.1.txt"))])
}

/// The lines of a table.
func coachLines(_ table: String) -> [String] { table.split(separator: "\n").map(String.init) }
