import Domain
import HTML
import Postgres

/// Who is to be thought of: whose birthday is within a week, and who was not heard of for long.
struct PeopleDue {
  let rows: [Row]

  struct Row {
    let mark: String
    let path: Path
    let name: String
    /// Why, one thing each.
    let reasons: [String]
    /// Where it is noted that they were heard of; nil: it is not about that.
    let log: Log?
  }
  /// Pressed twice it counts once.
  struct Log {
    let path: Path
    let nonce: HiddenField
  }

  /// How many rows stand there.
  private static let most = 20

  /// - Parameters:
  ///   - today: the person's.
  ///   - midnight: when that is over.
  static func query(_ today: Day, until midnight: Instant) -> Query<KnownPerson> {
    let days = PersonText.birthdays(from: today)
    let numbers = days.map { $0.month * 100 + $0.day }
    // One index for each reason: with OR between them everybody who has a birthday is read.
    return KnownPerson.listed(
      """
      p.id IN (
        SELECT b.id FROM unnest(\(days.map { $0.month }), \(days.map { $0.day })) AS x (month, day)
        JOIN people b ON b.user_id = (SELECT me()) AND b.birth_month = x.month AND b.birth_day = x.day AND b.birth_month IS NOT NULL
          AND b.deleted_at IS NULL
        UNION ALL
        SELECT s.id FROM people s WHERE s.user_id = (SELECT me()) AND s.stay_due_at < \(midnight) AND s.stay_due_at IS NOT NULL
          AND s.deleted_at IS NULL)
      ORDER BY array_position(\(numbers)::bigint[], (p.birth_month * 100 + p.birth_day)::bigint), p.stay_due_at, p.name_norm, p.id LIMIT \(most)
      """)
  }

  init(_ people: [KnownPerson], today: Day, until midnight: Instant, _ reader: Person, _ words: Words) {
    rows = people.enumerated().map { number, person in
      let birthday = person.birthday.flatMap { PersonText.birthday($0, today: today, reader.language, words) }
      let stay = PersonText.stay(person, until: midnight, reader, words)
      return Row(
        mark: "due-\(number)", path: Paths.person(person.id), name: person.name, reasons: [birthday, stay].compactMap(\.self),
        log: stay == nil ? nil : Log(path: Paths.contactsLog(person.id), nonce: PersonPage.logNonce(person)))
    }
  }
}

/// What Today shows of people.
struct PeopleSection {
  let due: PeopleDue
  let all = Paths.people
  let secret: CSRFField

  static func today(_ day: DayView) -> Reading<TodayPart> {
    Reading(PeopleDue.query(day.day, until: day.midnight)) { people in
      var part = TodayPart()
      if people.isEmpty { return part }
      let due = PeopleDue(people, today: day.day, until: day.midnight, day.person, day.words)
      part.sections = [TodaySection(rank: .inHand, figure: nil, view: PeopleSection(due: due, secret: day.secret))]
      return part
    }
  }
}
