import Testing

@testable import App

extension Footprint {
  static let trash = Footprint(
    parameters: [
      ":trashedTask": { browser in
        let task = try browser.task(["title": "Thrown away"])
        #expect(browser.post("/tasks/\(task)/deletion").status == 303)
        return task
      },
      ":trashedGoal": { browser in
        let goal = try browser.goal(["title": "Thrown away"])
        #expect(browser.post("/goals/\(goal)/deletion").status == 303)
        return goal
      },
      ":trashedProblem": { browser in
        let problem = try browser.problem("Thrown away")
        #expect(browser.post("/problems/\(problem)/deletion").status == 303)
        return problem
      },
      ":trashedDeadline": { browser in
        let deadline = try browser.deadline(["title": "Thrown away", "due": "2027-06-30 17:00"])
        #expect(browser.post("/deadlines/\(deadline)/deletion").status == 303)
        return deadline
      },
      ":trashedHabit": { browser in
        let habit = try browser.habit(["name": "Thrown away"])
        #expect(browser.post("/habits/\(habit)/deletion").status == 303)
        return habit
      },
    ],
    owned: [":trashedTask", ":trashedGoal", ":trashedProblem", ":trashedDeadline", ":trashedHabit"],
    posts: [
      "/trash/goal/:trashedGoal/restoration": Post(entry: "goal.restored"),
      "/trash/habit/:trashedHabit/restoration": Post(entry: "habit.restored"),
      "/trash/task/:trashedTask/purge": Post(entry: "trash.purged"), "/trash/goal/:trashedGoal/purge": Post(entry: "trash.purged"),
      "/trash/problem/:trashedProblem/purge": Post(entry: "trash.purged"),
      "/trash/deadline/:trashedDeadline/purge": Post(entry: "trash.purged"),
      "/trash/habit/:trashedHabit/purge": Post(entry: "trash.purged"),
      // Whoever has thrown nothing away empties nothing.
      "/trash/purge": Post(entry: nil),
    ],
    queries: [
      "/trash": [
        House.Field(name: "kind", right: "task", rule: .choice), House.Field(name: "q", right: "mine", rule: .optionalLine),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ]
    ],
    doors: ["purge_deadline web", "purge_goal web", "purge_habit web", "purge_problem web", "purge_task web", "purge_tasks web"])
}
