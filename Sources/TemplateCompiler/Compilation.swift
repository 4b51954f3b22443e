import FoundationEssentials
import HTML

/// A file of the templates' folder: a template or a catalogue.
struct Source {
  /// As the diagnostics name it.
  let path: String
  /// Below the templates' folder, with slashes: `drafts/row.html`.
  let name: String
  let bytes: [UInt8]?

  init(path: String, name: String) {
    self.init(path: path, name: name, bytes: FileManager.default.contents(atPath: path).map { [UInt8]($0) })
  }

  init(path: String, name: String, bytes: [UInt8]?) {
    (self.path, self.name, self.bytes) = (path, name, bytes)
  }

  static func name(of path: String, in folder: String) -> String {
    path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
  }

  /// The generated file's name. The plugin declares it by the same rule.
  var output: String {
    "Template+" + name.dropLast(".html".count).replacing("/", with: "+") + ".swift"
  }

  /// `pt-BR` for `locale/pt-BR.po`.
  var language: String {
    String(name.split(separator: "/").last?.dropLast(".po".count) ?? "")
  }
}

/// What is wrong, where: printed the way compilers do, so that editors and SwiftPM find the place.
struct Diagnostic: Error, Equatable, CustomStringConvertible {
  let path: String
  let line: Int
  let reason: String

  var description: String { "\(path):\(line): error: \(reason)" }
}

/// A run over all files. One mistake a file is reported, of all files at once.
struct Compilation {
  private(set) var files: [(name: String, text: String)] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var words = WordTable()

  init(_ sources: [Source]) {
    var owners: [String: String] = [:]
    var catalogues: [(language: String, po: String)] = []
    for source in sources.sorted(by: { $0.name < $1.name }) {
      do throws(Diagnostic) {
        guard let bytes = source.bytes, let text = String(validating: bytes, as: UTF8.self) else {
          throw Diagnostic(path: source.path, line: 1, reason: "cannot be read as UTF-8")
        }
        if source.name.hasSuffix(".po") {
          diagnostics += Catalogue(text).complaints.map { Diagnostic(path: source.path, line: $0.line, reason: $0.reason) }
          catalogues.append((source.language, text))
          continue
        }
        let template = try Parser.template(bytes, path: source.path)
        if let other = owners.updateValue(source.name, forKey: template.type) {
          throw Diagnostic(path: source.path, line: 1, reason: "\(template.type) has a template already: \(other)")
        }
        files.append((source.output, try Generator.swift(for: template, path: source.path, words: &words)))
      } catch {
        diagnostics.append(error)
      }
    }
    files.append(("TemplateWords.swift", words.swift(catalogues)))
  }
}
