/// The eight colours of habits by the shade that files are compared with, and what other programs call theirs.
public enum HabitFileColour {
  /// Colour 1 to 8, as the form offers them: blue, green, yellow, orange, red, pink, purple, grey.
  public static let shades: [UInt32] = [0x2E7DE0, 0x43A047, 0xF2C230, 0xFB8C00, 0xE53935, 0xD9468F, 0x8E35B8, 0x6B6B6B]

  /// - Parameter text: `#8E24AA`, with or without `#`, or one of Tailwind's names, which HabitKit uses.
  /// - Returns: the nearest of ours, 1…8; nil for what is no colour.
  public static func nearest(_ text: String) -> Int? {
    let text = text.lowercased()
    let digits = text.utf8.first == 0x23 ? text.utf8.dropFirst() : text.utf8[...]
    guard let colour = names[text] ?? (digits.count == 6 ? UInt32(String(decoding: digits, as: UTF8.self), radix: 16) : nil) else {
      return nil
    }
    return shades.indices.min { distance(shades[$0], colour) < distance(shades[$1], colour) }.map { $0 + 1 }
  }

  /// "Redmean": near enough to how different eyes find them (compuphase.com/cmetric.htm).
  private static func distance(_ one: UInt32, _ other: UInt32) -> Int {
    func part(_ shift: UInt32) -> (Int, Int) { (Int(one >> shift & 255), Int(other >> shift & 255)) }
    let (red, green, blue) = (part(16), part(8), part(0))
    let mean = (red.0 + red.1) / 2
    let (dr, dg, db) = (red.0 - red.1, green.0 - green.1, blue.0 - blue.1)
    return (512 + mean) * dr * dr / 256 + 4 * dg * dg + (767 - mean) * db * db / 256
  }

  private static let names: [String: UInt32] = [
    "red": 0xEF4444, "orange": 0xF97316, "amber": 0xF59E0B, "yellow": 0xEAB308, "lime": 0x84CC16, "green": 0x22C55E, "emerald": 0x10B981,
    "teal": 0x14B8A6, "cyan": 0x06B6D4, "sky": 0x0EA5E9, "blue": 0x3B82F6, "indigo": 0x6366F1, "violet": 0x8B5CF6, "purple": 0xA855F7,
    "fuchsia": 0xD946EF, "pink": 0xEC4899, "rose": 0xF43F5E, "slate": 0x64748B, "gray": 0x6B7280, "grey": 0x6B7280, "zinc": 0x71717A,
    "neutral": 0x737373, "stone": 0x78716C,
  ]
}
