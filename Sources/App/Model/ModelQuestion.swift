import Domain

/// What is asked of a model. Each step of a job makes it anew, or keeps what it was asked: an answer is held against what the model was told.
struct ModelQuestion<Answer> {
  let cause: ModelCause
  let account: ID<Account>
  /// On which its calls count.
  let day: Day
  /// A word for what it is about, by which the operators' page tells it from others.
  let event: String
  let prompt: CoachPrompt
  /// Kinds of the person's things of which the prompt tells (RULES 9.45).
  var kinds: Set<ModelKind> = []
  /// Stands in the request besides, where the operator says nothing else.
  var usual: [(name: String, value: JSONText)] = []
  /// Whether the answer is a message of a talk, in which tools may be called, and no JSON object.
  var isTalk = false
  /// For all its calls together, where that is less than the server has; nil: it is not.
  var milliseconds: Int?
  /// What comes of the JSON object that was answered.
  let judge: (JSONValue) -> ModelJudgement<Answer>
}

/// Who or what has a model asked, and whose calls are counted.
enum ModelCause {
  case person(ID<User>)
  /// - Parameters:
  ///   - daily: how many calls the drafts of its account have on a date; nil: as many as the operator says.
  ///   - messages: whose words are told to the model.
  case draft(ID<Draft>, daily: Int?, messages: [ID<DeskMessage>])

  var user: ID<User>? { if case .person(let user) = self { user } else { nil } }
  var draft: ID<Draft>? { if case .draft(let draft, _, _) = self { draft } else { nil } }
}

/// What comes of an answer.
enum ModelJudgement<Answer> {
  case taken(Answer)
  /// It holds what it must not, by the code that is kept with the run. Nobody asks again.
  case refused(String)
  /// It is not what was asked for: another call may be.
  case unreadable(CoachFailure)
}

extension ModelQuestion where Answer == String {
  /// Of the coach's words to a person.
  ///
  /// - Parameters:
  ///   - day: the person's habit date.
  ///   - kinds: of things of which the prompt tells.
  ///   - check: knows the facts that the prompt names.
  init(
    user: ID<User>, account: ID<Account>, day: Day, event: CoachEvent, prompt: CoachPrompt, kinds: Set<ModelKind> = [], check: CoachCheck
  ) {
    self.init(cause: .person(user), account: account, day: day, event: event.rawValue, prompt: prompt, kinds: kinds) { object in
      switch Result(catching: { () throws(CoachFailure) in try CoachAnswer.message(of: object) }) {
      case .failure(let failure): return .unreadable(failure)
      case .success(let message):
        let checked = Result { () throws(CoachRefusal) in try check.checked(message) }
        switch checked {
        case .success(let text): return .taken(text)
        case .failure(let refusal): return .refused(refusal.code)
        }
      }
    }
  }
}
