import Testing

@testable import App
@testable import Domain
@testable import Net

/// The time that is set for a text, on a steady clock that goes as a server takes its time (hard case 17).
@Suite struct ModelClockTests {
  /// What a server does with one call.
  enum Step: Sendable {
    /// No answer, or one that drips: until the call's own time is over.
    case hangs
    /// An answer with that status after so many milliseconds, which asks for so many seconds.
    case answers(Int, after: Int, retryAfter: Int? = nil)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let steps: [Step]
    let reason: String
    /// When a template speaks, in milliseconds of the job.
    let end: Int
    var testDescription: String { "\(steps)" }
  }

  private static let cases = [
    Case(steps: [.hangs], reason: "timeout", end: 30_000),
    Case(steps: [.answers(429, after: 100, retryAfter: 20), .hangs], reason: "timeout", end: 30_000),
    Case(
      steps: [.answers(429, after: 5_000, retryAfter: 20), .answers(429, after: 4_000, retryAfter: 20)], reason: "status_429",
      end: 29_000),
    // What is asked for does not fit any more: nobody waits for it.
    Case(steps: [.answers(429, after: 9_500, retryAfter: 20)], reason: "status_429", end: 9_500),
    Case(steps: [.answers(429, after: 100, retryAfter: 2_000)], reason: "status_429", end: 100),
    Case(steps: [.answers(500, after: 14_000), .answers(500, after: 14_000)], reason: "status_500", end: 28_500),
    Case(steps: [.answers(500, after: 1_000), .answers(500, after: 1_000), .hangs], reason: "timeout", end: 30_000),
    Case(steps: [.answers(503, after: 29_500)], reason: "status_503", end: 29_500),
  ]

  @Test(arguments: cases)
  func `hard case 17: with the time that is set where nobody says another, a template speaks 30 s after the job's start at the latest`(
    _ fault: Case
  ) throws {
    let asking = try ModelAsking()
    let server = ModelServer(endpoint: try CoachEndpoint("http://127.0.0.1:9").unwrapped, model: "tiny")
    let bench = try asking.worker(server).bench
    // The job has been at something else before it asks.
    let start = 1_234
    var (memory, moment, calls) = ("", JobMoment(elapsed: start), 0)
    var silence: ModelSilence?
    while silence == nil {
      switch try ModelCall.step(asking.question(), &memory, moment, bench, asking.site.now) {
      case .waiting(let request, let wait):
        let step = try #require(calls < fault.steps.count ? fault.steps[calls] : nil, "another call after \(calls)")
        calls += 1
        let begun = moment.elapsed + wait
        #expect(begun + request.milliseconds <= start + 30_000)
        moment = Self.moment(after: step, request, begun: begun)
      case .written(let text): throw Written(text: text)
      case .unwritten(let why): silence = why
      }
    }
    #expect(silence == ModelSilence.failed(fault.reason) && calls == fault.steps.count)
    #expect(moment.elapsed - start == fault.end && fault.end <= 30_000)
  }

  private struct Written: Error { let text: String }

  /// What a worker hands to the next step: libcurl ends a call when its time is over.
  private static func moment(after step: Step, _ request: HTTPRequest, begun: Int) -> JobMoment {
    if case .answers(let status, let after, let retryAfter) = step, after < request.milliseconds {
      let headers = retryAfter.map { [HeaderField("Retry-After", String($0))] } ?? []
      let response = HTTPResponse(status: status, headers: headers, body: [], isTruncated: false)
      return JobMoment(answer: .response(response), latency: after, elapsed: begun + after)
    }
    let failure = HTTPFailure(kind: .timeout, text: "")
    return JobMoment(answer: .failed(failure), latency: request.milliseconds, elapsed: begun + request.milliseconds)
  }
}
