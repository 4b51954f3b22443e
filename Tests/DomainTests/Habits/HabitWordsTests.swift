import Testing

@testable import Domain

/// Sentences in both languages. 2027-01-04 is a Monday.
@Suite struct HabitWordsTests {
  static let sentences: [(HabitRule, String, String, String)] = [
    (HabitRule.daily, "", "Every day", "Todos os dias"),
    (.mondayWednesdayFriday, "", "Monday, Wednesday, Friday", "Segunda, quarta, sexta"),
    (HabitRule(.days(.workdays)), "", "Monday to Friday", "Segunda a sexta"),
    (HabitRule(.days(.weekend)), "", "Saturday and Sunday", "Sábado e domingo"),
    (HabitRule(.days([.sunday, .monday])), "", "Sunday, Monday", "Domingo, segunda"),
    (HabitRule(.days(WeekdaySet(bits: 0xFF))), "", "Every day", "Todos os dias"),
    (HabitRule(.perWeek(1)), "", "Once a week", "Uma vez por semana"), (HabitRule(.perWeek(2)), "", "Twice a week", "2 vezes por semana"),
    (HabitRule(.perWeek(3)), "", "3 times a week", "3 vezes por semana"),
    (HabitRule(.perMonth(12)), "", "12 times a month", "12 vezes por mês"),
    (.atLeast(10), "pages", "At least 10 pages a day", "Pelo menos 10 pages por dia"),
    (.atLeast(10), "", "At least 10 a day", "Pelo menos 10 por dia"),
    (
      HabitRule(.perWeek(3), target: HabitTarget(Amount(30))), "min", "3 times a week, at least 30 min each time",
      "3 vezes por semana, pelo menos 30 min de cada vez"
    ),
    (
      HabitRule(.days([.monday, .friday]), target: HabitTarget(Amount(30))), "min", "Monday, Friday: at least 30 min",
      "Segunda, sexta: pelo menos 30 min"
    ),
    (.atMost(3, per: .week), "cafés", "At most 3 cafés a week", "No máximo 3 cafés por semana"),
    (.atLeast(40, per: .month), "km", "At least 40 km a month", "Pelo menos 40 km por mês"),
  ]

  @Test(arguments: sentences)
  func `a rule is a sentence`(rule: HabitRule, unit: String, english: String, portuguese: String) {
    #expect(HabitWords.sentence(rule, unit: unit, weekStart: .sunday, .english) == english)
    #expect(HabitWords.sentence(rule, unit: unit, weekStart: .sunday, .portuguese) == portuguese)
  }

  static let weeks: [(HabitRule, Weekday, String, String)] = [
    (HabitRule.daily, Weekday.monday, "every day, Monday to Sunday", "todos os dias, de segunda a domingo"),
    (.mondayWednesdayFriday, .monday, "Monday, Wednesday, Friday", "segunda, quarta, sexta"),
    (HabitRule(.perWeek(3)), .sunday, "any 3 days, weeks begin on Sunday", "3 dias à escolha, a semana começa no domingo"),
    (HabitRule(.perWeek(1)), .monday, "any one day, weeks begin on Monday", "um dia à escolha, a semana começa na segunda"),
    (HabitRule(.perWeek(7)), .monday, "all 7 days, weeks begin on Monday", "os 7 dias, a semana começa na segunda"),
    (HabitRule(.perMonth(4)), .monday, "any 4 days of each month", "4 dias à escolha em cada mês"),
    (HabitRule(.perMonth(1)), .monday, "any one day of each month", "um dia à escolha em cada mês"),
    (HabitRule(.perMonth(31)), .monday, "every day of each month", "todos os dias de cada mês"),
    (
      .atLeast(10, per: .week), .sunday, "10 km in all, on any days, weeks begin on Sunday",
      "10 km no total, em quaisquer dias, a semana começa no domingo"
    ),
    (
      .atMost(3, per: .week), .saturday, "at most 3 km in all, on any days, weeks begin on Saturday",
      "no máximo 3 km no total, em quaisquer dias, a semana começa no sábado"
    ),
    (.atLeast(40, per: .month), .monday, "40 km in all each month, on any days", "40 km no total a cada mês, em quaisquer dias"),
  ]

  @Test(arguments: weeks)
  func `a choice says what a week of it looks like`(rule: HabitRule, weekStart: Weekday, english: String, portuguese: String) {
    #expect(HabitWords.week(rule, unit: "km", weekStart: weekStart, .english) == english)
    #expect(HabitWords.week(rule, unit: "km", weekStart: weekStart, .portuguese) == portuguese)
  }

