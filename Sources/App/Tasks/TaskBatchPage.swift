import Domain
import HTML
import Web

/// How far all of a long list has come, and what came of it.
struct TaskBatchPage {
  /// For how long the page asks again by itself, in seconds.
  private static let patience = 180

  let layout: Layout
  let state: String
  let lede: String
  let done: String
  let left: String
  let undone: String
  let kept: String
  let figures: String
  /// nil: nothing was left.
  let leftWords: String?
  /// nil: nothing goes on.
  let progress: Progress?
  let isShort: Bool
  let isLong: Bool
  let here: Path
  let list: Path
  /// nil: there is nothing to take back, or it is too late.
  let undo: Path?

  struct Progress {
    let done: String
    let total: String
    let words: String
  }

  init(_ id: ID<TaskBatchJob>, _ batch: TaskBatchJob, _ web: Context) throws {
    let words = web.words
    let isRunning = batch.word == .running
    let began = batch.undoAt ?? batch.createdAt
    isLong = isRunning && web.clock.hasCome(began.advanced(seconds: Self.patience))
    isShort = isRunning && !isLong
    state = batch.word.rawValue
    let leftCount = batch.missing + batch.refused
    (done, left, undone, kept) = (String(batch.done), String(leftCount), String(batch.undone), String(batch.kept))
    let back = words.count("{n} thing is as it was.", "{n} things are as they were.", batch.undone)
    let stays = words.count("{n} was changed since and stays.", "{n} were changed since and stay.", batch.kept)
    figures =
      batch.undoAt == nil
      ? batch.deed.says(batch.done, words) : batch.kept == 0 ? back : back + " " + stays
    leftWords = leftCount == 0 ? nil : TaskBatch.Outcome.left(leftCount, batch.reasons, missing: batch.missing, words)
    progress = isRunning && batch.undoAt == nil ? Progress(batch.done + leftCount, of: batch.total, words) : nil
    lede = TaskBatchPage.lede(batch, isLong: isLong, words)
    var layout = try Layout(words("Many tasks"), .tasks, web)
    layout.isAwaited = isShort
    self.layout = layout
    here = Paths.taskBatch(id)
    list = Path(checking: batch.back) ?? Paths.tasks
    let isOver = web.clock.hasCome(batch.createdAt.advanced(hours: PlannerUndo.hours))
    undo = batch.undoAt != nil || isOver ? nil : Paths.taskBatchUndo(id)
  }

  private static func lede(_ batch: TaskBatchJob, isLong: Bool, _ words: Words) -> String {
    if isLong { return words("This takes longer than it should. Nothing is lost; look again in a while.") }
    switch batch.word {
    case .running where batch.undoAt != nil: return words("It is being taken back. This page says so when it is done.")
    case .running: return words("It goes through your list. This page says by itself when it is done.")
    case .done: return words("All of the list was gone through.")
    case .undone: return words("It was taken back.")
    case .failed: return words("It came to a stop. What was done until then stays; you can take it back.")
    }
  }
}

extension TaskBatchPage.Progress {
  init(_ done: Int, of total: Int, _ words: Words) {
    (self.done, self.total) = (String(done), String(total))
    self.words = words("{done} of {total} tasks", ["done": String(done), "total": String(total)])
  }
}
