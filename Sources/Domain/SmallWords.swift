/// How many words of a text are such as every text of a language has: "the", "você". By these a language is told.
struct SmallWords {
  private(set) var words = 0
  private(set) var english = 0
  private(set) var portuguese = 0
  /// Of Spanish, German, French and Italian together.
  private(set) var other = 0
  /// Letters in all words.
  private(set) var letters = 0

  /// - Parameter text: names, which may be of any language, are to be taken out before.
  init(_ text: String) {
    for token in CoachTokens.read(text) where token.kind == .word {
      words += 1
      letters += token.text.utf8.count
      if Self.englishWords.contains(token.text) { english += 1 }
      if Self.portugueseWords.contains(token.text) { portuguese += 1 }
      if Self.otherWords.contains(token.text) { other += 1 }
    }
  }

  private static func set(_ words: String) -> Set<String> { Set(words.split(separator: " ").map(String.init)) }

  private static let englishWords = set(
    """
    a the and of to is are was were in on at for with your you it that this have has had not be been what which how when where who will would can could from \
    by or but if so they their them there than then as an my me we our us its do does did done about after again all also any because before each even every \
    here into just more most much now only other out over own same some still such too up very well while yes no i one im ive dont cant didnt doesnt isnt \
    havent wont need want get got these those should may might must never why hi hello please thank thanks
    """)
  private static let portugueseWords = set(
    """
    a de que para por se o os e do da dos das no na nos nas um uma em voce seu sua seus suas ao aos pelo pela com mais mas foi sao esta estao nao sim isso \
    isto esse essa este ate ja tem ter ser quando qual quem onde muito muita ainda tambem so entao depois antes agora hoje ontem amanha cada todo toda tudo \
    bem assim sem sobre eu ele ela eles elas meu minha dia dias vez vezes ha fazer fez faz feito as me meus minhas nosso nossa voces pra porque estou tenho \
    preciso quero gostaria posso pode podem foram vou aqui nada outro outra mesmo desde entre oi ola bom boa obrigado obrigada
    """)
  /// Spanish, German, French, Italian. What Spanish shares with Portuguese stands in both, so that it decides nothing.
  private static let otherWords = set(
    """
    a de que para por se no porque me mi el lo la los las con tiene tienes puedo puede quieres esto eso y una es muy pero hoy tu usted ustedes han hay \
    eres soy del les sus bien hecho sigue cuando hasta llevas seguidos hola \
    der das und ist nicht du dein deine dir mit ein eine einen auf von zu im heute sehr noch wie bist \
    et est vous votre une du dans pour avec pas qui sur tres nous avez etes ce cette jours \
    il che di sei hai tuo tua questo questa oggi molto bene giorni sono della ancora
    """)
}
