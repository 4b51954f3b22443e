/// A file of the templates' folder, cut at its braces. What it is stands in its first line.
enum TemplateFile {
  /// `{{! DraftRow }}`: the view of a Swift type; `{{! mail Invitation }}`: one that is mailed.
  case view(type: String, isMail: Bool, Lexer)
  /// `{{! partial complaint id text role? }}`: a piece of markup for others, with its parameters; `{{! mail partial … }}`: for mails.
  case partial(Partial)

  init(_ source: [UInt8]) throws(Refusal) {
    let lexer = try Lexer(source)
    let wanted = Refusal(1, "the first line names the type whose view this is: {{! TypeName }}")
    guard let first = lexer.tags.first, first.line == 1, lexer.html[0].bytes.isEmpty, first.text.first == 0x21 else { throw wanted }
    var name = first.text.dropFirst().trimmed
    let isMail = name.starts(with: "mail ".utf8)
    if isMail { name = name.dropFirst(5).trimmed }
    var reader = TagReader(Lexer.Tag(text: Array(name), line: 1))
    if reader.skip(word: "partial") {
      var partial = try TemplateFile.partial(&reader, lexer)
      partial.isMail = isMail
      self = .partial(partial)
    } else if let initial = name.first, (0x41...0x5A).contains(initial), name.allSatisfy({ isNameByte($0) || $0 == 0x2E }) {
      self = .view(type: String(decoding: name, as: UTF8.self), isMail: isMail, lexer)
    } else {
      throw wanted
    }
  }

  private static func partial(_ reader: inout TagReader, _ lexer: Lexer) throws(Refusal) -> Partial {
    let name = try reader.word()
    var parameters: [Partial.Parameter] = []
    while !reader.isAtEnd {
      let parameter = Partial.Parameter(name: try reader.word(), isOptional: reader.skip("?"))
      if parameters.contains(where: { $0.name == parameter.name }) { throw Refusal(1, "\(parameter.name) is a parameter already") }
      parameters.append(parameter)
    }
    if parameters.isEmpty { throw Refusal(1, "a partial has parameters: {{> \(name)}} alone is the view of a value") }
    return Partial(name: name, parameters: parameters, lexer: lexer)
  }
}
