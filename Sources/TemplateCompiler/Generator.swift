/// Nodes to Swift, with one eye on where in the HTML each of them stands.
struct Generator {
  private let path: String
  private let isLayout: Bool
  private var context = HTMLContext()
  private var source: SwiftSource
  private var words: WordTable
  /// nil: names are not looked up.
  private let icons: Icons?
  /// The names that the blocks around have introduced.
  private var bound: [String] = []

  /// - Returns: The extension that makes the template's type a `Template`, or a `LayoutTemplate` if it holds `{{> @body}}`.
  static func swift(for template: TemplateSource, path: String, words: inout WordTable, icons: Icons? = nil) throws(Refusal) -> String {
    var generator = Generator(path: path, isLayout: template.nodes.contains { $0.holdsBody }, words: words, icons: icons)
    generator.context.isMail = template.isMail
    let text = try generator.whole(template)
    words = generator.words
    return text
  }

  private init(path: String, isLayout: Bool, words: WordTable, icons: Icons?) {
    (self.path, self.isLayout, self.words, self.icons) = (path, isLayout, words, icons)
    source = SwiftSource(path: path)
  }

  private mutating func whole(_ template: TemplateSource) throws(Refusal) -> String {
    let kind = isLayout ? "LayoutTemplate" : "Template"
    let body = isLayout ? ", body __body: (inout HTML.HTMLWriter) -> Swift.Void" : ""
    source.statement("import HTML\n")
    source.open("extension \(template.type): HTML.\(kind) {", line: 1)
    source.open("public func render(into __html: inout HTML.HTMLWriter\(body)) {")
    // What cannot be trimmed is refused below.
    try write((try? Trimmer.trimmed(template.nodes, isMail: template.isMail)) ?? template.nodes)
    let last = template.nodes.last?.lastLine ?? 1
    try at(last) { (context) throws(Misplaced) in try context.end() }
    source.close()
    source.close()
    source.statement("#sourceLocation()")
    return source.text
  }

  private mutating func at<T>(_ line: Int, _ step: (inout HTMLContext) throws(Misplaced) -> T) throws(Refusal) -> T {
    do throws(Misplaced) {
      return try step(&context)
    } catch {
      throw Refusal(line, error.reason)
    }
  }

  private mutating func write(_ nodes: [Node]) throws(Refusal) {
    for node in nodes {
      switch node {
      case .html(let bytes, let line): try literal(bytes, line)
      case .value(let reference): try value(reference)
      case .word(let text, let of, let line):
        let place = try at(line) { (context) throws(Misplaced) in try context.interpolate() }
        if place == .address { throw Refusal(line, "\(context.attribute) takes a Path or SafeURL, not words") }
        source.statement("__html.word(\(words.number(of: text, context: of)))")
      case .icon(let icon): try self.icon(icon)
      case .view(let reference):
        try inText(reference.line, "{{> \(reference.parts.joined(separator: "."))}}")
        source.statement("__html.render(\(swift(reference)))", line: reference.line)
      case .body(let line):
        try inText(line, "{{> @body}}")
        source.statement("__body(&__html)")
      case .choice(let branches, let otherwise, let line): try choice(branches, otherwise, line)
      case .each(let rows, let name, let nodes, let otherwise): try each(rows, name, nodes, otherwise)
      case .with(let value, let name, let nodes, let otherwise): try with(value, name, nodes, otherwise)
      case .layout(let layout, let nodes, let line): try self.layout(layout, nodes, line)
      case .once(let key, let nodes, let line): try once(key, nodes, line)
      }
    }
  }

