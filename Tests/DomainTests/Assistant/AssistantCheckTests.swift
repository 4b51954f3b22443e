import Testing

@testable import Domain

/// What of a model's answer is shown.
@Suite struct AssistantCheckTests {
  private let check = AssistantCheck(
    [
      AssistantCited(title: "Call Ana", path: "/tasks/0192f000-0000-7000-8000-000000000001"),
      AssistantCited(title: "Pay [the] rent", path: "/tasks/0192f000-0000-7000-8000-000000000002"),
    ], assumptions: [AssistantCited(title: "Ana works at Umbrella", path: "/assumptions")], .english)

  private func shown(_ text: String) -> String? {
    switch Result(catching: { () throws(AssistantRefusal) in try check.checked(text) }) {
    case .success(let checked): checked.text
    case .failure: nil
    }
  }

  @Test func `numbers become links, and a sentence that names what was not given is dropped`() {
    let first = "/tasks/0192f000-0000-7000-8000-000000000001"
    let second = "/tasks/0192f000-0000-7000-8000-000000000002"
    let rows: [(answer: String, shown: String?)] = [
      ("You should do Call Ana [1] today.", "You should do [Call Ana](\(first)) today."),
      ("**Call Ana** [1] is due.", "**[Call Ana](\(first))** is due."),
      ("The rent [2] is due.", "The rent [Pay \\[the\\] rent](\(second)) is due."),
      ("It is due. [1] Then there is the other.", "It is due. [Call Ana](\(first)) Then there is the other."),
      ("Call Ana [1] is due. Bob has a secret [9]. That is all.", "[Call Ana](\(first)) is due. That is all."),
      ("- Call Ana [1]\n- Bob [7]\n- the rest", "- [Call Ana](\(first))\n- the rest"),
      ("1. Call Ana [1]\n2. Bob [0]", "1. [Call Ana](\(first))"),
      ("See [it](/tasks/0192f000-0000-7000-8000-00000000000a) there. It is well.", "It is well."),
      ("See [it](\(first)) there.", "See [it](\(first)) there."),
      ("The id is 0192F000-0000-7000-8000-0000000000FF, as you know.", nil),
      ("Bob [9].", nil), ("", nil), (" \u{200B}\u{202E} ", nil), ("{\"name\": \"search\", \"arguments\": {}}", nil),
      ("<tool_call>{}</tool_call>", nil), ("{\"message\": \"It is due today.\"}", "It is due today."),
      ("<think>[9]</think>It is due today.", "It is due today."), ("Error: 500 Internal Server Error", nil),
      ("<html><body>502</body></html>", nil),
      ("Error in the plan, says Call Ana [1].", "Error in the plan, says [Call Ana](\(first))."),
      ("Não há nada para hoje, mas você tem muito para amanhã, e isso é bom.", nil),
      ("Nul\u{0}byte and bi\u{202E}di are gone.", "Nulbyte and bidi are gone."),
      ("[3](https://evil.example) is a link of its own.", "[3](https://evil.example) is a link of its own."),
    ]
    for row in rows { #expect(shown(row.answer) == row.shown, "\(row.answer)") }
  }

  @Test func `assumptions that are named are told, and an answer keeps to its bytes`() throws {
    let told = try check.checked("She is at Umbrella [A1], so it is well.")
    #expect(told.assumptions == [0] && told.text.contains("(/assumptions)"))
    #expect(shown("She is at Acme [A2].") == nil)
    for text in [String(repeating: "Call Ana [1] is due today. ", count: 1_000), String(repeating: "It is due.\n", count: 200_000)] {
      let kept = try #require(shown(text))
      #expect(kept.utf8.count <= AssistantCheck.longest && kept.hasSuffix("…"))
    }
  }

  @Test func `a message of a model asks tools or answers, whatever shape it has`() throws {
    func read(_ json: String) -> AssistantReply? {
      JSONValue(json.utf8).flatMap { value in try? AssistantReply(value) }
    }
    #expect(read("{\"content\": \"Hello\"}") == .text("Hello"))
    #expect(read("{\"content\": [{\"type\": \"text\", \"text\": \"Hello\"}]}") == .text("Hello"))
    #expect(read("{\"content\": \" \"}") == nil && read("{}") == nil && read("{\"function_call\": {}}") == nil)
    let calls = read(
      "{\"tool_calls\": [{\"id\": \"a\", \"function\": {\"name\": \"due\", \"arguments\": \"{}\"}}, {\"function\": {\"name\": \"who\", \"arguments\": {\"n\": 1}}}, 7]}"
    )
    #expect(
      calls
        == .calls([
          AssistantCall(id: "a", name: "due", arguments: "{}"), AssistantCall(id: "call_2", name: "who", arguments: "{\"n\":1}"),
          AssistantCall(id: "call_3", name: "", arguments: "{}"),
        ]))
    // Hard case 49: a list without end, and names that no column takes.
    func called(_ json: String) -> [AssistantCall] {
      if case .calls(let calls)? = read("{\"tool_calls\": [" + json + "]}") { return calls }
      return []
    }
    let many = called(Array(repeating: "{\"function\": {\"name\": \"due\"}}", count: 20_000).joined(separator: ","))
    #expect(many.count == AssistantReply.mostCalls && many.last?.name == "due")
    let marks = "a\\u0000" + String(repeating: "e\u{301}", count: 200)
    let strange = called("{\"function\": {\"name\": \"\(marks)\"}}").first?.name ?? ""
    #expect(strange.unicodeScalars.count == 60 && !strange.utf8.contains(0))
    let long = AssistantCall(id: "a", name: "due", arguments: String(repeating: "x", count: 1_000_000))
    #expect(!long.isShort && long.json.text.utf8.count < 200)
  }

