extension HTMLContext {
  /// Moves over one byte of the template's own HTML.
  mutating func feed(_ byte: UInt8) throws(Misplaced) {
    switch state {
    case .text: if byte == 0x3C { state = .opening([]) }
    case .opening(let read): try open(read, byte)
    case .tagName: try feedTagName(byte)
    case .attributes: try feedAttributes(byte)
    case .separator:
      guard isBlank(byte) || byte == 0x3E || byte == 0x2F else { throw Misplaced("a space is missing here, inside <\(tag)>") }
      try feedAttributes(byte)
    case .attributeName, .afterName: try feedAttributeName(byte)
    case .beforeValue: try feedBeforeValue(byte)
    case .value(let quote): try feedValue(byte, quote)
    case .unquoted: try feedUnquoted(byte)
    case .selfClosing:
      guard byte == 0x3E else { throw Misplaced("/ inside <\(tag)>, and no > behind it") }
      endTag()
    case .comment(let dashes):
      if byte == 0x21, dashes == 2 { throw Misplaced("--! ends a comment in a browser: write -->") }
      if byte == 0x3E, dashes == 2 { state = .text } else { state = .comment(dashes: byte == 0x2D ? min(2, dashes + 1) : 0) }
    case .doctype: if byte == 0x3E { state = .text }
    case .raw(let pending): try feedRaw(pending, byte)
    }
  }

  /// Refuses a template that ends in the middle of something.
  func end() throws(Misplaced) {
    if state != .text { throw Misplaced("the template ends inside \(description)") }
  }

  private mutating func open(_ read: [UInt8], _ byte: UInt8) throws(Misplaced) {
    let so = read + [byte | (isLetter(byte) ? 0x20 : 0)]
    if isLetter(byte), read.isEmpty || read == [0x2F] {
      (state, tag, isClosingTag) = (.tagName, "", !read.isEmpty)
      try feedTagName(byte)
    } else if so == Array("!--".utf8) {
      // `<!-->` and `<!--->` are whole.
      state = .comment(dashes: 2)
    } else if so == Array("!doctype".utf8) {
      state = .doctype
    } else if so == [0x2F] || Array("!--".utf8).starts(with: so) || Array("!doctype".utf8).starts(with: so) {
      state = .opening(so)
    } else {
      throw Misplaced("< begins no tag here: write &lt;")
    }
  }

  private mutating func feedTagName(_ byte: UInt8) throws(Misplaced) {
    if isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x2D {
      tag.unicodeScalars.append(Unicode.Scalar(isLetter(byte) ? byte | 0x20 : byte))
    } else if isBlank(byte) || byte == 0x3E || byte == 0x2F {
      try endName()
      try feedAttributes(byte)
    } else {
      throw Misplaced("an unexpected character in the name of the tag <\(tag)")
    }
  }

  private mutating func feedAttributes(_ byte: UInt8) throws(Misplaced) {
    switch byte {
    case _ where isBlank(byte): state = .attributes
    case 0x3E: endTag()
    case 0x2F: state = .selfClosing
    case 0x22, 0x27, 0x3C, 0x3D: throw Misplaced("an unexpected character inside <\(tag)>: is a quote missing?")
    default:
      if isClosingTag { throw Misplaced("a closing tag has no attributes") }
      (state, attribute, address) = (.attributeName, "", nil)
      try feedAttributeName(byte)
    }
  }

  private mutating func feedAttributeName(_ byte: UInt8) throws(Misplaced) {
    switch byte {
    case 0x3D:
      try endName()
      state = .beforeValue
    case _ where isBlank(byte): state = .afterName
    case 0x3E, 0x2F:
      try endName()
      try feedAttributes(byte)
    case 0x22, 0x27, 0x3C: throw Misplaced("an unexpected character in the attribute \(attribute)")
    case 0x21...0x7E:
      if state == .afterName {
        try endName()
        return try feedAttributes(byte)
      }
      attribute.unicodeScalars.append(Unicode.Scalar(isLetter(byte) ? byte | 0x20 : byte))
    default: throw Misplaced("an attribute's name is ASCII")
    }
  }