  /// Monday 4 January to Sunday 10, which is today.
  @Test func `a date's button says the date, how it stands, and what a press does`() throws {
    let sketch = try HabitSketch("x.spn..", from: "2027-01-04")
    let cells = sketch.history.cells(sketch.created...sketch.today, today: sketch.today)
    let words = { (index: Int, language: Language) in HabitWords.button(cells[index], .daily, today: sketch.today, language) }
    #expect(words(0, .english) == "Monday 4 January, done, undo")
    #expect(words(0, .portuguese) == "segunda-feira, 4 de janeiro, feito, desfazer")
    #expect(words(1, .english) == "Tuesday 5 January, not done, mark as done")
    #expect(words(1, .portuguese) == "terça-feira, 5 de janeiro, não feito, marcar como feito")
    #expect(words(2, .english) == "Wednesday 6 January, skipped, mark as done")
    #expect(words(3, .portuguese) == "quinta-feira, 7 de janeiro, em pausa, marcar como feito")
    #expect(words(4, .english) == "Friday 8 January, not done, mark as done")
    #expect(words(6, .english) == "Sunday 10 January, not done yet, mark as done")
    #expect(words(6, .portuguese) == "domingo, 10 de janeiro, ainda não feito, marcar como feito")
    let tuesday = sketch.history.cells(try day("2027-01-05")...day("2027-01-05"), today: sketch.today)[0]
    #expect(!HabitWords.button(tuesday, .daily, today: sketch.today, .english).contains("scheduled"))
    let chosen = try HabitSketch("x.", from: "2027-01-04", .mondayWednesdayFriday)
    let unscheduled = chosen.history.cells(chosen.today...chosen.today, today: chosen.today)[0]
    #expect(
      HabitWords.button(unscheduled, .mondayWednesdayFriday, today: chosen.today, .portuguese)
        == "terça-feira, 5 de janeiro, não previsto, marcar como feito")
    let skip = HabitHistory(
      created: chosen.created, weekStart: .monday, changes: [], entries: [HabitEntry(chosen.created, .skipped(.holiday))])
    let skipped = skip.cells(chosen.created...chosen.created, today: chosen.today)[0]
    #expect(HabitWords.state(skipped, .daily, today: chosen.today, .portuguese) == "pulado (férias ou feriado)")
  }

  @Test func `buttons of amounts say the sum and the step`() throws {
    let sketch = try HabitSketch("69.", from: "2027-01-04", .atLeast(8))
    let cells = sketch.history.cells(sketch.created...sketch.today, today: sketch.today)
    let step = Amount(thousandths: 1500)
    let words = { (index: Int, language: Language) in
      HabitWords.button(cells[index], .atLeast(8), unit: "km", step: step, today: sketch.today, language)
    }
    #expect(words(0, .english) == "Monday 4 January, 6 of 8 km, add 1.5 km")
    #expect(words(1, .portuguese) == "terça-feira, 5 de janeiro, 9 de 8 km, feito, somar 1,5 km")
    #expect(words(2, .english) == "Wednesday 6 January, not done yet, add 1.5 km")
    let most = try HabitSketch("1.", from: "2027-01-04", .atMost(2))
    let shown = most.history.cells(most.created...most.today, today: most.today)
    #expect(
      HabitWords.button(shown[0], .atMost(2), unit: "cafés", today: most.today, .portuguese)
        == "segunda-feira, 4 de janeiro, 1 de no máximo 2 cafés, somar 1 cafés")
    #expect(
      HabitWords.button(shown[1], .atMost(2), unit: "coffees", today: most.today, .english)
        == "Tuesday 5 January, not done yet, enter 0 coffees")
  }

  @Test(arguments: [
    ("2027-01-01", "Friday 1 January", "sexta-feira, 1º de janeiro"),
    ("2026-12-31", "Thursday 31 December 2026", "quinta-feira, 31 de dezembro de 2026"),
    ("2027-03-06", "Saturday 6 March", "sábado, 6 de março"),
  ])
  func `dates are written out, with the year where it is another`(date: String, english: String, portuguese: String) throws {
    let today = try day("2027-06-01")
    #expect(HabitWords.date(try day(date), today: today, .english) == english)
    #expect(HabitWords.date(try day(date), today: today, .portuguese) == portuguese)
  }

  @Test(arguments: [
    (0, HabitUnit.days, "0 days", "0 dias"), (1, .days, "1 day", "1 dia"), (12, .days, "12 days", "12 dias"),
    (1, .weeks, "1 week", "1 semana"),
    (3, .weeks, "3 weeks", "3 semanas"), (1, .months, "1 month", "1 mês"), (2, .months, "2 months", "2 meses"),
  ])
  func `a streak has its unit`(count: Int, unit: HabitUnit, english: String, portuguese: String) {
    #expect(HabitWords.streak(count, unit, .english) == english)
    #expect(HabitWords.streak(count, unit, .portuguese) == portuguese)
  }

  @Test func `figures in a row, since when, and what stands beside them`() throws {
    var sketch = try HabitSketch("xxxxxxx xxxxxx.", from: "2027-01-04")
    #expect(HabitWords.row(sketch.figures, .portuguese) == "13 dias · 50%")
    try sketch.change("2027-01-14", HabitRule(.perWeek(2)))
    #expect(HabitWords.since(sketch.figures, .english) == "Streaks count weeks since Thu 14 Jan 2027")
    #expect(HabitWords.since(sketch.figures, .portuguese) == "As sequências contam semanas desde qui., 14/01/2027")
    let mixed = try HabitSketch("xxxx.sp.x", from: "2027-01-04")
    let tally = HabitTally(mixed.history.cells(mixed.created...mixed.today, today: mixed.today))
    #expect(HabitWords.tally(tally, .english) == "5 kept, 2 missed, 1 skipped, 1 paused of the last 9")
    #expect(HabitWords.tally(tally, .portuguese) == "5 feitos, 2 não feitos, 1 pulado, 1 em pausa nos últimos 9 dias")
    let first = HabitTally(mixed.history.cells(mixed.created...mixed.created, today: mixed.created))
    #expect(HabitWords.tally(first, .portuguese) == "1 feito, 0 não feitos, 0 pulados no último dia")
  }

  static let progress: [(String, HabitRule, String, String, String)] = [
    ("xx", HabitRule(.perWeek(3)), "", "2 of 3 this week", "2 de 3 nesta semana"),
    ("64", .atLeast(40, per: .month), "km", "10 of 40 km this month", "10 de 40 km neste mês"),
    ("2", .atMost(3, per: .week), "cafés", "2 of at most 3 cafés this week, so far", "2 de no máximo 3 cafés nesta semana, até agora"),
  ]

  @Test(arguments: progress)
  func `how far the week or month is`(line: String, rule: HabitRule, unit: String, english: String, portuguese: String) throws {
    let today = try HabitSketch(line, from: "2027-01-04", rule).figures.today
    #expect(HabitWords.progress(today, unit: unit, .english) == english)
    #expect(HabitWords.progress(today, unit: unit, .portuguese) == portuguese)
    #expect(HabitWords.today(today, unit: unit, .english) == nil)
  }

  @Test func `how far today is`() throws {
    let least = try HabitSketch("6", from: "2027-01-04", .atLeast(8)).figures.today
    #expect(HabitWords.today(least, unit: "páginas", .portuguese) == "6 de 8 páginas hoje")
    let most = try HabitSketch("1", from: "2027-01-04", .atMost(2)).figures.today
    #expect(HabitWords.today(most, unit: "coffees", .english) == "1 of at most 2 coffees today, so far")
    #expect(HabitWords.progress(most, unit: "", .english) == nil)
  }

  @Test func `who is paused, and what has changed`() throws {
    let (monday, sunday, today) = (try day("2026-04-06"), try day("2026-04-05"), try day("2026-03-01"))
    #expect(HabitWords.paused(2, next: monday, today: today, .english) == "2 paused, the next comes back on Monday 6 April")
    #expect(HabitWords.paused(2, next: monday, today: today, .portuguese) == "2 em pausa, o próximo volta na segunda-feira, 6 de abril")
    #expect(HabitWords.paused(1, next: sunday, today: today, .portuguese) == "1 em pausa, volta no domingo, 5 de abril")
    #expect(HabitWords.paused(3, next: nil, today: today, .english) == "3 paused")
    #expect(HabitWords.change(125, .english) == "+12.5 points" && HabitWords.change(-30, .portuguese) == "−3,0 pontos")
    #expect(HabitWords.change(0, .english) == "no change" && HabitWords.change(4, .portuguese) == "+0,4 pontos")
  }
}
