/// How long one of something is: elapsed seconds, or months of the calendar (RULES 2.4). One of the two is zero.
struct PhraseUnit: Equatable {
  let seconds: Int
  let months: Int

  static let second = PhraseUnit(seconds: 1, months: 0)
  static let minute = PhraseUnit(seconds: 60, months: 0)
  static let hour = PhraseUnit(seconds: 3600, months: 0)
  static let day = PhraseUnit(seconds: 86_400, months: 0)
  static let week = PhraseUnit(seconds: 604_800, months: 0)
  static let fortnight = PhraseUnit(seconds: 1_209_600, months: 0)
  static let month = PhraseUnit(seconds: 0, months: 1)
  static let quarter = PhraseUnit(seconds: 0, months: 3)
  static let year = PhraseUnit(seconds: 0, months: 12)
}

/// A part of the day. The evening ends at five in the morning; early is the first thing that somebody does on a day.
enum PhrasePart { case early, dawn, morning, afternoon, evening }

/// The vocabulary of phrases: English and Portuguese side by side, lower case, without accents. Both are always understood;
/// where a word means something in both ("em", "dez", "ago") its place in the phrase decides.
enum PhraseWords {
  static let units: [String: PhraseUnit] = table([
    (.second, "s sec secs second seconds seg segs segundo segundos segundinho segundinhos"),
    (.minute, "m min mins minute minutes minuto minutos minutinho minutinhos"),
    (.hour, "h hs hr hrs hour hours hour's hora horas horinha horinhas"),
    (.day, "d day days dia dias day's"),
    (.week, "w wk wks week weeks semana semanas week's semaninha"),
    (.fortnight, "fortnight fortnights"),
    (.month, "mo mos month months mes meses month's"),
    (.year, "y yr yrs year years ano anos year's"),
  ])

  static let numbers: [String: Int] = table([
    (0, "zero"), (1, "one um uma"), (2, "two dois duas"), (3, "three tres"), (4, "four quatro"), (5, "five cinco"), (6, "six seis"),
    (7, "seven sete"), (8, "eight oito"), (9, "nine nove"), (10, "ten dez"), (11, "eleven onze"), (12, "twelve doze"),
    (13, "thirteen treze"), (14, "fourteen quatorze catorze"), (15, "fifteen quinze"), (16, "sixteen dezesseis"),
    (17, "seventeen dezessete"), (18, "eighteen dezoito"), (19, "nineteen dezenove"), (20, "twenty vinte"), (30, "thirty trinta"),
    (40, "forty quarenta"), (50, "fifty cinquenta"), (60, "sixty sessenta"), (70, "seventy setenta"), (80, "eighty oitenta"),
    (90, "ninety noventa"),
  ])

  /// Of days. "Second" is a duration, too: what stands behind it decides.
  static let ordinalNumbers: [String: Int] = table([
    (1, "first primeiro"), (2, "second"), (3, "third"), (4, "fourth"), (5, "fifth"), (6, "sixth"), (7, "seventh"), (8, "eighth"),
    (9, "ninth"), (10, "tenth"), (11, "eleventh"), (12, "twelfth"), (13, "thirteenth"), (14, "fourteenth"), (15, "fifteenth"),
    (16, "sixteenth"), (17, "seventeenth"), (18, "eighteenth"), (19, "nineteenth"), (20, "twentieth"), (30, "thirtieth"),
  ])

  /// Only before what is counted: "segunda" alone is a Monday.
  static let portugueseOrdinals: [String: Int] = table([
    (1, "primeiro primeira"), (2, "segundo segunda"), (3, "terceiro terceira"), (4, "quarto quarta"), (5, "quinto quinta"),
  ])

  static let quarterCounts: [String: Int] = table([(2, "two dois"), (3, "three tres")])

  static let months: [String: Int] = table([
    (1, "jan january janeiro"), (2, "feb february fev fevereiro"), (3, "mar march marco"), (4, "apr april abr abril"),
    (5, "may mai maio"), (6, "jun june junho"), (7, "jul july julho"), (8, "aug august ago agosto"),
    (9, "sep sept september set setembro"), (10, "oct october out outubro"), (11, "nov november novembro"),
    (12, "dec december dez dezembro"),
  ])

