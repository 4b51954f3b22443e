import HTML

/// One use of a partial: what its parameters stand for there.
struct PartialScope {
  let partial: Partial
  let arguments: [String: Argument]
  /// What stands between `{{#> name …}}` and `{{/name}}`.
  let body: [Node]?
  /// The place of the use, which diagnostics name.
  let line: Int
  /// The partials around and this one.
  let names: [String]

  /// The partial by itself, each parameter a value of its own name: what is wrong with it then is wrong at every use.
  ///
  /// - Parameter isWhole: with the parameters that may be missing.
  static func alone(_ partial: Partial, isWhole: Bool) -> PartialScope {
    let given = partial.parameters.filter { isWhole || !$0.isOptional }
    let arguments = given.map { ($0.name, Argument.reference(Reference(parts: [$0.name], line: 1))) }
    return PartialScope(
      partial: partial, arguments: Dictionary(arguments) { first, _ in first }, body: partial.takesBody ? [] : nil, line: 1,
      names: [partial.name])
  }
}

extension Parser {
  /// `{{> name label=value}}`: the partial's nodes, with the arguments in place of its parameters.
  func used(_ reference: Reference, _ arguments: [(label: String, value: Argument)], body: [Node]?) throws(Refusal) -> [Node] {
    let (name, line) = (reference.parts.joined(separator: "."), reference.line)
    guard let partial = partials[name] else { throw Refusal(line, "there is no partial \(name)") }
    let around = scope?.names ?? []
    if around.contains(name) { throw Refusal(line, "the partial \(name) uses itself") }
    if (body != nil) != partial.takesBody {
      throw Refusal(
        line, body == nil ? "the partial \(name) goes around something: {{#> \(name) …}}" : "the partial \(name) holds no {{> @body}}")
    }
    var values: [String: Argument] = [:]
    for (label, value) in arguments {
      guard partial.parameters.contains(where: { $0.name == label }) else {
        throw Refusal(line, "the partial \(name) has no parameter \(label)")
      }
      if values[label] != nil { throw Refusal(line, "\(label) is given twice") }
      // A parameter that is missing here is missing there.
      if !isMissing(value) { values[label] = try resolved(value, line: line) }
    }
    if let missing = partial.parameters.first(where: { !$0.isOptional && values[$0.name] == nil }) {
      throw Refusal(line, "the partial \(name) needs \(missing.name)")
    }
    let scope = PartialScope(partial: partial, arguments: values, body: body, line: line, names: around + [name])
    var parser = Parser(partial.lexer, partials, scope: scope)
    do throws(Refusal) {
      return try parser.nodes()
    } catch {
      throw Refusal(line, "in the partial \(name): \(error.reason)")
    }
  }

  /// `{{#> name label=value}}…{{/name}}`
  mutating func surrounded(_ reader: inout TagReader) throws(Refusal) -> [Node] {
    let reference = try reader.reference()
    let arguments = try arguments(&reader)
    try reader.end()
    let (nodes, end) = try block()
    try close(reference.parts.joined(separator: "."), end, opened: reader.line)
    return try used(reference, arguments, body: nodes)
  }

  /// `{{#given icon}}…{{else}}…{{/given}}`: decided here, by whether the use names the parameter.
  mutating func given(_ reader: inout TagReader) throws(Refusal) -> [Node] {
    let line = reader.line
    let name = try reader.word()
    try reader.end()
    guard let scope, scope.partial.parameters.contains(where: { $0.name == name && $0.isOptional }) else {
      throw Refusal(line, "{{#given}} asks for a parameter that may be missing: \(name) is none")
    }
    let isGiven = scope.arguments[name] != nil
    var (nodes, end) = isGiven ? try block() : ([], skipped())
    if let middle = end, middle.isElse {
      guard middle.text == "else" else { throw Refusal(line, "{{#given}} takes a plain {{else}}") }
      let (rest, last) = isGiven ? ([], skipped()) : try block()
      nodes += rest
      end = last
    }
    try close("given", end, opened: line)
    return nodes
  }

  /// As ``block()``, unread: what belongs to a missing parameter may name it.
  private mutating func skipped() -> End? {
    var depth = 0
    while index < lexer.tags.count {
      let tag = lexer.tags[index]
      index += 1
      var reader = TagReader(tag)
      let isClosing = tag.text.first == 0x2F
      if depth == 0, isClosing || reader.skip(word: "else") { return End(text: String(decoding: tag.text, as: UTF8.self), tag: tag) }
      if tag.text.first == 0x23 { depth += 1 }
      if isClosing { depth -= 1 }
    }
    return nil
  }

  /// `{{> @body}}`: of a partial what its use holds, of a layout what it is put around.
  func body(_ line: Int) throws(Refusal) -> [Node] {
    scope == nil ? [.body(line: line)] : scope?.body ?? []
  }

  /// `{{x}}`
  func value(_ reference: Reference) throws(Refusal) -> [Node] {
    switch try resolved(.reference(reference), line: reference.line) {
    case .reference(let reference): return [.value(reference)]
    case .word(let source, let context): return [.word(source: source, context: context, line: reference.line)]
    case .text(let text):
      var html = HTMLWriter(words: Words(language: "en"), capacity: text.count)
      html.escape(text)
      return [.html(html.bytes, line: reference.line)]
    }
  }

  /// A value that is no text of the template: of a condition, a view, a key.
  func resolved(_ reference: Reference) throws(Refusal) -> Reference {
    guard case .reference(let value) = try resolved(.reference(reference), line: reference.line) else {
      throw Refusal(reference.line, "\(reference.parts[0]) is text here, and must be a value")
    }
    return value
  }

  /// What a parameter stands for; what is none stays as it is.
  func resolved(_ argument: Argument, line: Int) throws(Refusal) -> Argument {
    guard let scope, case .reference(let reference) = argument else { return argument }
    let name = reference.parts[0]
    if bound.contains(name) { return .reference(Reference(parts: [own(name)] + reference.parts.dropFirst(), line: line)) }
    guard scope.partial.parameters.contains(where: { $0.name == name }) else { throw Refusal(line, "\(name) is no parameter") }
    guard let value = scope.arguments[name] else { throw Refusal(line, "\(name) may be missing: {{#given \(name)}}") }
    if reference.parts.count == 1 { return value }
    guard case .reference(let outer) = value else { throw Refusal(line, "\(name) is text here: it has no \(reference.parts[1])") }
    return .reference(Reference(parts: outer.parts + reference.parts.dropFirst(), line: line))
  }

  /// A name that a block of a partial introduces: none of those that the arguments are made of.
  func own(_ name: String) -> String { scope.map { "\(name)__\($0.partial.name)" } ?? name }

  private func isMissing(_ argument: Argument) -> Bool {
    guard let scope, case .reference(let reference) = argument, reference.parts.count == 1 else { return false }
    return scope.arguments[reference.parts[0]] == nil && scope.partial.parameters.contains { $0.name == reference.parts[0] }
  }
}
