import Domain
import HTML

/// The arguments of a call, whatever a model made up. Each is read by its type; all complaints are kept.
struct ToolArguments {
  private let object: JSONValue
  private let words: Words
  private(set) var complaints: [String] = []
  private var read: Set<String> = []

  /// What all of them may have together, in bytes.
  static let longest = 32_768

  /// - Returns: nil where they are no object, or too long: `complaint` says which.
  init?(_ bytes: [UInt8], _ words: Words, complaint: inout String) {
    if bytes.count > ToolArguments.longest {
      complaint = words("The arguments are too long.")
      return nil
    }
    let isEmpty = bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard let value = JSONValue(isEmpty ? Array("{}".utf8) : bytes), value.isObject else {
      complaint = words("The arguments are no JSON object.")
      return nil
    }
    (object, self.words) = (value, words)
  }

  private mutating func value(_ name: String) -> JSONValue? {
    read.insert(name)
    return object[name]
  }

  mutating func complain(_ name: String, _ text: String) { complaints.append("\(name): \(text)") }

  /// A text on one line; "" where it is missing. Numbers are taken as they are written.
  mutating func line(_ name: String, most: Int, isRequired: Bool = false) -> String {
    guard let value = value(name) else {
      if isRequired { complain(name, words("Fill this in.")) }
      return ""
    }
    guard let text = value.text ?? value.number else {
      complain(name, words("This has to be a text."))
      return ""
    }
    let scalars = String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 })
    let line = ToolArguments.trimmed(String(scalars))
    if line.unicodeScalars.count > most { complain(name, words("This is too long: at most {n} characters.", ["n": String(most)])) }
    if isRequired, line.utf8.isEmpty { complain(name, words("Fill this in.")) }
    return line
  }

  /// A text with its lines, without controls but those.
  mutating func text(_ name: String, bytes most: Int) -> String {
    guard let value = value(name) else { return "" }
    guard let text = value.text else {
      complain(name, words("This has to be a text."))
      return ""
    }
    if text.utf8.count > most { complain(name, words("This is too long: at most {n} bytes fit.", ["n": String(most)])) }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 == "\n" || $0.properties.generalCategory != .control }))
  }

  /// A whole number, written as one or as a text of digits; nil: it is missing, or none.
  mutating func integer(_ name: String, _ range: ClosedRange<Int>, isRequired: Bool = false) -> Int? {
    guard let value = value(name) else {
      if isRequired { complain(name, words("Fill this in.")) }
      return nil
    }
    guard let number = (value.number ?? value.text).flatMap({ Int($0) }), range.contains(number) else {
      complain(
        name, words("Give a whole number from {low} to {high}.", ["low": String(range.lowerBound), "high": String(range.upperBound)]))
      return nil
    }
    return number
  }

  /// A wish that is cut to what is given: whoever wants 10,000 gets the most.
  mutating func count(_ name: String, most: Int) -> Int {
    guard let number = value(name).flatMap({ $0.number ?? $0.text }).flatMap({ Int($0) }) else { return most }
    return min(max(number, 1), most)
  }

  /// A word or a truth as it is written; "" where it is missing.
  mutating func word(_ name: String) -> String {
    guard let value = value(name) else { return "" }
    return value.bool.map { $0 ? "true" : "" } ?? value.text ?? value.number ?? ""
  }

  /// A share from 0 to 1, in hundredths.
  mutating func hundredths(_ name: String, standard: Int) -> Int {
    guard let value = value(name) else { return standard }
    guard let number = value.number.flatMap({ Double($0) }), (0...1).contains(number) else {
      complain(name, words("Give a number from 0 to 1."))
      return standard
    }
    return Int(exactly: (number * 100).rounded()) ?? standard
  }

  /// Texts of a list.
  mutating func list(_ name: String, most: Int) -> [String] {
    guard let value = value(name) else { return [] }
    let texts = value.isArray ? value.elements.map { $0.text } : [value.text]
    guard texts.count <= most, texts.allSatisfy({ $0.map { $0.utf8.count <= 200 } ?? false }) else {
      complain(name, words("This has to be a list of texts."))
      return []
    }
    return texts.compactMap(\.self)
  }

  /// Fields of a form, as an object of texts.
  mutating func fields(_ name: String) -> [(name: String, value: String)] {
    guard let value = value(name), value.isObject, value.members.count <= 40 else {
      complain(name, words("This has to be an object of fields."))
      return []
    }
    return value.members.compactMap { member in
      let text = member.value.text ?? member.value.number ?? member.value.bool.map { $0 ? "on" : "" }
      if text == nil { complain(member.name, words("This has to be a text.")) }
      return text.map { (name: member.name, value: $0) }
    }
  }

  /// Names that nothing asked for, shortened: they mean nothing to this tool.
  var ignored: [String] {
    object.members.map(\.name).filter { !read.contains($0) }.prefix(10).map { name in
      String(String.UnicodeScalarView(name.unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(40)))
    }
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}
