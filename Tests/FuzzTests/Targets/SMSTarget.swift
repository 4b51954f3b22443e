@testable import Domain

extension Target {
  /// What somebody answers by SMS, and the same as a text that leaves.
  static let texts = Target(
    "texts", longest: 900,
    seeds: bytes([
      "1", "2", "3 until friday", "3 depois de amanhã", "ok obrigado!", "STOP", "parar", "não posso", "tomorrow at 9", "10 € [a]",
      "“ação” 👍", "",
    ]),
    words: ["1", "2", "3 ", "ok ", "obrigado", "!", "stop", "not ", "não ", "done ", "até ", "friday", "'", "\u{301}", "€", "👍", "ã", "\n"]
  ) { input in
    let text = String(decoding: input, as: UTF8.self)
    let sms = SMSText(text)
    let room = sms.alphabet == .gsm7 ? (alone: 160, each: 153) : (alone: 70, each: 67)
    try hold(sms.units <= room.alone ? sms.parts <= 1 : sms.parts * room.each >= sms.units, "\(sms.units) units in \(sms.parts) parts")
    for parts in [1, 4] {
      try hold(SMSText.fitting(text, "\nhttps://x.test", parts: parts).parts <= parts, "more than \(parts) parts")
      try hold(SMSText.fitting("", text, parts: parts).parts <= parts, "a tail in more than \(parts) parts")
    }
    guard case .later(let phrases) = SMSAnswer(text) else { return "\(SMSAnswer(text)) \(sms.alphabet) \(size(sms.parts))" }
    let bytes = Array(text.utf8)
    for phrase in phrases {
      let part = Array(phrase.utf8)
      try hold(bytes.indices.contains { bytes[$0...].starts(with: part) }, "“\(phrase)” is no part of “\(text)”")
    }
    return "later \(phrases.count) \(sms.alphabet) \(size(sms.parts))"
  }
}
