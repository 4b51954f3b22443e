/// The words of one language: English as it stands in the source, others from a gettext catalogue.
///
/// What a catalogue does not hold comes out as its English source, never empty. The same catalogue serves `{{_ "…"}}` in
/// templates and sentences with values made in Swift. Parsed once, then only read.
public final class Words: Sendable {
  /// The language tag of the page: `en`, `pt-BR`.
  public let language: String
  private let entries: [String: [String]]
  private let fixed: [String]
  /// The words of the templates, escaped, one behind the other, and where each of them ends.
  private let fixedBytes: [UInt8]
  private let fixedEnds: [Int]

  /// - Parameters:
  ///   - po: The text of a `.po` file; empty for English. Lines that cannot be read are passed over: the template compiler
  ///     has refused them when the program was built.
  ///   - fixed: The words of the templates, in the order of their numbers, as ``key(_:_:)`` writes them.
  public init(language: String, po: String = "", fixed: [String] = []) {
    self.language = language
    self.fixed = fixed
    let entries = Catalogue(po).entries
    self.entries = entries
    var bytes: [UInt8] = []
    fixedEnds = fixed.map { key in
      let source = key.utf8.firstIndex(of: 4).map { key[key.utf8.index(after: $0)...] } ?? key[...]
      bytes += Words.escaped(entries[key]?.first ?? String(source))
      return bytes.count
    }
    fixedBytes = bytes
  }

  /// A sentence, with `{name}` replaced by its value: `words("Snoozed until {time}.", ["time": time])`.
  ///
  /// - Parameter context: Tells apart words that are the same in English (`msgctxt`): "May" the month and "may" the verb.
  public func callAsFunction(_ source: String, _ values: KeyValuePairs<String, String> = [:], context: String? = nil) -> String {
    Words.fill(entries[Words.key(source, context)]?.first ?? source, values)
  }

  /// A sentence about a number: `words.count("{n} reminder", "{n} reminders", n)`. `{n}` is the number itself.
  public func count(
    _ one: String, _ many: String, _ n: Int, _ values: KeyValuePairs<String, String> = [:], context: String? = nil
  ) -> String {
    let form = Plural(language).form(of: n)
    let translated = entries[Words.key(one, context)]
    let sentence = translated.flatMap { form < $0.count ? $0[form] : nil } ?? (Plural("en").form(of: n) == 0 ? one : many)
    return Words.fill(sentence, values, n: n)
  }

  /// Whether the catalogue translates `source`.
  public func has(_ source: String, context: String? = nil) -> Bool {
    entries[Words.key(source, context)] != nil
  }

  /// The words of the templates that this catalogue lacks, for a test that expects none.
  public var missing: [String] { fixed.filter { entries[$0] == nil } }

  /// Every source string of the catalogue, as ``key(_:_:)`` writes it, for a test that looks for leftovers.
  public var sources: [String] { entries.keys.sorted() }

  /// Context and source in one string, U+0004 between them, as gettext does.
  public static func key(_ source: String, _ context: String?) -> String {
    context.map { $0 + "\u{4}" + source } ?? source
  }

  /// The length of a fixed word, escaped, in bytes; 0 when there is none of that number.
  func length(of index: Int) -> Int {
    fixedEnds.indices.contains(index) ? fixedEnds[index] - (index == 0 ? 0 : fixedEnds[index - 1]) : 0
  }

  /// Copies the fixed word `index`, of ``length(of:)`` bytes, to `place`.
  func copy(_ index: Int, length: Int, to place: UnsafeMutablePointer<UInt8>) {
    fixedBytes.withUnsafeBufferPointer { bytes in
      if let base = bytes.baseAddress { place.update(from: base + (fixedEnds[index] - length), count: length) }
    }
  }
}

/// Which of a language's plural forms a number takes. The rules are those of the `Plural-Forms` headers gettext suggests.
struct Plural {
  private let zeroIsOne: Bool

  init(_ language: String) {
    zeroIsOne = language == "pt-BR"  // "0 lembrete"; n > 1
  }

  /// 0 for one, 1 for many.
  func form(of n: Int) -> Int {
    zeroIsOne ? (n.magnitude > 1 ? 1 : 0) : (n.magnitude == 1 ? 0 : 1)
  }
}
