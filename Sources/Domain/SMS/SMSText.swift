/// A text as telephones get it: in GSM's alphabet of seven bits where that has all of its letters, else in UCS-2, and in parts where it is long
/// (3GPP TS 23.038, 23.040). Each part is paid for.
public struct SMSText: Hashable, Sendable {
  public enum Alphabet: Sendable {
    /// Units are septets: 160 of a text in one part, 153 of each of several. Some characters take two.
    case gsm7
    /// Units are 16 bits: 70, and 67 of each of several. What is outside of the basic plane takes two.
    case ucs2

    /// Units that a text in one part has, and each part of several, which begins with six bytes about the whole.
    var room: (alone: Int, each: Int) { self == .gsm7 ? (160, 153) : (70, 67) }
  }

  public let text: String
  public let alphabet: Alphabet
  /// Septets, or 16-bit units.
  public let units: Int
  /// Parts; 0 for an empty text.
  public let parts: Int

  public init(_ text: String) {
    let septets = text.unicodeScalars.map(SMSText.septets)
    let isPlain = !septets.contains(0)
    let sizes = isPlain ? septets : text.unicodeScalars.map { $0.value > 0xFFFF ? 2 : 1 }
    self.text = text
    alphabet = isPlain ? .gsm7 : .ucs2
    units = sizes.reduce(0, +)
    parts = SMSText.parts(sizes, alphabet.room)
  }

  /// A text that takes no more parts than are given: its beginning is cut where it must be, with dots, and its end stands whole. Letters that are
  /// one are never torn.
  ///
  /// - Parameters:
  ///   - lead: what may be shortened.
  ///   - tail: what stands behind it: a link, what to answer. Where even that is too long, it is cut itself.
  ///   - most: parts, from 1.
  public static func fitting(_ lead: String, _ tail: String = "", parts most: Int) -> SMSText {
    let whole = SMSText(lead + tail)
    if whole.parts <= most { return whole }
    // No more letters fit than there are septets.
    let room = Alphabet.gsm7.room
    var letters = Array(lead.prefix(max(room.alone, most * room.each) + 1))
    while !letters.isEmpty {
      letters.removeLast()
      let cut = SMSText(String(letters) + dots + tail)
      if cut.parts <= most { return cut }
    }
    let rest = SMSText(tail)
    return rest.parts <= most || tail.utf8.isEmpty ? rest : fitting(tail, "", parts: most)
  }

  /// Three, since the character of three is none of GSM's.
  private static let dots = "..."

  /// How many parts these characters take: none is torn, so that a part may stay emptier by one unit.
  private static func parts(_ sizes: [Int], _ room: (alone: Int, each: Int)) -> Int {
    let units = sizes.reduce(0, +)
    if units <= room.alone { return units == 0 ? 0 : 1 }
    var (parts, used) = (1, 0)
    for size in sizes {
      if used + size > room.each { (parts, used) = (parts + 1, 0) }
      used += size
    }
    return parts
  }

  /// Septets of a character in GSM's alphabet; 0: it has none.
  private static func septets(_ scalar: Unicode.Scalar) -> Int { basic.contains(scalar) ? 1 : extended.contains(scalar) ? 2 : 0 }

  /// GSM 03.38, table by table; the escape is no character.
  private static let basic = Set(
    ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyz"
      + "äöñüà").unicodeScalars)
  private static let extended = Set("\u{C}^{}\\[~]|€".unicodeScalars)
}
