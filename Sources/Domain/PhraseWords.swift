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
  static let year = PhraseUnit(seconds: 0, months: 12)
}

/// A part of the day. The evening ends at five in the morning.
enum PhrasePart { case morning, afternoon, evening }

/// The vocabulary of phrases: English and Portuguese side by side, lower case, without accents. Both are always understood;
/// where a word means something in both ("em", "dez", "ago") its place in the phrase decides.
enum PhraseWords {
  static let units: [String: PhraseUnit] = table([
    (.second, "s sec secs second seconds seg segs segundo segundos"),
    (.minute, "m min mins minute minutes minuto minutos"),
    (.hour, "h hs hr hrs hour hours hora horas"),
    (.day, "d day days dia dias"),
    (.week, "w wk wks week weeks semana semanas"),
    (.fortnight, "fortnight fortnights"),
    (.month, "mo mos month months mes meses"),
    (.year, "y yr yrs year years ano anos"),
  ])

  static let numbers: [String: Int] = table([
    (0, "zero"), (1, "one um uma"), (2, "two dois duas"), (3, "three tres"), (4, "four quatro"), (5, "five cinco"), (6, "six seis"),
    (7, "seven sete"), (8, "eight oito"), (9, "nine nove"), (10, "ten dez"), (11, "eleven onze"), (12, "twelve doze"),
    (15, "fifteen quinze"), (20, "twenty vinte"), (30, "thirty trinta"), (40, "forty quarenta"), (50, "fifty cinquenta"),
    (60, "sixty sessenta"), (90, "ninety noventa"),
  ])

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
    (.morning, "morning manha cedo"), (.afternoon, "afternoon tarde"), (.evening, "evening night noite"),
  ])

  static let next: Set = ["next", "coming", "following", "proxima", "proximo"]
  static let this: Set = ["this", "esta", "este", "nesta", "neste", "essa", "esse", "nessa", "nesse"]
  static let last: Set = ["last", "ultima", "ultimo"]
  static let untils: Set = ["until", "till", "til", "ate"]
  /// May stand before a day: "on friday", "na sexta", "para amanhã".
  static let beforeDay: Set = ["on", "the", "of", "for", "em", "no", "na", "do", "da", "de", "o", "a", "para", "pra"]
  /// Stand before a time and make a bare number one: "at 9", "às 9".
  static let beforeTime: Set = ["at", "as", "pelas"]
  /// May stand before a part of the day: "in the morning", "de manhã", "à noite".
  static let beforePart: Set = ["in", "at", "the", "a", "de", "da", "na", "pela"]
  static let ordinals: Set = ["st", "nd", "rd", "th", "o"]
  /// May stand behind an hour: "21:00 h", "9 horas", "9 o'clock".
  static let hours: Set = ["h", "hs", "hr", "hrs", "hour", "hours", "hora", "horas", "o'clock", "oclock"]
  /// Written behind a number, where they make a time of it for some and a duration for others.
  static let shortHours: Set = ["h", "hs", "hr", "hrs"]
  static let englishHours: Set = ["hr", "hrs", "hour", "hours"]
  static let portugueseHours: Set = ["hs", "hora", "horas"]

  private static func table<Meaning>(_ rows: [(Meaning, String)]) -> [String: Meaning] {
    var table: [String: Meaning] = [:]
    for (meaning, words) in rows {
      for word in words.split(separator: " ") { table[String(word)] = meaning }
    }
    return table
  }
}
