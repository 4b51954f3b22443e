@testable import Domain

extension Target {
  /// Lines of quick entry: a title that stands in the line, and a time after now.
  static let lines = Target(
    "lines", longest: 300,
    seeds: bytes([
      "call mom tomorrow at 9am", "every weekday at 8:30 stand-up", "pagar o aluguel todo dia 5 às 9h",
      "read \"tomorrow is mine\" tonight",
      "call 555 0199 !critical", "remind me tomorrow to call mom", "tomorrow call mom at 9", "me lembre de ligar para a mãe amanhã",
      "!high", "",
    ]),
    words: [
      "tomorrow ", "amanhã ", " at 9", " às 9h", "every ", "toda ", "friday ", "sexta ", "remind me to ", "me lembre de ", " !high ",
      "!média", "\"",
      "“", "”", "'", ", ", " - ", "in 2 hours", "daqui a 3 dias", "yesterday", "2 hours of ", "da manhã", "20/03/2027", "!", "?",
    ]
  ) { input in
    let text = String(decoding: input, as: UTF8.self)
    var kinds: [String] = []
    for reader in Readers.all {
      guard let entry = try? QuickEntry(text, reader: reader) else { continue }
      // What stands between two marks of importance comes together.
      let bytes = Array(entry.title.utf8)
      let line = Array(text.utf8)
      let isPart = entry.importance != nil || bytes.isEmpty || line.indices.contains { line[$0...].starts(with: bytes) }
      try hold(isPart, "the title of “\(text)” is “\(entry.title)”")
      switch entry.when {
      case .standard: kinds.append("-")
      case .once(let phrase):
        try hold(phrase.instant > reader.now, "“\(text)” is at \(phrase.instant.iso)")
        kinds.append("once")
      case .series: kinds.append("series")
      }
    }
    return kinds.joined(separator: " ")
  }
}
