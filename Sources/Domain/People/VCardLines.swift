/// The lines of a vCard file with those that go on in them (RFC 6350, 3.2; RFC 2425; vCard 2.1 as Outlook and old phones write it). One pass; of what is
/// left out nothing is kept, so that a photo of megabytes costs no more than its bytes.
struct VCardLines {
  struct Line {
    /// From 1.
    let number: Int
    let text: ArraySlice<UInt8>
    /// A picture, a sound or a key: only its head is there.
    let isLeftOut: Bool
    /// Longer than anything that is kept.
    let isCut: Bool
  }

  /// Bytes of one line with what goes on in it.
  static let longest = 262_144

  private let text: [UInt8]
  private var place = 0
  private var number = 1

  init(_ text: [UInt8]) { self.text = text }

  /// Nil at the end. Empty lines are passed over.
  mutating func next() -> Line? {
    while place < text.count, text[place] == 0x0A || text[place] == 0x0D { step() }
    guard place < text.count else { return nil }
    let start = number
    let first = piece()
    let head = first.prefix { $0 != 0x3A }
    let isQuoted = head.place(of: "quoted-printable") != nil
    let isLeftOut = VCardLines.isPicture(head)
    let isBase64 = head.place(of: "base64") != nil || head.place(of: "encoding=b") != nil
    var (whole, isCut): ([UInt8], Bool) = ([], false)
    var last = first
    var isFolded = false
    while true {
      // A soft line break: the next line goes on, whatever it begins with.
      let isSoft = isQuoted && last.last == 0x3D && place < text.count
      guard isSoft || goesOn || isBase64 && isBare() else { break }
      if !isFolded, !isLeftOut { whole = Array(first) }
      isFolded = true
      if goesOn, !isSoft { place += 1 }
      last = piece()
      if isLeftOut { continue }
      if isSoft { whole.append(0x0A) }
      if whole.count + last.count <= VCardLines.longest { whole += last } else { isCut = true }
    }
    if isLeftOut { return Line(number: start, text: head, isLeftOut: true, isCut: false) }
    return Line(number: start, text: isFolded ? whole[...] : first, isLeftOut: false, isCut: isCut || first.count > VCardLines.longest)
  }

  private var goesOn: Bool { place < text.count && (text[place] == 0x20 || text[place] == 0x09) }

  /// Whether a line of Base64 follows that nobody has put in.
  private func isBare() -> Bool {
    guard place < text.count else { return false }
    var end = place
    while end < text.count, text[end] != 0x0A, text[end] != 0x0D {
      let byte = text[end]
      let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || decimal(byte) != nil
      guard isLetter || byte == 0x2B || byte == 0x2F || byte == 0x3D else { return false }
      end += 1
    }
    return end > place
  }

  /// Up to the end of the line, which is passed.
  private mutating func piece() -> ArraySlice<UInt8> {
    let start = place
    while place < text.count, text[place] != 0x0A, text[place] != 0x0D { place += 1 }
    let found = text[start..<place]
    if place < text.count { step() }
    return found
  }

  /// Passes the end of a line; CR LF is one.
  private mutating func step() {
    place += text[place] == 0x0D && place + 1 < text.count && text[place + 1] == 0x0A ? 2 : 1
    number += 1
  }

  private static func isPicture(_ head: ArraySlice<UInt8>) -> Bool {
    var name = head.prefix { $0 != 0x3B }
    if let point = name.lastIndex(of: 0x2E) { name = name[(point + 1)...] }
    return name.isWord("photo") || name.isWord("logo") || name.isWord("sound") || name.isWord("key")
  }
}
