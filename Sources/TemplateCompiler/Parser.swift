/// Braces to nodes: blocks are matched, partials are put in place, names are not looked up (the Swift compiler does that).
struct Parser {
  let lexer: Lexer
  var index = 0
  let partials: [String: Partial]
  /// What the parameters stand for, inside a partial.
  let scope: PartialScope?
  /// The names that the blocks around have introduced, inside a partial.
  var bound: [String] = []

  init(_ lexer: Lexer, _ partials: [String: Partial] = [:], scope: PartialScope? = nil) {
    (self.lexer, self.partials, self.scope) = (lexer, partials, scope)
  }

  /// A whole file.
  mutating func nodes() throws(Refusal) -> [Node] {
    let (nodes, end) = try block()
    if let end { throw Refusal(end.line, "{{\(end.text)}} closes nothing") }
    return nodes
  }

  /// What ended a block: `/if`, `else`, `else if late`.
  struct End {
    let text: String
    let tag: Lexer.Tag
    var line: Int { tag.line }
    var isElse: Bool { text.utf8.starts(with: "else".utf8) }
  }

  /// Everything up to a closing tag or `else` that belongs to a block outside.
  mutating func block() throws(Refusal) -> ([Node], End?) {
    var nodes: [Node] = []
    while true {
      let html = lexer.html[index]
      if !html.bytes.isEmpty { nodes.append(.html(Array(html.bytes), line: scope?.line ?? html.line)) }
      guard index < lexer.tags.count else { return (nodes, nil) }
      let tag = lexer.tags[index]
      index += 1
      if tag.text.first == 0x21 { continue }
      let placed = Lexer.Tag(text: tag.text, line: scope?.line ?? tag.line)
      var reader = TagReader(placed)
      if tag.text.first == 0x2F || reader.skip(word: "else") {
        return (nodes, End(text: String(decoding: tag.text, as: UTF8.self), tag: placed))
      }
      nodes += reader.skip("#") ? try opened(&reader) : try plain(&reader)
    }
  }

  /// A tag that opens nothing.
  private func plain(_ reader: inout TagReader) throws(Refusal) -> [Node] {
    let line = reader.line
    let nodes: [Node]
    var icon = reader
    if reader.skip(">") {
      if reader.skip("@body") {
        nodes = try body(line)
      } else {
        let reference = try reader.reference()
        let arguments = try arguments(&reader)
        nodes = arguments.isEmpty ? [.view(try resolved(reference))] : try used(reference, arguments, body: nil)
      }
    } else if reader.skip(word: "_") {
      let (source, context) = try word(&reader)
      nodes = [.word(source: source, context: context, line: line)]
    } else if icon.skip(word: "icon"), !icon.isAtEnd {
      reader = icon
      nodes = [.icon(try self.icon(&reader))]
    } else {
      nodes = try value(try reader.reference())
    }
    try reader.end()
    return nodes
  }

  /// What follows `_`: the words, and which of those that are the same in English.
  private func word(_ reader: inout TagReader) throws(Refusal) -> ([UInt8], [UInt8]?) {
    let source = try reader.string()
    let label = reader.label()
    if let label, label != "context" { throw Refusal(reader.line, "{{_ \"…\"}} takes context=\"…\" only, not \(label)") }
    if source.isEmpty { throw Refusal(reader.line, "{{_ \"\"}} says nothing") }
    return (source, label == nil ? nil : try reader.string())
  }

  private func icon(_ reader: inout TagReader) throws(Refusal) -> Icon {
    let name: Icon.Name
    switch try resolved(try argument(&reader), line: reader.line) {
    case .text(let text): name = .text(text)
    case .reference(let reference): name = .reference(reference)
    case .word: throw Refusal(reader.line, "an icon has a name, no words")
    }
    let isSmall = reader.label() == "size"
    if isSmall, try reader.string() != Array("small".utf8) { throw Refusal(reader.line, "an icon takes size=\"small\" only") }
    return Icon(name: name, isSmall: isSmall, line: reader.line)
  }

  private mutating func opened(_ reader: inout TagReader) throws(Refusal) -> [Node] {
    if reader.skip(word: "if") { return [try choice(&reader, word: "if")] }
    if reader.skip(word: "unless") { return [try choice(&reader, word: "unless")] }
    if reader.skip(word: "layout") { return [try layout(&reader)] }
    if reader.skip(word: "once") { return [try once(&reader)] }
    if reader.skip(word: "given") { return try given(&reader) }
    if reader.skip(">") { return try surrounded(&reader) }
    let isEach = reader.skip(word: "each")
    guard isEach || reader.skip(word: "with") else {
      throw Refusal(reader.line, "unknown block: there are if, unless, each, with, once, layout and > for partials")
    }
    return [try binding(&reader, isEach: isEach)]
  }

  private mutating func once(_ reader: inout TagReader) throws(Refusal) -> Node {
    let key = reader.isAtEnd ? nil : try resolved(try reader.reference())
    try reader.end()
    let (nodes, end) = try block()
    try close("once", end, opened: reader.line)
    return .once(key, nodes: nodes, line: reader.line)
  }

  /// `each` or `with`.
  private mutating func binding(_ reader: inout TagReader, isEach: Bool) throws(Refusal) -> Node {
    let word = isEach ? "each" : "with"
    let value = try resolved(try reader.reference())
    let name = try reader.binding()
    try reader.end()
    bound.append(name)
    let (nodes, end) = try block()
    bound.removeLast()
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
      ? .each(value, name: own(name), nodes: nodes, otherwise: otherwise)
      : .with(value, name: own(name), nodes: nodes, otherwise: otherwise ?? [])
  }

  private mutating func choice(_ reader: inout TagReader, word: String) throws(Refusal) -> Node {
    let line = reader.line
    var branches: [Node.Branch] = []
    var isNegated = word == "unless"
    while true {
      let condition = try resolved(try reader.reference())
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
    if scope != nil { throw Refusal(reader.line, "{{#layout}} has no place in a partial") }
    var arguments = try arguments(&reader)
    var reference: Reference?
    if arguments.isEmpty {
      reference = try reader.reference()
      arguments = try self.arguments(&reader)
    }
    for case (let label, .word) in arguments {
      throw Refusal(reader.line, "\(label): a layout is a Swift value, and takes no words of a template")
    }
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

  /// `label=value label="text" label=(_ "words")`, as many as there are.
  func arguments(_ reader: inout TagReader) throws(Refusal) -> [(label: String, value: Argument)] {
    var arguments: [(label: String, value: Argument)] = []
    while let label = reader.label() { arguments.append((label, try argument(&reader))) }
    return arguments
  }

  private func argument(_ reader: inout TagReader) throws(Refusal) -> Argument {
    if reader.startsString { return .text(try reader.string()) }
    guard reader.skip("(") else { return .reference(try reader.reference()) }
    guard reader.skip(word: "_") else { throw Refusal(reader.line, "in parentheses stand words: (_ \"Save\")") }
    let (source, context) = try word(&reader)
    guard reader.skip(")") else { throw Refusal(reader.line, "the parenthesis does not close") }
    return .word(source, context: context)
  }

  func close(_ word: String, _ end: End?, opened line: Int) throws(Refusal) {
    guard let end else { throw Refusal(line, "{{#\(word)}} is not closed") }
    if end.isElse { throw Refusal(end.line, "a second {{else}} in the {{#\(word)}} of line \(line)") }
    if end.text != "/" + word { throw Refusal(end.line, "expected {{/\(word)}} for line \(line), found {{\(end.text)}}") }
  }
}
