extension PhraseParser {
  /// Any day there is a word or a date for. "Tonight" and "this morning" name a part of it as well.
  mutating func day() -> (day: PhraseDay, part: PhrasePart?)? {
    attempt { parser in (parser.edge() ?? parser.nthDay()).map { ($0, nil) } }
      ?? attempt { parser in
        while parser.take(anyOf: PhraseWords.beforeDay) {}
        return parser.nearDay()
      }
      ?? attempt { parser in
        // From the start again: the "a" of "a week" and the "em" of "em 2 semanas" belong to the duration.
        (parser.weeksFrom() ?? parser.workdays() ?? parser.calendarSpan()).map { ($0, nil) }
      }
  }

  private mutating func nearDay() -> (day: PhraseDay, part: PhrasePart?)? {
    // "Later this afternoon", "mais tarde hoje".
    let isLater = take("later") || take("mais", "tarde")
    if take("today") || take("hoje", "mais", "tarde") { return (.offset(weeksOn()), nil) }
    if take("hoje") { return (.offset(weeksOn()), nil) }
    if take("tonight") || take("tonite") { return (.offset(0), .evening) }
    if let part = thisPart() { return (.offset(0), part) }
    if isLater { return nil }
    if take("day", "after", "tomorrow") || take("depois", "de", "amanha") || take("overmorrow") { return (.offset(2), nil) }
    if take(anyOf: PhraseWords.tomorrows) || take("next", "day") || take("following", "day") || take("dia", "seguinte") {
      return (.offset(1 + weeksOn()), nil)
    }
    if take("yesterday") || take("ontem") || take("anteontem") || take("day", "before", "yesterday") { return (.past, nil) }
    return (weekday() ?? period() ?? date(weekday: nil)).map { ($0, nil) }
  }

  /// "this afternoon", "esta noite".
  private mutating func thisPart() -> PhrasePart? {
    attempt { parser in parser.take(anyOf: PhraseWords.this) ? parser.take(from: PhraseWords.parts) : nil }
  }

  /// "friday", "next friday", "sexta-feira que vem", "friday next week", "Fri, 12 Dec", "friday week".
  private mutating func weekday() -> PhraseDay? {
    attempt { parser in
      let isLast = parser.take(anyOf: PhraseWords.last)
      let isThis = parser.take(anyOf: PhraseWords.this)
      let isNext = parser.take(anyOf: PhraseWords.next)
      guard let weekday = parser.weekdayName() else { return nil }
      if let ahead = parser.weeksAhead() { return .week(ahead: ahead, weekday) }
      if isLast || parser.take("passada") || parser.take("passado") { return .past }
      if parser.take("week") || parser.take("after", "next") { return .weekday(weekday, orToday: false, weeksLater: 1) }
      if isThis { return .weekday(weekday, orToday: true, weeksLater: 0) }
      if isNext || parser.take("que", "vem") || parser.take(anyOf: PhraseWords.next) {
        return .weekday(weekday, orToday: false, weeksLater: 0)
      }
      let date: PhraseDay? = parser.attempt { parser in
        _ = parser.take(mark: ",")
        return parser.date(weekday: weekday)
      }
      return date ?? .weekday(weekday, orToday: false, weeksLater: parser.take("a", "uma", "semana") ? 1 : 0)
    }
  }

  /// "Friday", "sexta-feira", "2ª feira".
  mutating func weekdayName() -> Weekday? {
    guard let weekday = take(from: PhraseWords.weekdays) ?? numberedWeekday() else { return nil }
    _ = take("feira")
    return weekday
  }

  /// "2ª feira" is Monday.
  private mutating func numberedWeekday() -> Weekday? {
    guard let number = number()?.value, (2...6).contains(number), word(1) == "a", word(2) == "feira" else { return nil }
    skip(2)
    return Weekday(rawValue: number - 1)
  }

  /// The week behind its day: "next week", "of this week", "da semana que vem", "the week after next".
  private mutating func weeksAhead() -> Int? {
    attempt { parser in
      _ = parser.take("of") || parser.take("in") || parser.take("da") || parser.take("na")
      _ = parser.take("the")
      return parser.wholeWeek()
    }
  }

