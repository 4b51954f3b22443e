import Testing

@testable import Domain

@Suite struct CoachAnswerTests {
  private func answer(_ content: String, _ rest: String = "") -> [UInt8] {
    Array(#"{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":\#(JSONText.string(content).text)\#(rest)}}]}"#.utf8)
  }

  private func read(_ body: [UInt8], status: Int = 200) -> Result<String, CoachFailure> {
    do throws(CoachFailure) { return .success(try CoachAnswer.message(status: status, body)) } catch { return .failure(error) }
  }

  @Test(arguments: [
    #"{"message": "Well"}"#, #" {"message":"Well"} "#, "<think>41 days?</think>{\"message\":\"Well\"}",
    "<think>\n</think>\n\n{\"message\":\"Well\"}\n",
    "```json\n{\"message\": \"Well\"}\n```", "```\n{\"message\": \"Well\"}\n```", "```{\"message\": \"Well\"}```",
    "half a thought</think>{\"message\":\"Well\"}",
    "<think>a</think> b </think>```json\r\n{\"message\":\"Well\"}\r\n```", #"{"mood":"calm","message":"Well"}"#,
    #"{"message":"W\u0065ll"}"#,
  ])
  func `one object with a message is taken, also in a fence or behind a thought`(content: String) {
    #expect(read(answer(content)) == .success("Well"))
  }

  @Test(arguments: [
    ("Well done!", CoachFailure.prose), (#"Here: {"message":"Well"}"#, .prose), (#"{"message":"Well"} Cheers"#, .prose),
    (#"{"text":"Well"}"#, .prose),
    (#"{"message":42}"#, .prose), (#"["message"]"#, .prose), (#"{"message":"a"}{"message":"b"}"#, .prose), ("", .empty), ("  \n", .empty),
    (#"{"message":"  "}"#, .empty), ("<think>never ending", .prose), ("<think>x</think>", .empty), ("```", .prose), ("``````", .empty),
    (#"{"message":"a",}"#, .prose), (#"{'message':'a'}"#, .prose), ("I cannot help with that", .prose), (#"{"message":"cut o"#, .prose),
  ])
  func `everything else is a failure with its reason`(content: String, failure: CoachFailure) {
    #expect(read(answer(content)) == .failure(failure))
  }

  @Test(arguments: [
    (#"{"error":{"message":"model not found"}}"#, CoachFailure.error), (#"{"error":"overloaded","choices":[]}"#, .error),
    (#"{"choices":[]}"#, .noChoices),
    (#"{"error":null,"choices":[]}"#, .noChoices), ("{}", .noChoices), (#"{"choices":[{}]}"#, .noChoices),
    (#"{"choices":[{"message":"x"}]}"#, .noChoices),
    (#"{"choices":{"message":{}}}"#, .noChoices), ("[]", .notJSON), ("", .notJSON), ("<html><body>Bad gateway</body></html>", .notJSON),
    (#"{"choices":[{"message":{"content":"{\"mess"#, .notJSON), ("null", .notJSON), (#"{"a":1}{"b":2}"#, .notJSON),
    (#"{"choices":[{"message":{"content":null,"tool_calls":[{"id":"1"}]}}]}"#, .toolCall),
    (#"{"choices":[{"message":{"content":null,"function_call":{"name":"f"}}}]}"#, .toolCall),
    (#"{"choices":[{"message":{"content":null}}]}"#, .empty),
    (#"{"choices":[{"message":{"content":null,"tool_calls":[]}}]}"#, .empty),
    (#"{"choices":[{"message":{"content":null,"refusal":"No."}}]}"#, .refused),
    (#"{"choices":[{"finish_reason":"content_filter","message":{"content":""}}]}"#, .refused),
    (#"{"choices":[{"message":{"content":["a"]}}]}"#, .empty),
  ])
  func `answers without a message have a reason`(body: String, failure: CoachFailure) {
    #expect(read(Array(body.utf8)) == .failure(failure))
  }

  @Test(arguments: [
    (301, CoachFailure.redirect), (307, .redirect), (401, .status(401)), (429, .status(429)), (500, .status(500)), (204, .status(204)),
  ])
  func `only status 200 is read`(status: Int, failure: CoachFailure) {
    #expect(read(answer(#"{"message":"Well"}"#), status: status) == .failure(failure))
  }

  @Test func `more than 256 kB, bytes that are no UTF-8 and deep nesting are refused`() {
    #expect(read([UInt8](repeating: 0x20, count: 5_000_000)) == .failure(.tooLarge))
    #expect(read(Array(#"{"choices":[{"message":{"content":""#.utf8) + [0xFF] + Array(#""}}]}"#.utf8)) == .failure(.notJSON))
    #expect(read([UInt8](repeating: UInt8(ascii: "["), count: 200_000)) == .failure(.notJSON))
  }
}

@Suite struct CoachCallsTests {
  private static let retries: [(CoachFailure, Int, String?, Int, Int?)] = [
    (CoachFailure.connection, 1, nil, 0, 500), (.connection, 2, nil, 5000, 2000), (.connection, 3, nil, 5000, nil),
    (.status(500), 1, nil, 0, 500),
    (.status(503), 1, "3", 0, 3000), (.status(429), 1, "20", 100, 20_000), (.status(429), 1, "2000", 100, nil),
    (.status(429), 1, "20", 12_000, nil),
    (.status(429), 1, nil, 0, 500), (.status(429), 1, "soon", 0, 500), (.status(429), 1, "-5", 0, 500),
    (.status(429), 1, "99999999999999999999", 0, 500),
    (.status(429), 1, "9223372036854775807", 0, nil), (.status(408), 1, nil, 0, 500), (.status(401), 1, nil, 0, nil),
    (.status(403), 1, nil, 0, nil),
    (.status(404), 1, nil, 0, nil), (.redirect, 1, nil, 0, nil), (.tooLarge, 1, nil, 0, nil), (.timeout, 1, nil, 30_000, nil),
    (.refused, 1, nil, 0, nil),
    (.notJSON, 1, nil, 0, 500), (.prose, 2, nil, 0, 2000), (.error, 1, nil, 28_400, 500), (.error, 1, nil, 28_600, nil),
    (.connection, 1, nil, 40_000, nil),
  ]

  @Test(arguments: retries)
  func `hard case 17: a call is made again when it may help and fits`(
    failure: CoachFailure, call: Int, retryAfter: String?, elapsed: Int, wait: Int?
  ) {
    #expect(CoachRetry.wait(after: failure, call: call, retryAfter: retryAfter, elapsed: elapsed) == wait)
  }

  /// Seconds from the start of each failure, and whether it began a pause.
  @Test func `hard case 21: five failures in a row pause for five minutes, and one more for five again`() {
    let start = Instant(seconds: 1_800_000_000)
    var pause = CoachPause()
    // At 10 a call that was under way already says nothing new.
    let began = [1, 2, 3, 4, 5, 10, 305].map { second in
      let wasOpen = pause.mayCall(at: start.advanced(seconds: second))
      return (wasOpen, pause.failed(at: start.advanced(seconds: second)))
    }
    #expect(began.map(\.0) == [true, true, true, true, true, false, true])
    #expect(began.map(\.1) == [false, false, false, false, true, false, true])
    #expect(!pause.mayCall(at: start.advanced(seconds: 604)))
    #expect(pause.mayCall(at: start.advanced(seconds: 605)))
    pause.succeeded()
    #expect(pause.mayCall(at: start.advanced(seconds: 306)))
  }

  @Test func `an answer between failures begins the count anew`() {
    let now = Instant(seconds: 1_800_000_000)
    var pause = CoachPause()
    for _ in 0..<3 {
      for _ in 0..<4 { _ = pause.failed(at: now) }
      pause.succeeded()
    }
    #expect(pause == CoachPause())
  }

  @Test(arguments: [
    ("http://localhost:11434", "http://localhost:11434/v1/chat/completions", "localhost:11434"),
    ("http://localhost:11434/", "http://localhost:11434/v1/chat/completions", "localhost:11434"),
    ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions", "localhost:11434"),
    ("http://localhost:11434/v1/", "http://localhost:11434/v1/chat/completions", "localhost:11434"),
    (" https://API.example.com/v1/chat/completions/ ", "https://api.example.com/v1/chat/completions", "api.example.com"),
    ("https://example.com/api", "https://example.com/api/v1/chat/completions", "example.com"),
    ("https://example.com/v1beta/openai/", "https://example.com/v1beta/openai/chat/completions", "example.com"),
    ("HTTPS://example.com//v1", "https://example.com/v1/chat/completions", "example.com"),
    ("http://[::1]:8080/v1", "http://[::1]:8080/v1/chat/completions", "[::1]:8080"),
    ("https://x.example/openai/v1?api-version=2", "https://x.example/openai/v1/chat/completions?api-version=2", "x.example"),
    ("http://host/chat/completions", "http://host/v1/chat/completions", "host"),
    ("http://host/video", "http://host/video/v1/chat/completions", "host"),
  ])
  func `the address may be written in every usual way`(text: String, url: String, host: String) {
    #expect(CoachEndpoint(text)?.url == url)
    #expect(CoachEndpoint(text)?.host == host)
  }

  @Test(arguments: [
    "", "localhost:11434", "ftp://host", "http://", "http:///v1", "http://user:pw@host", "http://ho st", "http://host/#v1", "http://:80",
    "http://hôst",
  ])
  func `what is no address is refused`(text: String) {
    #expect(CoachEndpoint(text) == nil)
  }
}