  private mutating func feedBeforeValue(_ byte: UInt8) throws(Misplaced) {
    address = HTMLNames.addresses.contains(attribute) ? .start : nil
    if isBlank(byte) { return }
    if byte == 0x22 || byte == 0x27 {
      state = .value(quote: byte)
    } else {
      state = .unquoted
      guard byte != 0x3E else { throw Misplaced("\(attribute)= has no value") }
      try feedUnquoted(byte)
    }
  }

  private mutating func feedValue(_ byte: UInt8, _ quote: UInt8) throws(Misplaced) {
    if byte == quote {
      try endAddress()
      (state, attribute) = (.separator, "")
    } else if byte == 0x3C {
      throw Misplaced("< in the value of \(attribute): is a quote missing?")
    } else {
      try feedAddress(byte)
    }
  }

  private mutating func feedUnquoted(_ byte: UInt8) throws(Misplaced) {
    if isBlank(byte) || byte == 0x3E {
      try endName()
      return try feedAttributes(byte)
    }
    guard ![0x22, 0x27, 0x3C, 0x3D, 0x60].contains(byte) else { throw Misplaced("the value of \(attribute) needs quotes around it") }
    try feedAddress(byte)
  }

  private mutating func feedAddress(_ byte: UInt8) throws(Misplaced) {
    switch address {
    case .start: address = byte == 0x23 ? .fragment : .literal([byte])
    case .literal(let read):
      if byte == 0x23 {
        try endAddress()
        address = .fragment
      } else {
        address = .literal(read + [byte])
      }
    case .value, .mixed:
      guard byte == 0x23 else { throw Misplaced("only a #fragment may follow the value of \(attribute): build the address in Swift") }
      address = .fragment
    case .fragment, nil: break
    }
  }

  private mutating func endAddress() throws(Misplaced) {
    if case .literal(let read) = address, let objection = HTMLNames.objection(to: read) {
      throw Misplaced("\(attribute): \(objection)")
    }
    address = nil
  }

  /// A tag's or an attribute's name, or an unquoted value, is complete.
  mutating func endName() throws(Misplaced) {
    switch state {
    case .tagName:
      if HTMLNames.refusedTags.contains(tag), !isStyleOfMail(tag) { throw Misplaced("<\(tag)> has no place in a template") }
    case .attributeName, .afterName:
      if attribute.utf8.starts(with: "on".utf8) { throw Misplaced("the attribute \(attribute) is an inline script") }
      if HTMLNames.refusedAttributes.contains(attribute), !isStyleOfMail(attribute), !isOrderOfPage {
        throw Misplaced("the attribute \(attribute) has no place in a template")
      }
    case .unquoted:
      try endAddress()
      attribute = ""
    default: break
    }
  }

  /// `<meta http-equiv="refresh">`, whose values are constant (``interpolate()``).
  private var isOrderOfPage: Bool { tag == "meta" && attribute == "http-equiv" }

  private func isStyleOfMail(_ name: String) -> Bool { isMail && name == "style" }

  private mutating func endTag() {
    (attribute, address) = ("", nil)
    if !isClosingTag, HTMLNames.raw.contains(tag) || tag == "style" {
      state = .raw([])
    } else {
      (state, tag, isClosingTag) = (.text, "", false)
    }
  }

  private mutating func feedRaw(_ pending: [UInt8], _ byte: UInt8) throws(Misplaced) {
    let closing = Array("</\(tag)".utf8)
    let read = pending + [isLetter(byte) ? byte | 0x20 : byte]
    if pending == closing, isBlank(byte) || byte == 0x3E || byte == 0x2F {
      (state, isClosingTag) = (.attributes, true)
      try feedAttributes(byte)
    } else if closing.starts(with: read) {
      state = .raw(read)
    } else if HTMLNames.rcdata.contains(tag) || tag == "style" {
      state = .raw(byte == 0x3C ? [byte] : [])
    } else if isBlank(byte), pending.isEmpty {
      state = .raw([])
    } else {
      throw Misplaced("<\(tag)> must be empty: the page's policy allows no inline content there")
    }
  }
}

func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(byte) }

private func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
