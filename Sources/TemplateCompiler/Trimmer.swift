/// Takes out the white space that only lays a template out: line breaks with their indentation beside tags.
///
/// Next to a block, table, list or head element nothing stays; between inline elements, or one and text, a single blank, as a browser shows it.
/// Text keeps its own breaks, and so does all in `pre`, `textarea` and the like. Blanks without a break are meant, and stay. Between the
/// attributes of a tag one blank stays, none before `>`.
struct Trimmer {
  /// What stands on one side of a break: a block element's tag, or nothing; another tag, or what cannot be known here; text.
  enum Side { case block, inline, text }

  private var html = HTMLContext()
  private var before = Side.block
  /// How many `pre` are open.
  private var depth = 0
  /// A break inside a tag: its blank comes with the next attribute, if one comes.
  private var owesBlank = false

  /// - Throws: what the generator refuses at the same place, and can say better.
  static func trimmed(_ nodes: [Node], isMail: Bool = false) throws(Misplaced) -> [Node] {
    var trimmer = Trimmer()
    trimmer.html.isMail = isMail
    return try trimmer.trim(nodes, then: .block)
  }

  private mutating func trim(_ nodes: [Node], then after: Side) throws(Misplaced) -> [Node] {
    var out: [Node] = []
    for (index, node) in nodes.enumerated() {
      let rest = nodes[(index + 1)...]
      switch node {
      case .html(let bytes, let line): out += try trim(bytes, line, then: rest, after)
      case .value, .word:
        _ = try html.interpolate()
        before = .text
        out.append(node)
      case .icon, .view, .body:
        before = .inline
        out.append(node)
      default: out.append(try block(node, then: Side.first(of: rest, then: after)))
      }
    }
    return out
  }

  private mutating func block(_ node: Node, then after: Side) throws(Misplaced) -> Node {
    switch node {
    case .choice(let branches, let otherwise, let line):
      let ways = try ways(branches.map(\.nodes) + [otherwise], then: after)
      let trimmed = zip(branches, ways).map { Node.Branch(condition: $0.condition, isNegated: $0.isNegated, nodes: $1) }
      return .choice(trimmed, otherwise: ways[branches.count], line: line)
    case .with(let value, let name, let nodes, let otherwise):
      let ways = try ways([nodes, otherwise], then: after)
      return .with(value, name: name, nodes: ways[0], otherwise: ways[1])
    case .each(let rows, let name, let nodes, let otherwise):
      let again = Side.first(of: nodes[...], then: after).joined(after)
      // A row stands behind another one, too.
      var row = self
      _ = try row.trim(nodes, then: again)
      row.before = row.before.joined(before)
      (row.html, row.owesBlank) = (html, owesBlank)
      let body = try row.trim(nodes, then: again)
      let empty = try trim(otherwise ?? [], then: after)
      join(row)
      return .each(rows, name: name, nodes: body, otherwise: otherwise.map { _ in empty })
    case .once(let key, let nodes, let line): return .once(key, nodes: try trim(nodes, then: after), line: line)
    case .layout(let layout, let nodes, let line):
      before = .block
      let body = try trim(nodes, then: .block)
      before = .inline
      return .layout(layout, nodes: body, line: line)
    case .html, .value, .word, .icon, .view, .body: return node
    }
  }

  /// The branches of a block, each from here on.
  private mutating func ways(_ bodies: [[Node]], then after: Side) throws(Misplaced) -> [[Node]] {
    let start = self
    var trimmed: [[Node]] = []
    for (index, body) in bodies.enumerated() {
      var way = start
      trimmed.append(try way.trim(body, then: after))
      if index == 0 { self = way } else { join(way) }
    }
    return trimmed
  }

  private mutating func join(_ way: Trimmer) {
    before = before.joined(way.before)
    owesBlank = owesBlank && way.owesBlank
  }

