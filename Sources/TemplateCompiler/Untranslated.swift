import HTML

/// What a catalogue lacks, as entries of a `.po` file that a translator fills in.
struct Untranslated {
  /// In the order of the files, each once: the words of the templates, then the sentences of the Swift sources.
  let sentences: [Sentence]

  init(_ catalogue: Catalogue, _ sources: [Source]) {
    let templates = Compilation(sources.filter { $0.name.hasSuffix(".html") })
    var all = templates.words.keys.map { key in
      let parts = key.split(separator: "\u{4}", maxSplits: 1)
      return Sentence(source: String(parts.last ?? ""), plural: nil, context: parts.count == 2 ? String(parts[0]) : nil)
    }
    for source in sources where source.name.hasSuffix(".swift") { all += SwiftWords(source.bytes ?? []).sentences }
    var seen: Set<String> = []
    sentences = all.filter { catalogue.entries[$0.key] == nil && seen.insert($0.key).inserted }
  }

  var po: String {
    sentences.map { sentence in
      var lines = sentence.context.map { ["msgctxt \(Self.quoted($0))"] } ?? []
      lines.append("msgid \(Self.quoted(sentence.source))")
      if let plural = sentence.plural {
        lines += ["msgid_plural \(Self.quoted(plural))", "msgstr[0] \"\"", "msgstr[1] \"\"", ""]
      } else {
        lines += ["msgstr \"\"", ""]
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String {
    let escapes = [("\\", "\\\\"), ("\"", "\\\""), ("\n", "\\n"), ("\t", "\\t")]
    return "\"" + escapes.reduce(text) { $0.replacing($1.0, with: $1.1) } + "\""
  }
}
