/// Where in the HTML the compiler stands: the part of the standard's tokenizer that a careful author needs, and nothing
/// of its error recovery. What a browser would have to mend is refused instead, so the two cannot read a page differently.
struct HTMLContext: Equatable {
  enum State: Equatable {
    case text
    /// After `<`, with what stands between: `!`, `!-`, `/`.
    case opening([UInt8])
    case tagName
    /// Between attributes, after a blank.
    case attributes
    /// Between attributes, where a blank must come first.
    case separator
    case attributeName
    case afterName
    case beforeValue
    case value(quote: UInt8)
    case unquoted
    /// After `/`, which only `>` may follow.
    case selfClosing
    /// With the dashes just passed, up to two.
    case comment(dashes: Int)
    case doctype
    /// Inside an element whose content is not markup, with what has been read of its closing tag.
    case raw([UInt8])
  }

  /// How far the value of `href` and its like has come.
  enum Address: Equatable {
    case start
    /// A constant so far.
    case literal([UInt8])
    /// One `{{value}}` so far.
    case value
    /// Behind a `#`: the address itself is decided.
    case fragment
    /// Different things in the branches of a block.
    case mixed
  }

  /// In a mail, constant styles may stand.
  var isMail = false
  var state = State.text
  /// The tag, or the element that holds raw text; lower case.
  var tag = ""
  var isClosingTag = false
  var attribute = ""
  var address: Address?

  /// What may be written here, if anything: see ``Place``.
  enum Place {
    case text, attribute, address
  }

  /// Decides how a value is written, and moves behind it.
  mutating func interpolate() throws(Misplaced) -> Place {
    switch state {
    case .text: return .text
    case .raw(let pending) where HTMLNames.rcdata.contains(tag):
      if !pending.isEmpty { throw Misplaced("a value right after < inside <\(tag)>") }
      return .attribute
    case .raw: throw Misplaced("a value inside <\(tag)>")
    case .value where attribute == "style": throw Misplaced("a value in a style: styles are constant")
    case .value where tag == "meta": throw Misplaced("a value in <meta>: orders to the browser are constant")
    case .value:
      guard let address else { return .attribute }
      switch address {
      case .start:
        self.address = .value
        return .address
      case .fragment: return .attribute
      default: throw Misplaced("\(attribute) takes one Path or SafeURL and nothing else: build it in Swift")
      }
    case .comment: throw Misplaced("a value inside a comment of the page")
    case .beforeValue, .unquoted: throw Misplaced("the value of \(attribute) needs quotes around it")
    default: throw Misplaced("a value inside a tag, outside a quoted attribute")
    }
  }

  /// At the start and the end of a block's branches: names that the block would cut in two are complete.
  mutating func boundary() throws(Misplaced) {
    switch state {
    case .tagName, .attributeName, .afterName, .unquoted:
      try endName()
      state = .separator
    case .opening, .selfClosing, .beforeValue: throw Misplaced("a block cuts a tag in two here")
    case .raw(let pending) where !pending.isEmpty: throw Misplaced("a block right after < inside <\(tag)>")
    default: break
    }
  }

  /// The one place that two branches lead to, nil when they lead to different ones.
  func merged(with other: HTMLContext) -> HTMLContext? {
    if self == other { return self }
    var (left, right) = (self, other)
    let between: [State] = [.attributes, .separator]
    if between.contains(left.state), between.contains(right.state) {
      (left.state, right.state) = (.separator, .separator)
      (left.attribute, right.attribute) = ("", "")
      (left.address, right.address) = (nil, nil)
    } else if left.address != nil, right.address != nil {
      (left.address, right.address) = (.mixed, .mixed)
    }
    return left == right ? left : nil
  }

  /// In words, for the reasons.
  var description: String {
    switch state {
    case .text: "text"
    case .raw: "<\(tag)>"
    case .comment, .doctype: "a comment"
    case .value: "the value of \(attribute)"
    default: "the tag <\(isClosingTag ? "/" : "")\(tag)>"
    }
  }
}

/// Why something may not stand where it does.
struct Misplaced: Error {
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }
}
