/// A template, read.
struct TemplateSource {
  /// The Swift type it is the view of.
  let type: String
  let nodes: [Node]
}

/// `agent.name`: a property of the view, or of a name that a block has introduced.
struct Reference: Equatable {
  let parts: [String]
  let line: Int
}

/// `{{#layout …}}`: a value that is there, or one made on the spot.
enum LayoutSource {
  case value(Reference)
  case made(type: String, arguments: [(label: String, value: Argument)])

  enum Argument {
    case reference(Reference)
    case text([UInt8])
  }
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
  case view(Reference)
  case body(line: Int)
  case choice([Branch], otherwise: [Node], line: Int)
  case each(Reference, name: String, nodes: [Node], otherwise: [Node]?)
  case with(Reference, name: String, nodes: [Node], otherwise: [Node])
  case layout(LayoutSource, nodes: [Node], line: Int)
}
