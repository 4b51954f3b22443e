/// A template, read.
struct TemplateSource {
  /// The Swift type it is the view of.
  let type: String
  /// A mail, whose reader knows no style sheet of ours: constant styles stand in it.
  var isMail = false
  let nodes: [Node]
}

/// A piece of markup with parameters, put in place where `{{> name parameter=…}}` asks for it.
struct Partial {
  struct Parameter {
    let name: String
    let isOptional: Bool
  }

  let name: String
  /// Only mails can use it.
  var isMail = false
  let parameters: [Parameter]
  let lexer: Lexer

  /// Whether it goes around something: `{{#> name …}}…{{/name}}`.
  var takesBody: Bool { lexer.tags.contains { $0.text.first == 0x3E && $0.text[1...].trimmed.elementsEqual("@body".utf8) } }
}

/// `agent.name`: a property of the view, or of a name that a block has introduced.
struct Reference: Equatable {
  let parts: [String]
  let line: Int
}

/// What stands behind `label=`: a value, `"text"`, or words: `(_ "Save")`.
enum Argument {
  case reference(Reference)
  case text([UInt8])
  case word([UInt8], context: [UInt8]?)
}

/// `{{#layout …}}`: a value that is there, or one made on the spot.
enum LayoutSource {
  case value(Reference)
  case made(type: String, arguments: [(label: String, value: Argument)])
}

/// `{{icon "check"}}`, `{{icon name size="small"}}`: a drawing of `static/icons.svg`.
struct Icon {
  enum Name {
    case text([UInt8])
    case reference(Reference)
  }

  let name: Name
  let isSmall: Bool
  let line: Int
}

/// A part of a template, with the line it stands in.
indirect enum Node {
  struct Branch {
    let condition: Reference
    let isNegated: Bool
    let nodes: [Node]
  }

  case html([UInt8], line: Int)
  case value(Reference)
  case word(source: [UInt8], context: [UInt8]?, line: Int)
  case icon(Icon)
  case view(Reference)
  case body(line: Int)
  case choice([Branch], otherwise: [Node], line: Int)
  case each(Reference, name: String, nodes: [Node], otherwise: [Node]?)
  case with(Reference, name: String, nodes: [Node], otherwise: [Node])
  case layout(LayoutSource, nodes: [Node], line: Int)
  case once(Reference?, nodes: [Node], line: Int)
}
