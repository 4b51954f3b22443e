extension Source {
  /// Whether the program carries it as it is: `prompts/streak.1.md`, `prompts/words/yoda.en.txt`.
  var isPrompt: Bool { name.hasPrefix(PromptTable.folder) && (name.hasSuffix(".md") || name.hasSuffix(".txt")) }

  /// Its name below `prompts/`.
  var promptName: String { String(name.dropFirst(PromptTable.folder.utf8.count)) }
}

/// The files of `templates/prompts/` as Swift: `PromptFiles.all`, each text by its name.
struct PromptTable {
  static let folder = "prompts/"
  /// The generated file's name, which the plugin declares.
  static let output = "PromptFiles.swift"

  private var files: [(name: String, text: String)] = []

  mutating func add(_ name: String, _ text: String) { files.append((name, text)) }

  var swift: String {
    let lines = files.sorted { $0.name < $1.name }.map { "    \(SwiftSource.quoted($0.name.utf8)): \(SwiftSource.quoted($0.text.utf8))," }
    return """
      /// The files of `templates/prompts/` by their names there.
      enum PromptFiles {
        static let all: [String: String] = [
      \(lines.joined(separator: "\n"))
        ]
      }

      """
  }
}
