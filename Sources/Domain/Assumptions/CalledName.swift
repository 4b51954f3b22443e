/// Whom a title says is to be called: "Call Ana Souza about the lease", "Ligar para a Ana" (RULES 9.7).
public enum CalledName {
  /// How such titles begin, without accents, in the languages of the product.
  private static let beginnings: [[String]] = [
    ["call"], ["phone"], ["ring"], ["call", "up"], ["ligar", "para"], ["ligar", "pra"], ["ligar", "pro"], ["ligar", "a"],
    ["telefonar", "para"],
    ["telefonar", "pra"],
  ]
  private static let articles: Set<String> = ["a", "o", "as", "os", "the"]
  /// How many words a name has at most.
  private static let longest = 5

  /// The beginnings in lower case for a statement that looks through titles: `call %`.
  public static let patterns = ["call %", "phone %", "ring %", "ligar %", "telefonar %"]

  /// What may be the name, the longest first; none: the title says nobody is to be called.
  ///
  /// - Parameter title: of a task or a reminder.
  public static func candidates(_ title: String) -> [String] {
    let words = words(title)
    let plain = words.map { AssumptionKey.normal($0) }
    var begin = 0
    for opening in beginnings where plain.starts(with: opening) { begin = max(begin, opening.count) }
    if begin == 0 { return [] }
    while begin < words.count, articles.contains(plain[begin]) { begin += 1 }
    let rest = words.dropFirst(begin).prefix(longest)
    if rest.isEmpty { return [] }
    return (1...rest.count).reversed().map { rest.prefix($0).joined(separator: " ") }
  }

  /// Without the marks around them.
  static func words(_ text: String) -> [String] {
    text.unicodeScalars.split { $0.properties.isWhitespace }.compactMap { part in
      let isMark: (Unicode.Scalar) -> Bool = { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
      let inner = part.drop(while: isMark).reversed().drop(while: isMark).reversed()
      return inner.isEmpty ? nil : String(String.UnicodeScalarView(inner))
    }
  }
}
