import Testing

@testable import TemplateCompiler

/// The generated Swift without the directives, trimmed: what a person would read.
func compiled(_ template: String, partials: [String] = [], icons: Icons? = nil) throws -> [String] {
  var words = WordTable()
  return try swift(template, partials: partials, icons: icons, &words).split(separator: "\n").map { $0.drop { $0 == " " }.description }
    .filter { !$0.hasPrefix("#sourceLocation") }
}

/// The generated Swift of `t.html`.
func swift(_ template: String, path: String = "t.html", partials: [String] = [], icons: Icons? = nil, _ words: inout WordTable) throws
  -> String
{
  do throws(Refusal) {
    var known: [String: Partial] = [:]
    for text in partials {
      guard case .partial(let partial) = try TemplateFile(Array(text.utf8)) else { throw Refusal(1, "not a partial: \(text)") }
      known[partial.name] = partial
    }
    guard case .view(let type, let isMail, let lexer) = try TemplateFile(Array(template.utf8)) else { throw Refusal(1, "not a view") }
    var parser = Parser(lexer, known)
    return try Generator.swift(
      for: TemplateSource(type: type, isMail: isMail, nodes: try parser.nodes()), path: path, words: &words, icons: icons)
  } catch {
    throw Diagnostic(path: path, line: error.line, reason: error.reason)
  }
}

/// The statements inside `render`.
func statements(_ template: String, partials: [String] = [], icons: Icons? = nil) throws -> [String] {
  Array(try compiled("{{! Page }}\n" + template, partials: partials, icons: icons).dropFirst(3).dropLast(2))
}

/// What the page reads, with the statements between: a literal as it is, `‹x›` for others.
func page(_ template: String, partials: [String] = []) throws -> String {
  try statements(template, partials: partials).map { line in
    guard line.hasPrefix("__html.literal(\""), line.hasSuffix("\")") else { return "‹\(line)›" }
    return String(line.dropFirst(16).dropLast(2)).replacing("\\n", with: "\n").replacing("\\\"", with: "\"").replacing("\\u{d}", with: "\r")
  }.joined()
}

/// The diagnostic that `template` gets, nil when it compiles.
func refusal(_ template: String, partials: [String] = [], icons: Icons? = nil) -> Diagnostic? {
  do {
    _ = try compiled(template, partials: partials, icons: icons)
    return nil
  } catch {
    return error as? Diagnostic
  }
}
