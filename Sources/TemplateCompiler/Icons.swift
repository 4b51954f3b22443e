/// The drawings of `static/icons.svg`: the ids of its symbols.
struct Icons {
  private let names: Set<[UInt8]>

  init(sprite: [UInt8]) {
    let opening = Array("<symbol id=\"".utf8)
    var names: Set<[UInt8]> = []
    var rest = sprite[...]
    while let start = rest.firstIndex(of: 0x3C) {
      rest = rest[start...]
      if rest.starts(with: opening) { names.insert(Array(rest.dropFirst(opening.count).prefix { $0 != 0x22 })) }
      rest = rest.dropFirst()
    }
    self.names = names
  }

  func has(_ name: [UInt8]) -> Bool { names.contains(name) }
}
