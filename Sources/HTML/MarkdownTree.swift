import CMark

/// One step of a walk through a Markdown document: a leaf, or one end of a node that holds others.
enum MarkdownStep {
  enum Container: Equatable {
    case quote, item, emphasis, strong
    case list(start: Int?)
    /// Tight: an item's text, which stands without blank lines around it.
    case paragraph(isTight: Bool)
    case heading(level: Int)
    /// Of an image too. The address is as written, entities and backslashes resolved; not checked.
    case link(address: String)

    /// Whether it counts as a level of nesting.
    var isLevel: Bool {
      switch self {
      case .quote, .item, .emphasis, .strong, .link: true
      case .list, .paragraph, .heading: false
      }
    }
  }

  case enter(Container)
  case leave(Container)
  case text(String)
  case code(String)
  case codeBlock(String)
  /// Raw HTML within a line, and as a block.
  case markup(String)
  case markupBlock(String)
  case softBreak, lineBreak, rule
}

/// The one place that knows cmark. It walks with cmark's iterator, not with recursion: a source of nested brackets or
/// quotes may be as deep as it is long.
enum MarkdownTree {
  /// - Parameter source: one that ``MarkdownWork`` lets pass.
  /// - Returns: false where it is nested deeper than ``MarkdownWork/deepest``: the walk has ended there.
  static func walk(_ source: [UInt8], _ visit: (MarkdownStep) -> Void) -> Bool {
    let document = source.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_VALIDATE_UTF8) }
    }
    guard let document, let iterator = cmark_iter_new(document) else { return false }
    defer {
      cmark_iter_free(iterator)
      cmark_node_free(document)
    }
    var depth = 0
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return true }
      if let container = container(node) {
        if container.isLevel { depth += event == CMARK_EVENT_ENTER ? 1 : -1 }
        if depth > MarkdownWork.deepest { return false }
        visit(event == CMARK_EVENT_ENTER ? .enter(container) : .leave(container))
      } else if let leaf = leaf(node) {
        visit(leaf)
      }
    }
  }

  private static func container(_ node: OpaquePointer) -> MarkdownStep.Container? {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_BLOCK_QUOTE: .quote
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_EMPH: .emphasis
    case CMARK_NODE_STRONG: .strong
    case CMARK_NODE_LIST:
      .list(start: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(node)) : nil)
    case CMARK_NODE_PARAGRAPH: .paragraph(isTight: isTight(node))
    case CMARK_NODE_HEADING: .heading(level: Int(cmark_node_get_heading_level(node)))
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE: .link(address: string(cmark_node_get_url(node)))
    default: nil
    }
  }

  private static func leaf(_ node: OpaquePointer) -> MarkdownStep? {
    let literal = string(cmark_node_get_literal(node))
    return switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT: .text(literal)
    case CMARK_NODE_CODE: .code(literal)
    case CMARK_NODE_CODE_BLOCK: .codeBlock(literal)
    case CMARK_NODE_HTML_INLINE: .markup(literal)
    case CMARK_NODE_HTML_BLOCK: .markupBlock(literal)
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_LINEBREAK: .lineBreak
    case CMARK_NODE_THEMATIC_BREAK: .rule
    default: nil  // the document itself; custom nodes, which no source makes
    }
  }

  private static func isTight(_ paragraph: OpaquePointer) -> Bool {
    guard let item = cmark_node_parent(paragraph), let list = cmark_node_parent(item) else { return false }
    return cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list) != 0
  }

  private static func string(_ text: UnsafePointer<CChar>?) -> String {
    text.map { String(cString: $0) } ?? ""
  }
}
