/// What of a sentence can be right or wrong.
enum DraftClaim: Hashable {
  /// A number, in each way in which it can be read, and what it counts: `R$`, `%`; empty: nothing that is told apart.
  case number([String], unit: String)
  /// In each way in which it can be read. `12/15` may also be twelve of fifteen.
  case date([SaidDate], orNumbers: [String])
  case month(Int)
  case weekday(Weekday)
  /// Minutes of the day.
  case time(Int)
  case link(String)
  /// A word with a capital letter within a sentence, as ``DeskWords`` fold it.
  case name(String)
}

struct SaidDate: Hashable {
  let day: Int
  let month: Int
  let year: Int?
}

/// What texts say that sentences may rest on (RULES 6.16). Reads both languages: a source need not be in the customer's.
struct DraftFacts {
  private struct Amount: Hashable {
    let value: String
    let unit: String
  }

  private var numbers: Set<String> = []
  private var amounts: Set<Amount> = []
  private var units: Set<String> = []
  private var dates: Set<SaidDate> = []
  private var months: Set<Int> = []
  private var weekdays: Set<Weekday> = []
  private var times: Set<Int> = []
  private var links: Set<String> = []
  private var words: Set<String> = []

  init() {}

  /// - Parameter allowsLinks: whether an answer may repeat the addresses in it: what a stranger wrote must not become a link of ours (RULES 6.53).
  init(_ text: String, allowsLinks: Bool) {
    if allowsLinks { links = DraftLinks(text).links }
    for language in Language.allCases {
      var reader = DraftFactReader(text, language)
      for claim in reader.all() { add(claim) }
      words.formUnion(reader.words)
    }
  }

  private mutating func add(_ claim: DraftClaim) {
    switch claim {
    case .number(let values, let unit):
      numbers.formUnion(values)
      guard !unit.utf8.isEmpty else { return }
      units.insert(unit)
      amounts.formUnion(values.map { Amount(value: $0, unit: unit) })
    case .date(let readings, _):
      dates.formUnion(readings)
      months.formUnion(readings.map(\.month))
    case .month(let month): months.insert(month)
    case .weekday(let day): weekdays.insert(day)
    case .time(let minutes): times.insert(minutes)
    case .link(let link): links.insert(link)
    case .name(let word): words.insert(word)
    }
  }

  /// With what another text says besides.
  func joined(_ other: DraftFacts) -> DraftFacts {
    var all = self
    all.numbers.formUnion(other.numbers)
    all.amounts.formUnion(other.amounts)
    all.units.formUnion(other.units)
    all.dates.formUnion(other.dates)
    all.months.formUnion(other.months)
    all.weekdays.formUnion(other.weekdays)
    all.times.formUnion(other.times)
    all.links.formUnion(other.links)
    all.words.formUnion(other.words)
    return all
  }

  /// Whether it stands in the texts, in whichever way it is written there.
  func bears(out claim: DraftClaim) -> Bool {
    switch claim {
    case .number(let values, let unit): values.contains { has($0, unit) }
    case .date(let readings, let shares):
      readings.contains { has($0) } || !shares.isEmpty && shares.allSatisfy { numbers.contains($0) }
    case .month(let month): months.contains(month)
    case .weekday(let day): weekdays.contains(day)
    case .time(let minutes): times.contains(minutes) || minutes % 60 == 0 && numbers.contains(String(minutes / 60))
    case .link(let link): links.contains(link)
    case .name(let word):
      words.contains(word) || word.utf8.last == UInt8(ascii: "s") && words.contains(String(word.dropLast())) || StopWords.all.contains(word)
    }
  }

  /// A number whose kind is said is not another kind's. A table names the currency once, so an amount with decimals need not have it beside it.
  private func has(_ value: String, _ unit: String) -> Bool {
    guard numbers.contains(value) else { return false }
    if unit.utf8.isEmpty || amounts.contains(Amount(value: value, unit: unit)) { return true }
    let isPlain = !units.contains { amounts.contains(Amount(value: value, unit: $0)) }
    return isPlain && unit != "%" && units.contains(unit) && value.utf8.contains(UInt8(ascii: "."))
  }

  private func has(_ date: SaidDate) -> Bool {
    dates.contains { known in
      guard known.day == date.day, known.month == date.month else { return false }
      guard let year = date.year else { return true }
      return known.year.map { $0 == year } ?? numbers.contains(String(year))
    }
  }
}
