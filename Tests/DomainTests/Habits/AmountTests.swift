import Testing

@testable import Domain

/// What people type as an amount (RULES 5.12), and how amounts are printed.
@Suite struct AmountTests {
  @Test(arguments: [
    ("0,5", "km", 500), ("1.5", "km", 1500), ("0", "", 0), ("12", "pages", 12_000), ("0.125", "", 125), (".5", "", 500), ("007", "", 7000),
    (" 3 ", "", 3000), ("10 km", "km", 10_000), ("10KM", "km", 10_000), ("1000000", "", 1_000_000_000), ("1.000", "", 1000),
    ("1h30", "min", 90_000), ("1:30", "min", 90_000), ("90 min", "min", 90_000), ("90min", "min", 90_000), ("90", "min", 90_000),
    ("1h30", "h", 1500), ("1:30", "horas", 1500), ("90 min", "hours", 1500), ("1,5 h", "minutos", 90_000), ("2 horas", "minutes", 120_000),
    ("1 h 30 min", "min", 90_000), ("1H30M", "min", 90_000), ("0:05", "min", 5000), ("2h", "h", 2000), ("0,5h", "min", 30_000),
    // A third of an hour is no decimal: the nearest thousandth.
    ("20 min", "h", 333), ("1:40", "h", 1667),
  ])
  func `hard case 10: reads what people type`(text: String, unit: String, thousandths: Int) throws {
    #expect(try Amount(typed: text, unit: unit).thousandths == thousandths)
  }

  @Test(arguments: [
    ("", AmountRefusal.empty), ("   ", .empty), ("-1", .negative), ("-0,5", .negative), ("1e3", .notANumber), ("1.2345", .tooPrecise),
    ("9999999", .tooLarge), ("1000000.001", .tooLarge), ("99999999999999999999999999", .tooLarge), ("1.000,5", .notANumber),
    ("1,000.5", .notANumber), ("1.", .notANumber), (",", .notANumber), ("+1", .notANumber), ("abc", .notANumber), ("1h30", .notANumber),
    ("1:30", .notANumber), ("5 km", .notANumber), ("٣", .notANumber), ("1 000", .notANumber), ("0x10", .notANumber), ("-", .notANumber),
    ("−1", .notANumber), ("NaN", .notANumber), ("1\n2", .notANumber),
  ])
  func `hard case 10: refuses what is no amount`(text: String, refusal: AmountRefusal) {
    #expect(throws: refusal) { try Amount(typed: text, unit: "pages") }
  }

  @Test(arguments: ["1h60", "1:60", "1:3", "1.5:30", "1,5h30", "h30", "1h30 km", "90 km", "1h-30", "16667h", "1h30h", "1 h 30 x", ":30"])
  func `refuses what is no time`(text: String) {
    #expect(throws: AmountRefusal.self) { try Amount(typed: text, unit: "min") }
  }

  @Test(arguments: [
    (0, "0", "0"), (1500, "1.5", "1,5"), (125, "0.125", "0,125"), (1010, "1.01", "1,01"), (12_000, "12", "12"),
    (1_000_000_000, "1000000", "1000000"),
    (-2500, "-2.5", "-2,5"),
  ])
  func `prints without needless zeros`(thousandths: Int, english: String, portuguese: String) {
    let amount = Amount(thousandths: thousandths)
    #expect((amount.text(.english), amount.text(.portuguese), amount.decimal) == (english, portuguese, english))
    #expect(Amount(decimal: amount.decimal) == amount)
  }

  @Test func `what is printed is read as the same`() throws {
    var random = Seeded(11)
    for _ in 0..<2000 {
      let amount = Amount(thousandths: Int.random(in: 0...1_000_000_000, using: &random))
      for language in Language.allCases { #expect(try Amount(typed: amount.text(language), unit: "min") == amount) }
    }
  }

  @Test func `reads the database's decimals, and nothing else there`() {
    #expect(Amount(decimal: "12.500")?.thousandths == 12_500 && Amount(decimal: "-0.250")?.thousandths == -250)
    for text in ["", "12.5000", "12 ", " 12", "1e3", "--1"] { #expect(Amount(decimal: text) == nil, "\(text)") }
  }

  @Test func `sums saturate`() {
    #expect(Amount(Int.max) + Amount(1) == Amount(thousandths: .max))
    #expect(Amount(Int.min).thousandths == .min)
  }
}
