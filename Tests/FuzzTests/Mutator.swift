/// Changes inputs at random: the same changes for the same seed.
struct Mutator {
  private var random: Seeded

  init(seed: UInt64) { random = Seeded(seed) }

  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(count, 1), using: &random) }

  /// One to eight changes, mostly few.
  ///
  /// - Parameters:
  ///   - other: another input, whose pieces may be put in.
  ///   - words: what may be put in.
  mutating func change(_ input: [UInt8], _ other: [UInt8], words: [[UInt8]], longest: Int) -> [UInt8] {
    var bytes = input
    repeat { step(&bytes, other, words, longest) } while below(2) == 0
    if bytes.count > longest { bytes.removeLast(bytes.count - longest) }
    return bytes
  }

  private mutating func step(_ bytes: inout [UInt8], _ other: [UInt8], _ words: [[UInt8]], _ longest: Int) {
    let place = below(bytes.count + 1)
    let end = min(bytes.count, place + 1 + below(below(4) == 0 ? bytes.count : 8))
    switch below(12) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(below(8))
    case 1 where place < bytes.count: bytes[place] = Self.telling[below(Self.telling.count)]
    case 2: bytes.insert(UInt8(below(256)), at: place)
    case 3: bytes.removeSubrange(place..<end)
    case 4: repeatPiece(&bytes, place..<end, longest)
    case 5 where !words.isEmpty, 6 where !words.isEmpty: bytes.insert(contentsOf: words[below(words.count)], at: place)
    case 7 where !words.isEmpty: bytes.replaceSubrange(place..<end, with: words[below(words.count)])
    case 8: bytes.insert(contentsOf: Self.scalars[below(Self.scalars.count)].utf8, at: place)
    case 9: changeNumber(&bytes)
    case 10 where !other.isEmpty:
      let from = below(other.count)
      bytes.replaceSubrange(place..<end, with: other[from..<min(other.count, from + 1 + below(64))])
    case 11 where place < end:
      // Moved elsewhere.
      let piece = Array(bytes[place..<end])
      bytes.removeSubrange(place..<end)
      bytes.insert(contentsOf: piece, at: below(bytes.count + 1))
    default: bytes.insert(contentsOf: Self.scalars[below(Self.scalars.count)].utf8, at: place)
    }
  }

  /// What takes time with the square of the length shows only when it is long.
  private mutating func repeatPiece(_ bytes: inout [UInt8], _ piece: Range<Int>, _ longest: Int) {
    guard !piece.isEmpty, bytes.count < longest else { return }
    let most = max(1, (longest - bytes.count) / piece.count)
    let count = below(4) == 0 ? most : min(most, 1 + below(40))
    let copy = Array(bytes[piece])
    var more: [UInt8] = []
    for _ in 0..<count { more += copy }
    bytes.insert(contentsOf: more, at: piece.upperBound)
  }

  /// Another number where digits stand: one of the edges, or near the old one.
  private mutating func changeNumber(_ bytes: inout [UInt8]) {
    let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
    guard !digits.isEmpty else { return }
    let place = digits[below(digits.count)]
    var (start, end) = (place, place + 1)
    while start > 0, (48...57).contains(bytes[start - 1]) { start -= 1 }
    while end < bytes.count, (48...57).contains(bytes[end]) { end += 1 }
    let old = Int(String(decoding: bytes[start..<end], as: UTF8.self)) ?? 0
    let near = old &+ (below(5) - 2)
    let new = below(3) == 0 ? String(near) : Self.numbers[below(Self.numbers.count)]
    bytes.replaceSubrange(start..<end, with: new.utf8)
  }

  private static let telling: [UInt8] = [
    0, 1, 9, 10, 13, 31, 32, 34, 37, 38, 39, 43, 45, 46, 47, 48, 57, 58, 59, 60, 61, 62, 64, 92, 95, 96, 127, 128, 191, 192, 224, 240, 255,
  ]
  private static let numbers = [
    "0", "00", "1", "7", "12", "13", "24", "25", "29", "30", "31", "32", "59", "60", "61", "99", "127", "128", "255", "256", "365", "366",
    "999", "1440", "2027", "2028", "9999", "65535", "65536", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808",
    "99999999999999999999", "-1",
  ]
  /// What Swift's texts treat in their own way: marks that cling, marks before, line ends, other digits and blanks, directions.
  private static let scalars = [
    "\u{301}", "\u{600}", "\r\n", "\u{2028}", "\u{85}", "\u{A0}", "\u{3000}", "\u{661}", "\u{FF11}", "\u{200B}", "\u{200D}", "\u{202E}",
    "\u{FEFF}",
    "\u{37E}", "\u{212A}", "\u{130}", "\u{DF}", "e\u{301}", "\u{E9}", "\u{1F469}\u{200D}\u{1F467}", "\u{FFFD}", "\u{10FFFF}", "\0",
  ]
}

/// SplitMix64: the same numbers on every run.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