  static let weekdays: [String: Weekday] = table([
    (.monday, "mon monday seg segunda"), (.tuesday, "tue tues tuesday ter terca"), (.wednesday, "wed weds wednesday qua quarta"),
    (.thursday, "thu thur thurs thursday qui quinta"), (.friday, "fri friday sex sexta"), (.saturday, "sat saturday sab sabado"),
    (.sunday, "sun sunday dom domingo"),
  ])

  static let parts: [String: PhrasePart] = table([
    (.dawn, "madrugada"), (.morning, "morning manha cedo"), (.afternoon, "afternoon tarde"), (.evening, "evening night noite noitinha"),
  ])

  static let tomorrows: Set = ["tomorrow", "amanha", "tmrw", "tmr", "tmw", "tomoz"]
  static let endsOfDay: Set = ["eod", "eob", "cob"]
  static let shortEnds: [String: PhraseUnit] = ["eow": .week, "eom": .month, "eoq": .quarter, "eoy": .year]
  static let ends: Set = ["end", "fim", "final"]
  static let starts: Set = ["start", "beginning", "inicio", "comeco"]

  static let next: Set = ["next", "coming", "following", "upcoming", "proxima", "proximo"]
  static let this: Set = ["this", "esta", "este", "nesta", "neste", "essa", "esse", "nessa", "nesse", "desta", "deste", "dessa", "desse"]
  static let last: Set = ["last", "ultima", "ultimo"]
  static let untils: Set = ["until", "till", "til", "ate", "by"]
  /// May stand before a day: "on friday", "na sexta", "para amanhã".
  static let beforeDay: Set = ["on", "the", "of", "for", "em", "no", "na", "do", "da", "de", "o", "a", "para", "pra"]
  /// Stand before a time and make a bare number one: "at 9", "às 9".
  static let beforeTime: Set = ["at", "as", "pelas", "pela", "pelo"]
  /// May stand before a part of the day: "in the morning", "de manhã", "à noite".
  static let beforePart: Set = ["in", "at", "the", "a", "de", "da", "na", "pela"]
  static let ordinals: Set = ["st", "nd", "rd", "th", "o"]
  /// May stand behind an hour: "21:00 h", "9 horas", "9 o'clock".
  static let hours: Set = ["h", "hs", "hr", "hrs", "hour", "hours", "hora", "horas", "o'clock", "oclock"]
  /// Written behind a number, where they make a time of it for some and a duration for others.
  static let shortHours: Set = ["h", "hs", "hr", "hrs"]
  static let englishHours: Set = ["hr", "hrs", "hour", "hours"]
  static let portugueseHours: Set = ["hs", "hora", "horas"]

  static let roughly: Set = ["about", "around", "approx", "approximately", "roughly", "aproximadamente"]
  static let few: Set = ["alguns", "algumas", "uns", "umas", "poucos", "poucas"]

  /// Minutes of what names no number; each has one meaning (RULES 2.9).
  static let vague: [String: Int] = {
    let later = "later|later on|later today|some time later|mais tarde|hoje mais tarde|mais tarde hoje"
    let soon =
      "soon|a bit later|a little later|in a bit|in a little bit|in a little while|in a little|in a while|a bit|daqui a pouco|daqui a pouquinho|daqui pouco"
    let more = "um pouco mais tarde|daqui a um pouco|daqui um pouco|ja ja|daqui a um tempinho"
    let rows = [(180, later), (30, soon), (30, more)]
    return Dictionary(uniqueKeysWithValues: rows.flatMap { row in row.1.split(separator: "|").map { (String($0), row.0) } })
  }()

  /// Verbs that ask for what the field is for anyway, and what may stand behind them.
  static let wishes: Set = [
    "remind", "snooze", "postpone", "delay", "defer", "ping", "wake", "alert", "notify", "adiar", "adie", "adia", "lembrar", "lembre",
    "lembra",
    "avisar", "avise", "avisa", "acordar", "acorde", "acorda", "chamar", "chame", "chama", "postergar", "soneca",
  ]
  static let wished: Set = ["me", "us", "it", "this", "that", "again", "up", "isso", "isto", "novamente", "nos"]
  static let farewells = [["please"], ["pls"], ["plz"], ["thanks"], ["por", "favor"], ["pfv"], ["obrigado"], ["obrigada"], ["or", "so"]]

  private static func table<Meaning>(_ rows: [(Meaning, String)]) -> [String: Meaning] {
    var table: [String: Meaning] = [:]
    for (meaning, words) in rows {
      for word in words.split(separator: " ") { table[String(word)] = meaning }
    }
    return table
  }
}
