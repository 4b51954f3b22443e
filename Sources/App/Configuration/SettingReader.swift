import Glibc

/// Turns the given texts into typed values and gathers every mistake on the way.
///
/// Each method answers with a usable value even after a mistake, so that reading goes on and all mistakes are found;
/// ``Configuration`` is not made when there is one.
struct SettingReader {
  let variables: Variables
  private(set) var mistakes: [Mistake]

  init(_ variables: Variables) {
    self.variables = variables
    mistakes = variables.mistakes
  }

  mutating func complain(_ setting: Setting, _ words: String) {
    mistakes.append(Mistake(setting.name, words))
  }

  func text(_ setting: Setting) -> String? { variables[setting] }

  /// A text that must be given.
  mutating func required(_ setting: Setting) -> String? {
    if let text = variables[setting] { return text }
    if !variables.unreadable.contains(setting) { complain(setting, "is missing. It is \(setting.words).") }
    return nil
  }

  /// A whole number within `range`, which includes both ends.
  mutating func number(_ setting: Setting, _ range: ClosedRange<Int>, standard: Int) -> Int {
    guard let text = variables[setting] else { return standard }
    guard let number = Int(text), range.contains(number) else {
      complain(setting, "is “\(text)”; it must be a whole number from \(range.lowerBound) to \(range.upperBound).")
      return standard
    }
    return number
  }

  /// One of a few words, as they are spelt.
  mutating func choice<Value>(_ setting: Setting, _ choices: [(String, Value)], standard: Value) -> Value {
    guard let text = variables[setting] else { return standard }
    if let (_, value) = choices.first(where: { $0.0.utf8.elementsEqual(text.utf8) }) { return value }
    let words = choices.map { "“\($0.0)”" }.joined(separator: ", ")
    complain(setting, "is “\(text)”; it must be one of \(words).")
    return standard
  }

  mutating func isOn(_ setting: Setting, standard: Bool) -> Bool {
    choice(setting, [("on", true), ("off", false)], standard: standard)
  }

  /// An absolute path, so that it means the same for every process whatever its working folder.
  mutating func path(_ setting: Setting, standard: String?) -> String? {
    guard let text = variables[setting] else { return standard }
    if !text.utf8.starts(with: "/".utf8) { complain(setting, "is “\(text)”; write the whole path, beginning with “/”.") }
    return text
  }

  /// A parsed value whose type says itself what is wrong. Secrets are not repeated in complaints: the type takes care of that.
  mutating func parsed<Value>(_ setting: Setting, _ text: String?, _ parse: (String) throws(Mistake) -> Value) -> Value? {
    guard let text else { return nil }
    do throws(Mistake) {
      return try parse(text)
    } catch {
      complain(setting, error.words)
      return nil
    }
  }
}
