/// Braces to nodes: blocks are matched, names are not looked up (the Swift compiler does that).
struct Parser {
  private let lexer: Lexer
  private var index = 0

  /// - Throws: A diagnostic that names `path`.
  static func template(_ source: [UInt8], path: String) throws(Diagnostic) -> TemplateSource {
    do throws(Refusal) {
      var parser = Parser(try Lexer(source))
      return try parser.template()
    } catch {
      throw Diagnostic(path: path, line: error.line, reason: error.reason)
    }
  }

  private init(_ lexer: Lexer) {
    self.lexer = lexer
  }

  private mutating func template() throws(Refusal) -> TemplateSource {
    let wanted = Refusal(1, "the first line names the type whose view this is: {{! TypeName }}")
    guard let first = lexer.tags.first, first.line == 1, lexer.html[0].bytes.isEmpty, first.text.first == 0x21 else { throw wanted }
    let name = first.text.dropFirst().trimmed
    guard let initial = name.first, (0x41...0x5A).contains(initial), name.allSatisfy({ isNameByte($0) || $0 == 0x2E }) else { throw wanted }
    let (nodes, end) = try block()
    if let end { throw Refusal(end.line, "{{\(end.text)}} closes nothing") }
    return TemplateSource(type: String(decoding: name, as: UTF8.self), nodes: nodes)
  }

  /// What ended a block: `/if`, `else`, `else if late`.
  private struct End {
    let text: String
    let tag: Lexer.Tag
    var line: Int { tag.line }
    var isElse: Bool { text.utf8.starts(with: "else".utf8) }
  }

  /// Everything up to a closing tag or `else` that belongs to a block outside.
  private mutating func block() throws(Refusal) -> ([Node], End?) {
    var nodes: [Node] = []
    while true {
      let html = lexer.html[index]
      if !html.bytes.isEmpty { nodes.append(.html(Array(html.bytes), line: html.line)) }
      guard index < lexer.tags.count else { return (nodes, nil) }
      let tag = lexer.tags[index]
      index += 1
      if tag.text.first == 0x21 { continue }
      var reader = TagReader(tag)
      if tag.text.first == 0x2F || reader.skip(word: "else") {
        return (nodes, End(text: String(decoding: tag.text, as: UTF8.self), tag: tag))
      }
      nodes.append(try node(&reader))
    }
  }

  private mutating func node(_ reader: inout TagReader) throws(Refusal) -> Node {
    let line = reader.line
    let node: Node
    if reader.skip("#") {
      return try opened(&reader)
    } else if reader.skip(">") {
      node = reader.skip("@body") ? .body(line: line) : .view(try reader.reference())
    } else if reader.skip(word: "_") {
      let source = try reader.string()
      let label = reader.label()
      if let label, label != "context" { throw Refusal(line, "{{_ \"…\"}} takes context=\"…\" only, not \(label)") }
      if source.isEmpty { throw Refusal(line, "{{_ \"\"}} says nothing") }
      node = .word(source: source, context: label == nil ? nil : try reader.string(), line: line)
    } else {
      node = .value(try reader.reference())
    }
    try reader.end()
    return node
  }

  private mutating func opened(_ reader: inout TagReader) throws(Refusal) -> Node {
    if reader.skip(word: "if") { return try choice(&reader, word: "if") }
    if reader.skip(word: "unless") { return try choice(&reader, word: "unless") }
    if reader.skip(word: "layout") { return try layout(&reader) }
    let isEach = reader.skip(word: "each")
    guard isEach || reader.skip(word: "with") else {
      throw Refusal(reader.line, "unknown block: there are if, unless, each, with and layout")
    }
    let word = isEach ? "each" : "with"
    let value = try reader.reference()
    let name = try reader.binding()
    try reader.end()
    let (nodes, end) = try block()
    var otherwise: [Node]?
    if let end, end.isElse {
      guard end.text == "else" else { throw Refusal(end.line, "{{#\(word)}} takes a plain {{else}}") }
      let (rest, last) = try block()
      try close(word, last, opened: reader.line)
      otherwise = rest
    } else {
      try close(word, end, opened: reader.line)
    }
    return isEach
      ? .each(value, name: name, nodes: nodes, otherwise: otherwise)
      : .with(value, name: name, nodes: nodes, otherwise: otherwise ?? [])
  }

  private mutating func choice(_ reader: inout TagReader, word: String) throws(Refusal) -> Node {
    let line = reader.line
    var branches: [Node.Branch] = []
    var isNegated = word == "unless"
    while true {
      let condition = try reader.reference()
      try reader.end()
      let (nodes, end) = try block()
      branches.append(Node.Branch(condition: condition, isNegated: isNegated, nodes: nodes))
      guard let end, end.isElse else {
        try close(word, end, opened: line)
        return .choice(branches, otherwise: [], line: line)
      }
      reader = TagReader(end.tag)
      if reader.skip(word: "else"), reader.isAtEnd {
        let (otherwise, last) = try block()
        try close(word, last, opened: line)
        return .choice(branches, otherwise: otherwise, line: line)
      }
      isNegated = false
      guard reader.skip(word: "if") else { throw Refusal(reader.line, "expected {{else}} or {{else if …}}") }
    }
  }

  private mutating func layout(_ reader: inout TagReader) throws(Refusal) -> Node {
    var arguments: [(label: String, value: LayoutSource.Argument)] = []
    var reference: Reference?
    if let label = reader.label() {
      arguments.append((label, try argument(&reader)))
    } else {
      reference = try reader.reference()
    }
    while let label = reader.label() { arguments.append((label, try argument(&reader))) }
    try reader.end()
    let isType = reference?.parts.first?.utf8.first.map { (0x41...0x5A).contains($0) } ?? true
    if let reference, !isType, !arguments.isEmpty {
      throw Refusal(reader.line, "\(reference.parts.joined(separator: ".")) is a value already: it takes no arguments")
    }
    let (nodes, end) = try block()
    try close("layout", end, opened: reader.line)
    let type = reference?.parts.joined(separator: ".") ?? "Layout"
    let source: LayoutSource = reference.flatMap { isType ? nil : .value($0) } ?? .made(type: type, arguments: arguments)
    return .layout(source, nodes: nodes, line: reader.line)
  }

  private func argument(_ reader: inout TagReader) throws(Refusal) -> LayoutSource.Argument {
    reader.startsString ? .text(try reader.string()) : .reference(try reader.reference())
  }

  private func close(_ word: String, _ end: End?, opened line: Int) throws(Refusal) {
    guard let end else { throw Refusal(line, "{{#\(word)}} is not closed") }
    if end.isElse { throw Refusal(end.line, "a second {{else}} in the {{#\(word)}} of line \(line)") }
    if end.text != "/" + word { throw Refusal(end.line, "expected {{/\(word)}} for line \(line), found {{\(end.text)}}") }
  }
}