  @Test func `hard case 49: what is told beside the question fits its room, the newest messages first`() {
    var context = AssistantContext(question: String(repeating: "a", count: 4_096))
    #expect(context.take(.facts, [String(repeating: "f", count: 3_000), String(repeating: "f", count: 30_000), "small"]) == [0, 2])
    let messages = (0..<10).map { _ in String(repeating: "m", count: 4_096) }
    #expect(context.take(.messages, messages) == [0, 1])
    #expect(context.left >= 0 && context.take(.messages, [messages[0], "tiny"]).isEmpty)
  }

  @Test func `names are looked for among runs of words, and agreeing is told from asking`() {
    let runs = AssistantMentions.runs(in: "Who is Ana Lima, from O'Neill-Souza Ltda.?")
    for name in ["Ana", "Ana Lima", "O'Neill-Souza Ltda"] { #expect(runs.contains(name), "\(name)") }
    #expect(!runs.contains("is") && !runs.contains("Who is"))
    #expect(AssistantMentions.words(in: "quem é a José?") == ["José"])
    #expect(AssistantMentions.runs(in: " ,.; ").isEmpty)
    for yes in ["yes", "Yes!", "OK.", "sim, por favor", "Pode fazer", "faça isso"] { #expect(AssistantConsent.isAll(of: yes), "\(yes)") }
    for other in ["yes, and what is due", "no", "", "is it ok"] { #expect(!AssistantConsent.isAll(of: other), "\(other)") }
  }

  @Test func `a talk is sent with its turns and tools, which nothing added replaces`() throws {
    var prompt = CoachPrompt(file: "assistant.1", system: "Rules.", user: "unused")
    prompt.turns = [CoachPrompt.message("user", "Hi")]
    prompt.tools = .array([.string("t")])
    let extra = JSONValue("{\"tools\": [], \"temperature\": 0}".utf8)
    let sent = prompt.body(model: "m", extra: extra, usual: [("tool_choice", .string("none"))])
    #expect(
      sent
        == "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Rules.\"},{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":false,\"tools\":[\"t\"],\"temperature\":0,\"tool_choice\":\"none\"}"
    )
  }
}