  private mutating func wholeWeek() -> Int? {
    if take("week", "after", "next") { return 2 }
    if take("next", "week") || take("following", "week") || take("semana", "que", "vem") || take("proxima", "semana")
      || take("semana", "seguinte")
    {
      return 1
    }
    let isThis =
      take("this", "week") || take("esta", "semana") || take("desta", "semana") || take("dessa", "semana") || take("nesta", "semana")
    return isThis ? 0 : nil
  }

  /// "next week", "mês que vem", "this weekend", "next week on friday", "next business day".
  private mutating func period() -> PhraseDay? {
    attempt { parser in
      if let ahead = parser.wholeWeek() { return parser.day(ofWeek: ahead) }
      if parser.take(anyOf: PhraseWords.last) { return parser.take(from: PhraseWords.units).map { _ in .past } }
      let isNext = parser.take(anyOf: PhraseWords.next)
      if isNext, parser.takeWorkday() { return .workdays(1) }
      if !isNext { _ = parser.take(anyOf: PhraseWords.this) }
      if parser.take("weekend") || parser.take("fim", "de", "semana") || parser.take("final", "de", "semana") {
        _ = parser.take("que", "vem")
        return .weekday(.saturday, orToday: false, weeksLater: 0)
      }
      guard let unit = parser.take(from: PhraseWords.units), isNext || parser.take("que", "vem") else { return nil }
      switch unit {
      case .month: return .nextMonth
      case .year: return .nextYear
      default: return nil
      }
    }
  }

  /// "Next week", and the weekday that may follow it: "next week, on friday". This week alone names no day.
  private mutating func day(ofWeek ahead: Int) -> PhraseDay? {
    let weekday: Weekday? = attempt { parser in
      _ = parser.take(mark: ",")
      _ = parser.take("on") || parser.take("na") || parser.take("no")
      return parser.weekdayName()
    }
    return weekday == nil && ahead == 0 ? nil : .week(ahead: ahead, weekday)
  }

  /// "A week on monday", "two weeks from friday", "a week from tomorrow", "a week tomorrow", "uma semana depois de sexta".
  private mutating func weeksFrom() -> PhraseDay? {
    attempt { parser in
      guard let weeks = parser.weeks() else { return nil }
      let isFrom = parser.take("from") || parser.take("after") || parser.take("depois", "de")
      if !isFrom { _ = parser.take("on") }
      if parser.take("today") { return .offset(7 * weeks) }
      if parser.take(anyOf: PhraseWords.tomorrows) { return .offset(1 + 7 * weeks) }
      // "2 weeks on friday" may be said of this friday's second week or of next friday's.
      guard isFrom || weeks == 1, let weekday = parser.weekdayName() else { return nil }
      return .weekday(weekday, orToday: false, weeksLater: weeks)
    }
  }

  private mutating func weeks() -> Int? {
    if take("week") { return 1 }
    guard let quantity = quantity(), quantity.thousandths == 0, (1...60).contains(quantity.whole) else { return nil }
    guard let unit = take(from: PhraseWords.units), unit == .week || unit == .fortnight else { return nil }
    return unit == .week ? quantity.whole : 2 * quantity.whole
  }

  /// "In 3 business days", "em 3 dias úteis", "3 working days from now".
  private mutating func workdays() -> PhraseDay? {
    attempt { parser in
      parser.takeIntroduction()
      guard let count = parser.quantity(), count.thousandths == 0, parser.takeWorkday() else { return nil }
      _ = parser.take("from", "now") || parser.take("from", "today") || parser.take("later")
      return .workdays(count.whole)
    }
  }

  /// A duration in whole days or longer, for "in 3 days at nine".
  private mutating func calendarSpan() -> PhraseDay? {
    attempt { parser in
      guard let span = parser.span(), !span.isNegative, !span.isPast, !span.isShort, span.seconds % 86_400 == 0 else { return nil }
      return .span(days: span.seconds / 86_400, months: span.months)
    }
  }
}
