/// The files of an archive: Loop's, or one of any kind that somebody packed.
struct HabitFileParts {
  /// By name; of two of one name the last, as when they are unpacked.
  private let files: [String: [UInt8]]

  init(_ parts: [HabitFile.Part]) {
    // What macOS and editors leave beside the files of people.
    let shown = parts.filter { part in
      !part.name.utf8.split(separator: 0x2F).contains { $0.first == 0x2E || $0.elementsEqual("__MACOSX".utf8) }
        && part.name.utf8.last != 0x2F
    }
    files = Dictionary(shown.map { ($0.name, $0.bytes) }, uniquingKeysWith: { $1 })
  }

  func read(_ choices: HabitFileChoices) throws(HabitFileRefusal) -> HabitFile {
    if let loop = LoopArchive(files) { return try loop.read(choices) }
    let texts = files.filter { $0.key.lowercased().hasSuffix(".csv") || $0.key.lowercased().hasSuffix(".json") }
    if files.isEmpty { throw .empty }
    guard let only = files.count == 1 ? files.first : texts.count == 1 ? texts.first : nil else { throw .unknown }
    return try HabitFileText.read(only.value, choices)
  }
}
