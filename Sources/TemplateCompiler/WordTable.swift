import HTML

/// The fixed words of all templates, each with its number: `{{_ "Approve"}}` becomes `html.word(17)`, an array look-up.
struct WordTable {
  private(set) var keys: [String] = []
  private var numbers: [String: Int] = [:]
  /// How many pieces of all templates are rendered once a page: `{{#once}}`. Each has a number, too.
  var places = 0

  mutating func number(of source: [UInt8], context: [UInt8]?) -> Int {
    let key = Words.key(String(decoding: source, as: UTF8.self), context.map { String(decoding: $0, as: UTF8.self) })
    if let number = numbers[key] { return number }
    numbers[key] = keys.count
    keys.append(key)
    return keys.count - 1
  }

  /// The table and the catalogues as Swift, so that the program needs no folder of templates.
  func swift(_ catalogues: [(language: String, po: String)]) -> String {
    let languages = ["en"] + catalogues.map(\.language)
    var source = SwiftSource(path: "TemplateWords.swift")
    source.statement("import HTML\n")
    source.open("extension HTML.Words {")
    source.statement("/// The languages that the site speaks, English first.")
    source.statement("static let languages: [Swift.String] = [\(languages.map { SwiftSource.quoted($0.utf8) }.joined(separator: ", "))]\n")
    source.statement("/// The words of `language`, or of English when it has no catalogue. Parsed at first use.")
    source.open("static func of(_ language: Swift.String) -> HTML.Words {")
    source.open("switch language {")
    for (index, catalogue) in catalogues.enumerated() {
      source.statement("case \(SwiftSource.quoted(catalogue.language.utf8)): words\(index)")
    }
    source.statement("default: english")
    source.close()
    source.close("}\n")
    source.statement("static let english = HTML.Words(language: \"en\", fixed: fixed)")
    for (index, catalogue) in catalogues.enumerated() {
      let (language, po) = (SwiftSource.quoted(catalogue.language.utf8), SwiftSource.quoted(catalogue.po.utf8))
      source.statement("private static let words\(index) = HTML.Words(language: \(language), po: \(po), fixed: fixed)")
    }
    source.open("private static let fixed: [Swift.String] = [")
    for key in keys { source.statement(SwiftSource.quoted(key.utf8) + ",") }
    source.close("]")
    source.close()
    return source.text
  }
}
