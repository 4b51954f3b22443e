/// Writes the steps of a Markdown document as text without markup.
struct MarkdownPlain {
  /// What stands before each line of a quote or an item; the first line of an item has its mark instead.
  private struct Indent {
    var mark: String?
    let rest: String
  }

  private var out = ""
  private var indents: [Indent] = []
  /// The next number of each open list; nil for those with dashes.
  private var lists: [Int?] = []
  private var links: [(url: SafeURL?, start: String.Index)] = []
  private var wantsBlankLine = false

  var finished: String { out }

  mutating func visit(_ step: MarkdownStep) {
    switch step {
    case .enter(let container): enter(container)
    case .leave(let container): leave(container)
    case .text(let text), .code(let text), .markup(let text): out += text
    case .codeBlock(let text), .markupBlock(let text):
      begin(isTight: false)
      lines(text)
    case .softBreak, .lineBreak: newLine()
    case .rule:
      begin(isTight: false)
      out += "---"
    }
  }

  private mutating func enter(_ container: MarkdownStep.Container) {
    switch container {
    case .quote: indents.append(Indent(mark: nil, rest: "> "))
    case .list(let start):
      lists.append(start)
      if lists.count == 1 { wantsBlankLine = true }
    case .item:
      let mark = (lists.last ?? nil).map { "\($0). " } ?? "- "
      if let number = lists.last ?? nil { lists[lists.count - 1] = number &+ 1 }
      indents.append(Indent(mark: mark, rest: String(repeating: " ", count: mark.utf8.count)))
    case .paragraph(let isTight): begin(isTight: isTight)
    case .heading: begin(isTight: false)
    case .link(let address): links.append((SafeURL(address), out.endIndex))
    case .emphasis, .strong: break
    }
  }

  private mutating func leave(_ container: MarkdownStep.Container) {
    switch container {
    case .quote, .item: indents.removeLast()
    case .list:
      lists.removeLast()
      if lists.isEmpty { wantsBlankLine = true }
    case .link:
      guard let (url, start) = links.popLast(), let url else { return }
      let said = out[start...]
      if said.isEmpty {
        out += url.text
      } else if !said.utf8.elementsEqual(url.text.utf8), !said.utf8.elementsEqual(url.target.utf8) {
        out += " (\(url.text))"
      }
    case .paragraph, .heading, .emphasis, .strong: break
    }
  }

  private mutating func begin(isTight: Bool) {
    if !out.isEmpty {
      if !isTight || wantsBlankLine {
        out += "\n"
        for indent in indents where indent.mark == nil && indent.rest == "> " { out += ">" }
      }
      out += "\n"
    }
    wantsBlankLine = false
    for index in indents.indices {
      out += indents[index].mark ?? indents[index].rest
      indents[index].mark = nil
    }
  }

  private mutating func newLine() {
    out += "\n"
    for indent in indents { out += indent.rest }
  }

  private mutating func lines(_ text: String) {
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in (lines.last?.isEmpty == true ? lines.dropLast() : lines[...]).enumerated() {
      if index > 0 { newLine() }
      out += String(decoding: Array(line), as: UTF8.self)
    }
  }
}
