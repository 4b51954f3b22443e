/// Which language a text is in, by its small words.
public enum CoachTongue: Hashable, Sendable {
  case english, portuguese
  /// Neither of the two.
  case other
  /// Too short to tell.
  case unclear

  /// Names, which may be of any language, are to be taken out before.
  public init(of text: String) {
    let words = CoachTokens.read(text).filter { $0.kind == .word }.map(\.text)
    let foreign = text.unicodeScalars.count { $0.properties.isAlphabetic && $0.value > 0x2FF }
    var (english, portuguese, other) = (0, 0, 0)
    for word in words {
      if Self.englishWords.contains(word) { english += 1 }
      if Self.portugueseWords.contains(word) { portuguese += 1 }
      if Self.otherWords.contains(word) { other += 1 }
    }
    let best = max(english, portuguese, other)
    if foreign > 8, foreign > words.reduce(0, { $0 + $1.utf8.count }) {
      self = .other
    } else if best == 0 {
      self = words.count >= 8 ? .other : .unclear
    } else if other == best, other > max(english, portuguese) || other >= 3 && english < other && portuguese < other {
      self = .other
    } else if english == portuguese {
      self = .unclear
    } else {
      self = english > portuguese ? .english : .portuguese
    }
  }

  public func fits(_ language: Language) -> Bool {
    switch self {
    case .unclear: true
    case .english: language == .english
    case .portuguese: language == .portuguese
    case .other: false
    }
  }

  private static func set(_ words: String) -> Set<String> { Set(words.split(separator: " ").map(String.init)) }

  private static let englishWords = set(
    """
    a the and of to is are was were in on at for with your you it that this have has had not be been what which how when where who will would can could from \
    by or but if so they their them there than then as an my me we our us its do does did done about after again all also any because before each even every \
    here into just more most much now only other out over own same some still such too up very well while yes no i one
    """)
  private static let portugueseWords = set(
    """
    a de que para por se o os e do da dos das no na nos nas um uma em voce seu sua seus suas ao aos pelo pela com mais mas foi sao esta estao nao sim isso \
    isto esse essa este ate ja tem ter ser quando qual quem onde muito muita ainda tambem so entao depois antes agora hoje ontem amanha cada todo toda tudo \
    bem assim sem sobre eu ele ela eles elas meu minha dia dias vez vezes ha fazer fez faz feito
    """)
  /// Spanish, German, French, Italian. What Spanish shares with Portuguese stands in both, so that it decides nothing.
  private static let otherWords = set(
    """
    a de que para por se el los las y una es muy pero hoy tu usted ustedes han hay eres soy del les sus bien hecho sigue cuando hasta llevas seguidos hola \
    der das und ist nicht du dein deine dir mit ein eine einen auf von zu im heute sehr noch wie bist \
    et est vous votre une du dans pour avec pas qui sur tres nous avez etes ce cette jours \
    il che di sei hai tuo tua questo questa oggi molto bene giorni sono della ancora
    """)
}
