import Domain

/// What somebody of the demo has on their list, as it is written down: things by their titles, times in days from today.
struct PlannerStory {
  var goals: [GoalLine] = []
  var problems: [ProblemLine] = []
  /// Those above others before these.
  var tasks: [TaskLine] = []
  var links: [LinkLine] = []
  var deadlines: [DeadlineLine] = []
  var captures: [Capture] = []
  /// What of its tasks is on the plan of today, what was left out of it, and what was left from yesterday's.
  var taken: [String] = []
  var dismissed: [String] = []
  var slipped: [String] = []

  struct GoalLine {
    let title: String
    var about = ""
    var category = GoalCategory.other
    var horizon: Horizon?
    /// Days ahead.
    var target: Int?
    var ago = 30
    var isPaused = false
  }

  struct ProblemLine {
    let title: String
    var about = ""
    var severity: Int?
    var ago = 21
    var deed: Deed?

    enum Deed { case watched, resolved, thrownAway }
  }

  struct TaskLine {
    let title: String
    var ago = 14
    /// Days ahead.
    var due: Int?
    /// Of that day.
    var hour: Int?
    var priority: Int?
    var impact: Int?
    /// Minutes.
    var estimate: Int?
    var under: String?
    var goal: String?
    var tags: [String] = []
    var notes = ""
    /// How it comes again, in words.
    var again = ""
    var deed: Deed?

    init(
      _ title: String, ago: Int = 14, due: Int? = nil, hour: Int? = nil, priority: Int? = nil, impact: Int? = nil, estimate: Int? = nil,
      under: String? = nil, goal: String? = nil, tags: [String] = [], notes: String = "", again: String = "", _ deed: Deed? = nil
    ) {
      (self.title, self.ago, self.due, self.hour, self.priority) = (title, ago, due, hour, priority)
      (self.impact, self.estimate, self.under, self.goal) = (impact, estimate, under, goal)
      (self.tags, self.notes, self.again, self.deed) = (tags, notes, again, deed)
    }

    /// What became of it, so many days ago.
    enum Deed {
      case begun(Int)
      case done(Int, minutes: Int)
      case cancelled(Int)
      /// Until a day so far ahead; nil: someday.
      case putOff(Int, until: Int?)
      case archived(Int)
      case thrownAway(Int)

      var ago: Int {
        switch self {
        case .begun(let ago), .done(let ago, _), .cancelled(let ago), .putOff(let ago, _), .archived(let ago), .thrownAway(let ago): ago
        }
      }
    }
  }

  struct LinkLine {
    let from: String
    let word: LinkWord
    let to: String

    init(_ from: String, _ word: LinkWord, _ to: String) { (self.from, self.word, self.to) = (from, word, to) }
  }

  struct DeadlineLine {
    let title: String
    var ago = 9
    /// Days ahead, or behind.
    let due: Int
    var hour = 18
    /// In words; empty: it has none.
    var reminder = ""
    var importance = 5
    var consequences = ""
    var task: String?
    var deed: Deed?

    enum Deed {
      case completed(Int)
      case extended(Int, to: Int, because: String)
      /// Its reminder, of so many whole days before, rings when the story ends.
      case rings
    }
  }

  /// What was written into the inbox at once.
  struct Capture {
    let ago: Int
    let lines: [Line]

    struct Line {
      let text: String
      var fate = Fate.waits

      init(_ text: String, _ fate: Fate = .waits) { (self.text, self.fate) = (text, fate) }
    }

    enum Fate {
      case waits, thrownAway
      /// Joined to the thing with a title.
      case joined(String)
    }
  }
}
