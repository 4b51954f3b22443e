import Testing

@testable import Domain

/// How goals stand (RULES 5.9), and orders that people choose.
@Suite struct GoalCourseTests {
  @Test func `hard case 22: an item moves to a position, without gaps or doubles`() {
    let items = ["a", "b", "c", "d"]
    #expect(Positions.moving("a", to: 3, in: items) == ["b", "c", "a", "d"])
    #expect(Positions.moving("d", to: 1, in: items) == ["d", "a", "b", "c"])
    #expect(Positions.moving("b", to: 2, in: items) == items)
    #expect(Positions.moving("b", to: 0, in: items) == ["b", "a", "c", "d"])
    #expect(Positions.moving("b", to: 1_000_000_000, in: items) == ["a", "c", "d", "b"])
    #expect(Positions.moving("b", to: .min, in: items) == ["b", "a", "c", "d"])
    #expect(Positions.moving("x", to: 1, in: items) == nil)
  }

  @Test(arguments: [
    ("2027-01-03", true, GoalCourse.Deadline.overdue(1)), ("2027-01-04", true, .soon(0)), ("2027-01-11", true, .soon(7)),
    ("2027-01-12", true, .later(8)),
    ("2027-01-03", false, nil),
  ])
  func `hard case 22: a goal is overdue from the day after its deadline`(deadline: String, isOpen: Bool, expected: GoalCourse.Deadline?)
    throws
  {
    let goal = GoalCourse(done: 1, of: 3, deadline: try day(deadline), isOpen: isOpen, today: try day("2027-01-04"))
    #expect(goal.deadline == expected)
    #expect(goal.progress.fact == "0.333333" && !goal.offersCompletion)
  }

  @Test func `hard case 22: the last subtask offers the goal, nothing planned offers nothing`() throws {
    let today = try day("2027-01-04")
    #expect(GoalCourse(done: 3, of: 3, deadline: nil, isOpen: true, today: today).offersCompletion)
    let empty = GoalCourse(done: 0, of: 0, deadline: nil, isOpen: true, today: today)
    #expect(!empty.offersCompletion && empty.progress.fact == "0.000000")
  }
}
