import Domain
import HTML

/// What is wrong with a form, by field: everything at once, in the person's language.
public struct FormErrors: Error, Equatable, Sendable {
  /// The complaints in the order the fields were read.
  public private(set) var complaints: [(field: String, text: String)] = []

  /// No complaint.
  public init() {}

  /// One complaint.
  public init(_ field: String, _ text: String) { complaints = [(field, text)] }

  /// The complaint about a field, the first when there are several.
  public subscript(field: String) -> String? { complaints.first { $0.field == field }?.text }

  /// Whether there is nothing to complain about.
  public var isEmpty: Bool { complaints.isEmpty }

  /// Adds a complaint; a field is complained about once.
  public mutating func add(_ field: String, _ text: String) {
    if self[field] == nil { complaints.append((field, text)) }
  }

  public static func == (a: FormErrors, b: FormErrors) -> Bool {
    a.complaints.count == b.complaints.count && zip(a.complaints, b.complaints).allSatisfy { $0 == $1 }
  }
}

/// Reads a form field by field, collecting every complaint. Each function answers something usable even when it complains, so that the
/// rest can still be read; `finish` then throws.
public struct FormReader {
  /// What is read.
  public let form: Form
  /// The language of the complaints.
  public let words: Words
  /// What was found wrong so far.
  public private(set) var errors = FormErrors()

  /// - Parameter words: the reader's language.
  public init(_ form: Form, _ words: Words) {
    self.form = form
    self.words = words
  }

  /// Notes a complaint about a field.
  public mutating func complain(_ field: String, _ text: String) { errors.add(field, text) }

  /// Reads a form that stands within this one: its complaints join ours, in its place.
  ///
  /// - Parameters:
  ///   - name: what a field of the inner form is called in ours.
  ///   - read: throws what is wrong with the inner form.
  /// - Returns: nil when something was.
  public mutating func nest<T>(naming name: (String) -> String = { $0 }, _ read: () throws(FormErrors) -> T) -> T? {
    do throws(FormErrors) {
      return try read()
    } catch {
      for complaint in error.complaints { complain(name(complaint.field), complaint.text) }
      return nil
    }
  }

  /// - Throws: all complaints, when there is one.
  public func finish() throws(FormErrors) {
    if !errors.isEmpty { throw errors }
  }

  /// What was read.
  ///
  /// - Parameter value: nil only where something was complained about.
  /// - Throws: all complaints, when there is one.
  public func finish<T>(_ value: T?) throws(FormErrors) -> T {
    guard errors.isEmpty, let value else { throw errors }
    return value
  }

  /// The text of a field, "" when it was not sent; complains about bytes that are not text.
  public mutating func raw(_ name: String) -> String { read(name, form.first(name)) }

  /// The first value of a field that is not empty: a form may hold a field to type into and buttons of the same name, and a browser then sends
  /// both.
  public mutating func filled(_ name: String) -> String { read(name, form.firstFilled(name)) }

  private mutating func read(_ name: String, _ value: Form.Value?) -> String {
    switch value {
    case .text(let text): return text
    case nil: return ""
    case .unreadable:
      complain(name, words("This holds characters that cannot be stored. Type it again."))
      return ""
    }
  }

  /// One line of text without blanks at its ends. Lengths count Unicode scalars, as the database does.
  public mutating func line(_ name: String, _ lengths: ClosedRange<Int>) -> String {
    let text = trimmed(raw(name))
    if text.unicodeScalars.contains(where: { $0.value < 32 || (127...159).contains($0.value) || $0.value == 0x2028 || $0.value == 0x2029 })
    {
      complain(name, words("Keep this to one line, without control characters."))
    }
    let isBlank = !text.unicodeScalars.contains(where: FormReader.shows)
    checkLength(name, isBlank ? 0 : text.unicodeScalars.count, lengths)
    return isBlank ? "" : text
  }

  /// Text of several lines; line ends become LF (browsers send CR LF).
  ///
  /// - Parameter bytes: how long it may be, in bytes of UTF-8.
  public mutating func text(_ name: String, bytes: Int) -> String {
    var out = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in raw(name).unicodeScalars {
      if !(afterReturn && scalar == "\n") { out.append(scalar == "\r" ? "\n" : scalar) }
      afterReturn = scalar == "\r"
    }
    let text = String(out)
    if text.utf8.count > bytes {
      complain(name, words("This is too long: at most {n} bytes fit.", ["n": String(bytes)]))
    }
    return text
  }

  /// The same, and empty where nothing but blanks and line ends was typed: nobody means those.
  ///
  /// - Parameter bytes: how long it may be, in bytes of UTF-8.
  public mutating func notes(_ name: String, bytes: Int) -> String {
    let text = self.text(name, bytes: bytes)
    return trimmed(text).utf8.isEmpty ? "" : text
  }

  /// One of a fixed set of words; not sent or empty means `fallback`.
  public mutating func choice<T: RawRepresentable & CaseIterable>(_ name: String, _ fallback: T) -> T where T.RawValue == String {
    let text = raw(name)
    if text.utf8.isEmpty { return fallback }
    if let value = T.allCases.first(where: { $0.rawValue.utf8.elementsEqual(text.utf8) }) { return value }
    complain(name, words("Choose one of the values offered."))
    return fallback
  }

  /// A whole number; not sent or empty means `fallback`, and nil as `fallback` means that it must be there.
  public mutating func integer(_ name: String, _ range: ClosedRange<Int>, _ fallback: Int?) -> Int {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty, let fallback { return fallback }
    if let number = FormReader.integer(text), range.contains(number) { return number }
    complain(
      name, words("Give a whole number from {low} to {high}.", ["low": String(range.lowerBound), "high": String(range.upperBound)]))
    return fallback ?? range.lowerBound
  }

  /// Whether a box was ticked. Browsers send `on`; anything else that is sent counts as ticked too, but for the words that say no.
  public mutating func flag(_ name: String) -> Bool {
    !["", "off", "false", "0", "no"].contains(raw(name))
  }

  /// The version that an editing form carries. Missing or not a number is a complaint.
  public mutating func version() -> Int {
    if let number = FormReader.integer(raw("version")), (0...Int(Int32.max)).contains(number) { return number }
    complain("version", words("This form is incomplete. Reload the page and try again."))
    return 0
  }

  private mutating func checkLength(_ name: String, _ length: Int, _ lengths: ClosedRange<Int>) {
    if length < lengths.lowerBound, length == 0 {
      complain(name, words("Fill this in."))
    } else if length < lengths.lowerBound {
      complain(name, words("This is too short: at least {n} characters.", ["n": String(lengths.lowerBound)]))
    } else if length > lengths.upperBound {
      complain(name, words("This is too long: at most {n} characters.", ["n": String(lengths.upperBound)]))
    }
  }

  /// Whether anything of a text can be seen.
  public func isSeen(_ text: String) -> Bool { text.unicodeScalars.contains(where: FormReader.shows) }

  /// Whether a character is seen, alone: blanks of any width and what only guides others are not.
  private static func shows(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate: false
    default: !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// ASCII digits with an optional sign, within Int; nothing else.
  static func integer(_ text: String) -> Int? {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard (1...19).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(text)
  }

  /// Without ASCII blanks, tabs and line ends at the ends. By bytes: CR LF is one Character.
  public func trimmed(_ text: String) -> String {
    let isBlank: (UInt8) -> Bool = { $0 == 32 || (9...13).contains($0) }
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
