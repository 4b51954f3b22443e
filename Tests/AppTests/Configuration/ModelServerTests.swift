import Testing

@testable import App
@testable import Domain

/// Where a model server is set up.
@Suite struct ModelServerTests {
  private static let enough = ["HEED_LLM_URL": "http://127.0.0.1:11434", "HEED_LLM_MODEL": "tiny"]

  private func model(_ more: [String: String] = [:]) throws -> ModelServer {
    try configuration(Self.enough.merging(more) { $1 }).model.unwrapped
  }

  @Test func `an address and a model are enough, and the rest has its documented value`() throws {
    let server = try model()
    #expect(server.endpoint.url == "http://127.0.0.1:11434/v1/chat/completions" && server.endpoint.host == "127.0.0.1:11434")
    #expect(server.model == "tiny" && server.key == nil && server.extra == nil && server.daily == 60 && server.seconds == 30)
    #expect(try configuration().model == nil)
  }

  @Test func `all of it can be set`() throws {
    let server = try model([
      "HEED_LLM_KEY": "sk-secret-7", "HEED_LLM_DAILY": "5", "HEED_LLM_EXTRA": #"{"temperature":0.4}"#, "HEED_LLM_TIMEOUT_S": "3",
    ])
    #expect(server.key == "sk-secret-7" && server.daily == 5 && server.seconds == 3)
    #expect(server.extra?.json == .object([("temperature", .number("0.4"))]))
    // Neither a log nor a page gets it by accident.
    #expect(!"\(server)".contains("sk-secret-7"))
  }

  @Test(arguments: [
    (["HEED_LLM_URL": "http://127.0.0.1:11434"], "HEED_LLM_MODEL: is missing"),
    (["HEED_LLM_URL": "127.0.0.1:11434", "HEED_LLM_MODEL": "tiny"], "HEED_LLM_URL: is no address"),
    (["HEED_LLM_URL": "https://me:sesame@x.test/v1", "HEED_LLM_MODEL": "tiny"], "without a name and password"),
    (["HEED_LLM_URL": "https://x.test:99999/v1?key=sesame", "HEED_LLM_MODEL": "tiny"], "HEED_LLM_URL: is no address"),
    (["HEED_LLM_KEY": "sesame\nX-Other: 1"], "HEED_LLM_KEY: holds"),
    (["HEED_LLM_EXTRA": "temperature=0.4"], "HEED_LLM_EXTRA: is no JSON object"),
    (["HEED_LLM_EXTRA": "[1]"], "HEED_LLM_EXTRA: is no JSON object"),
    (["HEED_LLM_EXTRA": #"{"stream":true}"#], "may not hold “stream”"),
    (["HEED_LLM_DAILY": "0"], "1 to 10000"),
    (["HEED_LLM_TIMEOUT_S": "101"], "1 to 100"),
  ])
  func `a mistake is told at the start, without repeating a secret`(changes: [String: String], words: String) {
    let found = complaints(changes)
    #expect(found.count == 1 && found[0].contains(words), "\(found)")
    #expect(!found.joined().contains("sesame"))
  }

  @Test func `what is set for a server that is not is noted`() throws {
    let notes = try configuration(["HEED_LLM_KEY": "sesame", "HEED_LLM_MODEL": "tiny"]).notes.map(\.description)
    #expect(notes.filter { $0.contains("has no effect without HEED_LLM_URL") }.count == 2 && !notes.joined().contains("sesame"))
  }

  @Test func `one call tells whom the name leads to, and whether the answer is as wanted`() throws {
    let sink = try Sink.shared("model_sink.py")
    func trial(_ step: String, port: Int? = nil) throws -> ModelServer.Trial {
      let endpoint = try CoachEndpoint("http://localhost:\(port ?? sink.port)/trial\(step.hashValue)/\(step)").unwrapped
      return try ModelServer(endpoint: endpoint, model: "tiny", seconds: 1).trial()
    }
    let good = try trial(ModelAsking.saying("Hello there, friend"))
    #expect(good.failure == nil && good.address == "127.0.0.1" && good.detail.isEmpty)
    #expect(try trial("401").failure == "status_401")
    #expect(try trial("hang").failure == "timeout")
    #expect(try trial(ModelAsking.content("Hello there, friend")).failure == "prose")
    let nobody = try trial("hang", port: 1)
    #expect(nobody.failure == "connection" && !nobody.detail.isEmpty)
  }
}
