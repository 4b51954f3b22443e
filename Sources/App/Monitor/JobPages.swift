import Domain
import HTML
import Web

/// The list of jobs.
struct JobListPage {
  let layout: Layout
  let chips: Chips
  let filters: Filters
  let rows: [JobItem]
  let next: Path?
  let empty: EmptyState?
  let form: JobForm

  struct Filters {
    let action = Paths.jobs
    let hidden: [HiddenField]
    let type: Select
  }

  init(_ page: PageOf<AccountJob>, _ filter: JobFilter, _ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Jobs"), .learning, web, takesFlash: state.errors.isEmpty)
    let labels: [(JobFilter.State, String)] =
      [(.all, words("All", context: "jobs"))]
      + AccountJob.State.allCases.compactMap { state in JobFilter.State(rawValue: state.rawValue).map { ($0, JobText.label(state, words)) }
      }
    chips = Chips(labels.map { Chip(path: filter.path($0), label: $1, count: nil, isCurrent: $0 == filter.state) })
    var make = FieldBuilder()
    filters = Filters(
      hidden: filter.state == .all ? [] : [HiddenField(name: "state", value: filter.state.rawValue)],
      type: make.choice(
        "type", words("What", context: "job"), filter.type?.rawValue ?? "",
        [("", words("Everything", context: "jobs"))] + JobType.allCases.map { ($0.rawValue, JobNames.name($0, words)) }))
    rows = page.rows.map { JobItem($0, person, web.clock, words) }
    next = page.last.map { filter.path(filter.state).adding("after", $0.id.text) }
    if !page.rows.isEmpty {
      empty = nil
    } else if filter.isFiltered {
      empty = EmptyState(
        icon: "search", title: words("Nothing matches"), text: words("No job is in this list."),
        way: (words("Clear search and filters"), Paths.jobs))
    } else {
      empty = EmptyState(
        icon: "done", title: words("No jobs yet"),
        text: words(
          "What takes longer than a moment is done here, step by step: drafts, looks at the addresses of sources. It stays for 30 days."))
    }
    form = JobForm(layout.secret, state, words)
  }
}

/// What people may ask for.
struct JobForm {
  let action = Paths.jobs
  let secret: CSRFField
  let summary: ErrorSummary?
  let buttons: [Button]
  let error: String?

  struct Button {
    let value: String
    let label: String
  }

  init(_ secret: CSRFField, _ state: FormState, _ words: Words) {
    self.secret = secret
    var make = FieldBuilder(state)
    make.add("type", words("What", context: "job"))
    summary = make.summary
    error = state.errors["type"]
    buttons = JobType.asked.map { Button(value: $0.rawValue, label: JobNames.name($0, words)) }
  }
}

/// A job in the list.
struct JobItem {
  let id: String
  let path: Path
  let title: String
  let state: String
  let badge: StatusBadge
  let progress: String
  let progressWords: String
  let time: TimeText
  let error: String

  var hasError: Bool { !error.utf8.isEmpty }

  init(_ job: AccountJob, _ person: Person, _ clock: PageClock, _ words: Words) {
    id = job.id.text
    path = Paths.job(job.id)
    title = JobNames.name(job.kind, words)
    state = job.state.rawValue
    badge = JobText.badge(job, words)
    (progress, progressWords) = (job.progress, JobText.progress(job, words))
    time = TimeText(job.finishedAt ?? job.startedAt ?? job.createdAt, person, clock)
    error = job.error
  }
}

/// The page of a job.
struct JobPage {
  let layout: Layout
  let back = Paths.jobs
  let item: JobItem
  let type: String
  let times: [Time]
  let attempts: Int
  /// When it is tried next; nil: it does not wait.
  let due: TimeText?
  let metrics: [Metric]
  let retry: Path?
  let cancel: Path?
  let secret: CSRFField

  var hasMetrics: Bool { !metrics.isEmpty }

  struct Time {
    let label: String
    let time: TimeText
  }

  struct Metric {
    let name: String
    let value: String
  }

  init(_ job: AccountJob, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    var layout = try Layout(JobNames.name(job.kind, words), .learning, web)
    layout.isAwaited = job.canCancel && job.failures == 0
    self.layout = layout
    secret = layout.secret
    item = JobItem(job, person, web.clock, words)
    type = JobType(kind: job.kind)?.rawValue ?? job.kind
    let moments: [(String, Instant?)] = [
      (words("Asked for"), job.createdAt), (words("Begun"), job.startedAt), (words("Ended"), job.finishedAt),
    ]
    times = moments.compactMap { label, at in at.map { Time(label: label, time: TimeText($0, person, web.clock)) } }
    attempts = job.attempts
    due = job.state == .queued ? TimeText(job.dueAt, person, web.clock) : nil
    metrics = zip(job.metricNames, job.metricValues).map { Metric(name: $0, value: $1) }
    retry = job.canRetry ? Paths.retry(job.id) : nil
    cancel = job.canCancel ? Paths.cancellation(job.id) : nil
  }
}
