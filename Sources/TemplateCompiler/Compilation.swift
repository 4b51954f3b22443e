import FoundationEssentials
import HTML

/// A file of the templates' folder: a template, a catalogue, or a text that the program carries.
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

  private var icons: Icons?
  private var catalogues: [(language: String, po: String)] = []
  private var views: [(source: Source, type: String, isMail: Bool, lexer: Lexer)] = []
  private var partials: [String: Partial] = [:]
  /// The file of each type and partial.
  private var owners: [String: String] = [:]
  /// The file of each name without its folder.
  private var names: [String: String] = [:]

  /// - Parameter sources: templates, catalogues and the sprite of icons; without that one, names of icons are not looked up.
  init(_ sources: [Source]) {
    let prompts = sources.filter(\.isPrompt)
    let sources = sources.sorted { $0.name < $1.name }.filter { !$0.isPrompt }
    for source in sources { attempt(source) { run throws(Refusal) in try run.claimFile(source) } }
    for source in sources { attempt(source) { run throws(Refusal) in try run.read(source) } }
    for source in sources {
      guard let partial = partials.values.first(where: { owners[$0.name] == source.name }) else { continue }
      attempt(source) { run throws(Refusal) in try run.check(partial, source) }
    }
    for (source, type, isMail, lexer) in views {
      attempt(source) { run throws(Refusal) in
        var parser = Parser(lexer, run.partials)
        let template = TemplateSource(type: type, isMail: isMail, nodes: try parser.nodes())
        let text = try Generator.swift(for: template, path: source.path, words: &run.words, icons: run.icons)
        run.files.append((source.output, text))
      }
    }
    diagnostics.sort { ($0.path, $0.line) < ($1.path, $1.line) }
    files.append(("TemplateWords.swift", words.swift(catalogues)))
    if !prompts.isEmpty { files.append((PromptTable.output, carry(prompts))) }
  }

  /// What the coach says and compares goes into the program as it is: nothing is read at run time.
  private mutating func carry(_ prompts: [Source]) -> String {
    var table = PromptTable()
    for source in prompts {
      attempt(source) { run throws(Refusal) in
        guard let bytes = source.bytes, let text = String(validating: bytes, as: UTF8.self) else {
          throw Refusal(1, "cannot be read as UTF-8")
        }
        table.add(source.promptName, text)
      }
    }
    diagnostics.sort { ($0.path, $0.line) < ($1.path, $1.line) }
    return table.swift
  }

  private mutating func attempt(_ source: Source, _ step: (inout Compilation) throws(Refusal) -> Void) {
    do throws(Refusal) {
      try step(&self)
    } catch {
      diagnostics.append(Diagnostic(path: source.path, line: error.line, reason: error.reason))
    }
  }

  private mutating func read(_ source: Source) throws(Refusal) {
    guard let bytes = source.bytes, let text = String(validating: bytes, as: UTF8.self) else {
      throw Refusal(1, "cannot be read as UTF-8")
    }
    if source.name.hasSuffix(".po") {
      diagnostics += Catalogue(text).complaints.map { Diagnostic(path: source.path, line: $0.line, reason: $0.reason) }
      return catalogues.append((source.language, text))
    }
    if source.name.hasSuffix(".svg") { return icons = Icons(sprite: bytes) }
    switch try TemplateFile(bytes) {
    case .view(let type, let isMail, let lexer):
      try claim(type, source)
      views.append((source, type, isMail, lexer))
    case .partial(let partial):
      try claim(partial.name, source)
      partials[partial.name] = partial
      // The plugin declares a file for each template, before anybody has read it.
      files.append((source.output, ""))
    }
  }

  /// Two files of one name in different folders, the Swift compiler takes for one, and stops.
  private mutating func claimFile(_ source: Source) throws(Refusal) {
    let name = String(source.name.split(separator: "/").last ?? "")
    if let other = names.updateValue(source.name, forKey: name) {
      throw Refusal(1, "\(other) has this name already: call it after its type, such as reminder-list.html")
    }
  }

  private mutating func claim(_ name: String, _ source: Source) throws(Refusal) {
    if let other = owners.updateValue(source.name, forKey: name) { throw Refusal(1, "\(name) has a template already: \(other)") }
  }

  /// A partial by itself, so that what is wrong with it is said of its own file. Nothing is generated for it.
  private func check(_ partial: Partial, _ source: Source) throws(Refusal) {
    var words = words
    for isWhole in [true, false] {
      var parser = Parser(partial.lexer, partials, scope: .alone(partial, isWhole: isWhole))
      let nodes = try parser.nodes()
      let template = TemplateSource(type: partial.name, isMail: partial.isMail, nodes: nodes)
      _ = try Generator.swift(for: template, path: source.path, words: &words, icons: icons)
    }
  }
}
