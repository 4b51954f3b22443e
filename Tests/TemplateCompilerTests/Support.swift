import Testing

@testable import TemplateCompiler

/// The generated Swift without the directives, trimmed: what a person would read.
func compiled(_ template: String) throws -> [String] {
  var words = WordTable()
  let source = try Parser.template(Array(template.utf8), path: "t.html")
  return try Generator.swift(for: source, path: "t.html", words: &words).split(separator: "\n").map {
    $0.drop { $0 == " " }.description
  }.filter { !$0.hasPrefix("#sourceLocation") }
}

/// The statements inside `render`.
func statements(_ template: String) throws -> [String] {
  Array(try compiled("{{! Page }}\n" + template).dropFirst(3).dropLast(2))
}

/// The diagnostic that `template` gets, nil when it compiles.
func refusal(_ template: String) -> Diagnostic? {
  do {
    _ = try compiled(template)
    return nil
  } catch {
    return error as? Diagnostic
  }
}
