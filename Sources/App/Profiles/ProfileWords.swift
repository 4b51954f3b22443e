import HTML

/// The names of profiles as a reader sees them.
enum ProfileWords {
  /// A preset is named in the reader's language; one's own keeps the name that its owner gave it, even that of a preset.
  static func name(_ name: String, isPreset: Bool, _ words: Words) -> String { isPreset ? words(name) : name }
}