  /// What stays of one piece of HTML: a node between every two breaks, so that diagnostics find its line.
  private mutating func trim(_ bytes: [UInt8], _ line: Int, then rest: ArraySlice<Node>, _ after: Side) throws(Misplaced) -> [Node] {
    var nodes: [Node] = []
    var out: [UInt8] = []
    var (index, start) = (0, 0)
    func place(_ index: Int) -> Int { line + bytes[..<index].count { $0 == 0x0A } }
    while index < bytes.count {
      let (isText, isInTag) = (html.state == .text && depth == 0, html.isBetweenAttributes)
      guard isBlank(bytes[index]), isText || isInTag else {
        try feed(bytes[index], &out)
        index += 1
        continue
      }
      let run = bytes[index...].prefix { isBlank($0) }
      index = run.endIndex
      let isBreak = run.contains(0x0A)
      if isInTag {
        try html.feed(0x20)
        if owesBlank || isBreak { owesBlank = true } else { out += run }
      } else if isBreak {
        gap(run, then: Side.first(in: bytes[index...]) ?? Side.first(of: rest, then: after), &out)
      } else {
        out += run
        before = .block
      }
      if isBreak {
        if !out.isEmpty { nodes.append(.html(out, line: place(start))) }
        (out, start) = ([], index)
      }
    }
    return out.isEmpty ? nodes : nodes + [.html(out, line: place(start))]
  }

  private mutating func gap(_ run: ArraySlice<UInt8>, then next: Side, _ out: inout [UInt8]) {
    if before == .block || next == .block { return }
    if before == .text, next == .text {
      out += run
    } else {
      out.append(0x20)
      before = .block
    }
  }

  private mutating func feed(_ byte: UInt8, _ out: inout [UInt8]) throws(Misplaced) {
    if owesBlank, byte != 0x3E, byte != 0x2F { out.append(0x20) }
    owesBlank = false
    let (was, tag, isClosing) = (html.state, html.tag, html.isClosingTag)
    try html.feed(byte)
    out.append(byte)
    guard html.state == .text else { return }
    if was == .text {
      before = .text
    } else if was == .doctype {
      before = .block
    } else if !tag.isEmpty {
      before = HTMLNames.blocks.contains(tag) ? .block : .inline
      if tag == "pre" { depth += isClosing ? -1 : 1 }
    }
  }
}

extension Trimmer.Side {
  /// What both ways have in common.
  func joined(_ other: Self) -> Self { self == other ? self : .inline }

  /// What `bytes` begin with, past blanks; nil when there are only blanks.
  static func first(in bytes: ArraySlice<UInt8>) -> Self? {
    let bytes = bytes.drop { isBlank($0) }
    guard let first = bytes.first else { return nil }
    guard first == 0x3C else { return .text }
    let name = bytes.dropFirst().drop { $0 == 0x2F }.prefix { isNameByte($0) }
    return HTMLNames.blocks.contains(String(decoding: name, as: UTF8.self).lowercased()) ? .block : .inline
  }

  /// What comes first when `nodes` are written, and `after` behind them.
  static func first(of nodes: ArraySlice<Node>, then after: Self) -> Self {
    guard let node = nodes.first else { return after }
    let rest = nodes.dropFirst()
    func either(_ ways: [[Node]]) -> Self {
      let after = first(of: rest, then: after)
      let sides = ways.map { first(of: $0[...], then: after) }
      return sides.dropFirst().reduce(sides[0]) { $0.joined($1) }
    }
    switch node {
    case .html(let bytes, _): return first(in: bytes[...]) ?? first(of: rest, then: after)
    case .value, .word: return .text
    case .icon, .view, .body, .layout: return .inline
    case .choice(let branches, let otherwise, _): return either(branches.map(\.nodes) + [otherwise])
    case .with(_, _, let nodes, let otherwise): return either([nodes, otherwise])
    case .each(_, _, let nodes, let otherwise): return either([nodes, otherwise ?? []])
    case .once(_, let nodes, _): return either([nodes])
    }
  }
}

extension HTMLContext {
  /// In a tag, where blanks only part its attributes.
  fileprivate var isBetweenAttributes: Bool {
    switch state {
    case .tagName, .attributes, .separator, .attributeName, .unquoted: true
    default: false
    }
  }
}
