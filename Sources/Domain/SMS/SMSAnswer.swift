/// What somebody means who answers an SMS, in English or Portuguese: "1", "2", "3 until friday", "ok obrigado!", "STOP". Accents may be missing, and what
/// is polite is passed over. What could mean two things means nothing.
public enum SMSAnswer: Hashable, Sendable {
  /// They are on it.
  case acknowledge
  /// It is done; of a contact, who was offered it as the second answer: they cannot.
  case second
  case complete
  /// They cannot, or something is not so.
  case decline
  /// Later: the words that may say when, the likeliest first. Whoever asks reads them as a phrase.
  case later([String])
  /// No more of these, and some again.
  case stop, start
  case unclear

  /// The longest answer that is read, in Unicode scalars.
  public static let longest = 200

  public init(_ text: String) {
    guard text.utf8.count <= SMSAnswer.longest * 4, text.unicodeScalars.count <= SMSAnswer.longest else {
      self = .unclear
      return
    }
    let words = SMSAnswer.words(of: text)
    guard let first = words.first else {
      self = .unclear
      return
    }
    self = SMSAnswer.read(first.word, words, text)
  }

  private static func read(_ first: String, _ words: [Word], _ text: String) -> SMSAnswer {
    let rest = words.dropFirst().map(\.word)
    let isAlone = rest.allSatisfy { neutral.contains($0) }
    // What ends all is taken only where nothing else is said: "stop the car" is a title.
    if isAlone, stops.contains(first) { return .stop }
    if ends.contains(first), rest.allSatisfy({ polite.contains($0) }) { return .stop }
    if isAlone, starts.contains(first) { return .start }
    if words.contains(where: { negations.contains($0.word) }) {
      let isAll = words.allSatisfy { negations.contains($0.word) || helpless.contains($0.word) || neutral.contains($0.word) }
      return isAll ? .decline : .unclear
    }
    switch first {
    case "1" where isAlone: return .acknowledge
    case "2" where isAlone: return .second
    case "3" where isAlone: return .later([])
    case "3": return .later([tail(text, words, 1), whole(text)])
    default: break
    }
    if dones.contains(first) || isAlone && !still.contains(first) && rest.contains(where: { dones.contains($0) }) {
      return rest.contains { still.contains($0) } ? .unclear : .complete
    }
    if put.contains(first) { return .later(rest.isEmpty ? [] : [tail(text, words, 1), whole(text)]) }
    if onIt.contains(where: { $0 == Array(words.map(\.word).prefix($0.count)) }) || acks.contains(first) { return .acknowledge }
    return .later([whole(text)])
  }

  /// What stands behind the first words.
  private static func tail(_ text: String, _ words: [Word], _ count: Int) -> String {
    words.count > count ? whole(String(decoding: Array(text.utf8)[words[count].start...], as: UTF8.self)) : ""
  }

  /// Without blanks around it.
  private static func whole(_ text: String) -> String {
    let isBlank: (UInt8) -> Bool = { $0 == 32 || (9...13).contains($0) }
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }

  /// A word, and where it begins in the text, in bytes.
  private struct Word {
    let word: String
    let start: Int
  }

  /// Letters and digits that stand together, in lower case and without accents.
  private static func words(of text: String) -> [Word] {
    let folded = PhraseFolding(text)
    var found: [Word] = []
    var (letters, start): ([UInt8], Int) = ([], 0)
    for (index, byte) in folded.bytes.enumerated() {
      if (48...57).contains(byte) || (97...122).contains(byte) {
        if letters.isEmpty { start = folded.starts[index] }
        letters.append(byte)
      } else if byte != UInt8(ascii: "'") {
        if !letters.isEmpty { found.append(Word(word: String(decoding: letters, as: UTF8.self), start: start)) }
        letters = []
      }
    }
    if !letters.isEmpty { found.append(Word(word: String(decoding: letters, as: UTF8.self), start: start)) }
    return found
  }
}

extension SMSAnswer {
  /// The gateways' own, and the Portuguese ones.
  private static let stops: Set = ["stop", "stopall", "unsubscribe", "optout", "parar", "pare"]
  /// Those that are also said of what a reminder is about: "cancel it".
  private static let ends: Set = ["cancel", "end", "quit", "revoke", "sair", "cancelar"]
  private static let starts: Set = ["start", "unstop", "voltar", "comecar", "iniciar"]
  private static let acks: Set = [
    "ok", "okay", "okey", "k", "yes", "yep", "yeah", "y", "sure", "ack", "acknowledged", "received", "seen", "roger", "sim", "s", "certo",
    "ciente",
    "recebido", "visto", "entendido", "entendi", "beleza", "blz", "vou", "combinado", "claro",
  ]
  /// Words that mean it together.
  private static let onIt: [[String]] = [
    ["on", "it"], ["got", "it"], ["i", "have", "it"], ["ive", "got", "it"], ["im", "on", "it"], ["i", "am", "on", "it"], ["will", "do"],
    ["estou", "nisso"], ["to", "nisso"], ["deixa", "comigo"], ["ja", "vi"], ["eu", "cuido"], ["pode", "deixar"],
  ]
  private static let dones: Set = [
    "done", "finished", "complete", "completed", "feito", "feita", "pronto", "pronta", "concluido", "concluida", "fiz", "terminei",
    "acabei", "paguei",
    "tomei",
  ]
  /// What is done by then is not done yet.
  private static let still: Set = ["later", "tomorrow", "almost", "nearly", "half", "depois", "amanha", "quase", "metade"]
  private static let put: Set = ["snooze", "adiar", "adie", "adia"]
  private static let negations: Set = ["no", "not", "nao", "n", "cannot", "cant", "nope", "never", "nunca", "dont", "wont"]
  private static let helpless: Set = ["i", "can", "posso", "consigo", "da", "able", "eu"]
  private static let polite: Set = [
    "thanks", "thank", "you", "thx", "ty", "please", "pls", "obrigado", "obrigada", "obg", "valeu", "brigado", "brigada", "por", "favor",
    "pfv",
  ]
  /// Said besides, without changing what is meant.
  private static let neutral: Set<String> = polite.union([
    "heed", "it", "is", "its", "now", "all", "ja", "esta", "ta", "foi", "isso", "on", "got", "already",
  ]).union(acks).union(dones)
}