  private mutating func icon(_ icon: Icon) throws(Refusal) {
    try inText(icon.line, "{{icon}}")
    source.literal("<svg class=\(icon.isSmall ? "\"icon small\"" : "icon") aria-hidden=true><use href=\"/static/icons.svg#")
    switch icon.name {
    case .reference(let reference): source.statement("__html.attribute(\(swift(reference)))", line: icon.line)
    case .text(let name):
      if let icons, !icons.has(name) {
        throw Refusal(icon.line, "static/icons.svg has no icon \"\(String(decoding: name, as: UTF8.self))\"")
      }
      source.literal(name)
    }
    source.literal("\"/></svg>")
  }

  /// What is the same wherever the key is the same is rendered once a page and copied after that.
  private mutating func once(_ key: Reference?, _ nodes: [Node], _ line: Int) throws(Refusal) {
    try inText(line, "{{#once}}")
    words.places += 1
    source.open("do {")
    source.statement("let __once = HTML.Once(\(words.places)\(key.map { ", " + swift($0) } ?? ""))", line: line)
    source.open("if !__html.again(__once) {")
    source.statement("let __start = __html.position")
    try write(nodes)
    source.statement("__html.keep(__once, from: __start)")
    source.close()
    source.close()
    try inText(line, "{{/once}}")
  }

  private mutating func literal(_ bytes: [UInt8], _ start: Int) throws(Refusal) {
    var line = start
    for byte in bytes {
      if byte == 0 { throw Refusal(line, "a NUL byte") }
      try at(line) { (context) throws(Misplaced) in try context.feed(byte) }
      if byte == 0x0A { line += 1 }
    }
    source.literal(bytes)
  }

  private mutating func value(_ reference: Reference) throws(Refusal) {
    // A browser drops the first newline of a textarea; what a person typed may begin with one.
    if case .raw([]) = context.state, context.tag == "textarea" { source.textareaStart() }
    let place = try at(reference.line) { (context) throws(Misplaced) in try context.interpolate() }
    let verb =
      switch place {
      case .text: "write"
      case .attribute: "attribute"
      case .address: "url"
      }
    source.statement("__html.\(verb)(\(swift(reference)))", line: reference.line)
  }

  private func inText(_ line: Int, _ what: String) throws(Refusal) {
    if context.state != .text { throw Refusal(line, "\(what) stands in \(context.description): it belongs in text") }
  }

  /// One branch of a block, from `start` on. Returns where it ends.
  private mutating func branch(_ nodes: [Node], from start: HTMLContext, line: Int) throws(Refusal) -> HTMLContext {
    context = start
    try write(nodes)
    try at(nodes.last?.lastLine ?? line) { (context) throws(Misplaced) in try context.boundary() }
    return context
  }

  private mutating func start(_ line: Int) throws(Refusal) -> HTMLContext {
    try at(line) { (context) throws(Misplaced) in try context.boundary() }
    return context
  }

  private mutating func join(_ ends: [HTMLContext], _ block: String, _ line: Int) throws(Refusal) {
    var joined = ends[0]
    for end in ends.dropFirst() {
      guard let both = joined.merged(with: end) else {
        throw Refusal(line, "the ways through {{#\(block)}} end in different places: \(joined.description), \(end.description)")
      }
      joined = both
    }
    context = joined
  }

  private mutating func choice(_ branches: [Node.Branch], _ otherwise: [Node], _ line: Int) throws(Refusal) {
    let start = try start(line)
    var ends: [HTMLContext] = []
    for (index, branch) in branches.enumerated() {
      let condition = (branch.isNegated ? "!" : "") + swift(branch.condition)
      if index == 0 {
        source.open("if \(condition) {", line: branch.condition.line)
      } else {
        source.close("} else if \(condition) {", line: branch.condition.line)
      }
      ends.append(try self.branch(branch.nodes, from: start, line: branch.condition.line))
    }
    if !otherwise.isEmpty { source.close("} else {") }
    ends.append(try branch(otherwise, from: start, line: line))
    source.close()
    try join(ends, branches[0].isNegated ? "unless" : "if", line)
  }

  private mutating func each(_ rows: Reference, _ name: String, _ nodes: [Node], _ otherwise: [Node]?) throws(Refusal) {
    let start = try start(rows.line)
    var sequence = swift(rows)
    var ends = [start]
    if let otherwise {
      // Evaluated once: the property may be computed.
      source.open("do {")
      source.statement("let __rows = \(sequence)", line: rows.line)
      sequence = "__rows"
      source.open("if __rows.isEmpty {", line: rows.line)
      ends.append(try branch(otherwise, from: start, line: rows.line))
      source.close("} else {")
    }
    source.open("for `\(name)` in \(sequence) {", line: rows.line)
    source.statement("_ = `\(name)`")
    bound.append(name)
    let end = try branch(nodes, from: start, line: rows.line)
    bound.removeLast()
    for _ in 0..<(otherwise == nil ? 1 : 3) { source.close() }
    // The second row starts where the first one ends.
    if end != start {
      throw Refusal(rows.line, "{{#each}} must end where it began: it began in \(start.description), ends in \(end.description)")
    }
    try join(ends, "each", rows.line)
  }

  private mutating func with(_ value: Reference, _ name: String, _ nodes: [Node], _ otherwise: [Node]) throws(Refusal) {
    let start = try start(value.line)
    source.open("if let `\(name)` = \(swift(value)) {", line: value.line)
    source.statement("_ = `\(name)`")
    bound.append(name)
    var ends = [try branch(nodes, from: start, line: value.line)]
    bound.removeLast()
    if !otherwise.isEmpty { source.close("} else {") }
    ends.append(try branch(otherwise, from: start, line: value.line))
    source.close()
    try join(ends, "with", value.line)
  }

  private mutating func layout(_ layout: LayoutSource, _ nodes: [Node], _ line: Int) throws(Refusal) {
    try inText(line, "{{#layout}}")
    let value =
      switch layout {
      case .value(let reference): swift(reference)
      case .made(let type, let arguments): "\(type)(\(arguments.map { "\($0.label): \(swift($0.value))" }.joined(separator: ", ")))"
      }
    source.open("\(value).render(into: &__html) { (__html: inout HTML.HTMLWriter) in", line: line)
    try write(nodes)
    source.close()
    try inText(line, "{{/layout}}")
  }

  private func swift(_ argument: Argument) -> String {
    switch argument {
    case .reference(let reference): swift(reference)
    case .text(let text), .word(let text, _): SwiftSource.quoted(text)
    }
  }

  private func swift(_ reference: Reference) -> String {
    let names = reference.parts.map { "`\($0)`" }.joined(separator: ".")
    return bound.contains(reference.parts[0]) ? names : "self." + names
  }
}

extension Node {
  /// Whether `{{> @body}}` stands in here.
  var holdsBody: Bool {
    switch self {
    case .body: true
    case .html, .value, .word, .icon, .view: false
    case .choice(let branches, let otherwise, _): (branches.flatMap(\.nodes) + otherwise).contains(where: \.holdsBody)
    case .each(_, _, let nodes, let otherwise): (nodes + (otherwise ?? [])).contains(where: \.holdsBody)
    case .with(_, _, let nodes, let otherwise): (nodes + otherwise).contains(where: \.holdsBody)
    case .layout(_, let nodes, _), .once(_, let nodes, _): nodes.contains(where: \.holdsBody)
    }
  }

  /// The line that the node ends in, or begins in when it is a block.
  var lastLine: Int {
    switch self {
    case .html(let bytes, let line): line + bytes.dropLast().count { $0 == 0x0A }
    case .value(let reference), .view(let reference): reference.line
    case .word(_, _, let line), .body(let line), .choice(_, _, let line), .layout(_, _, let line), .once(_, _, let line): line
    case .icon(let icon): icon.line
    case .each(let reference, _, _, _), .with(let reference, _, _, _): reference.line
    }
  }
}
