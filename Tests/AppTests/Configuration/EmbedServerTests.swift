import Testing

@testable import App
@testable import Domain

/// Where a server of vectors is set up.
@Suite struct EmbedServerTests {
  private static let enough = ["HEED_EMBED_URL": "http://127.0.0.1:11434", "HEED_EMBED_MODEL": "e5"]

  @Test func `an address and a model are enough, and all of it can be set`() throws {
    let server = try configuration(Self.enough).embedding.unwrapped
    #expect(server.endpoint.url == "http://127.0.0.1:11434/v1/embeddings" && server.model == "e5" && server.key == nil)
    #expect(server.queryPrefix.isEmpty && server.passagePrefix.isEmpty && server.price == nil)
    #expect(try configuration().embedding == nil)
    let whole = try configuration(
      Self.enough.merging([
        "HEED_EMBED_KEY": "sk-secret-7", "HEED_EMBED_QUERY_PREFIX": "query: ", "HEED_EMBED_PASSAGE_PREFIX": "passage:",
        "HEED_EMBED_PRICE": "0.02",
      ]) { $1 }
    ).embedding.unwrapped
    #expect(whole.key == "sk-secret-7" && !"\(whole)".contains("sk-secret-7") && whole.price != nil)
    #expect(EmbedServer.text("a", behind: whole.queryPrefix) == "query: a" && EmbedServer.text("a", behind: "") == "a")
    // Another prefix is another model.
    #expect(server.fingerprint != whole.fingerprint && server.fingerprint.count == 32)
  }

  @Test func `a mistake is told at the start, without repeating a secret, and what has no effect is noted`() throws {
    for (changes, words) in [
      (["HEED_EMBED_URL": "http://127.0.0.1:11434"], "HEED_EMBED_MODEL: is missing"),
      (Self.enough.merging(["HEED_EMBED_URL": "127.0.0.1:11434"]) { $1 }, "HEED_EMBED_URL: is no address"),
      (Self.enough.merging(["HEED_EMBED_URL": "https://me:sesame@x.test/v1"]) { $1 }, "without a name and password"),
      (["HEED_EMBED_KEY": "sesame\nX-Other: 1"], "HEED_EMBED_KEY: holds"),
      (["HEED_EMBED_PRICE": "cheap"], "HEED_EMBED_PRICE: is no number"),
      (["HEED_EMBED_QUERY_PREFIX": String(repeating: "q", count: 301)], "HEED_EMBED_QUERY_PREFIX: is longer"),
    ] {
      let found = complaints(changes)
      #expect(found.count == 1 && found[0].contains(words) && !found.joined().contains("sesame"), "\(found)")
    }
    let notes = try configuration(["HEED_EMBED_KEY": "sesame", "HEED_EMBED_MODEL": "e5"]).notes.map(\.description)
    #expect(notes.filter { $0.contains("has no effect without HEED_EMBED_URL") }.count == 2 && !notes.joined().contains("sesame"))
  }

  @Test func `one call tells how long vectors are, or why there are none`() throws {
    let sink = try Sink.shared("embed_sink.py")
    func trial(_ step: String, port: Int? = nil) throws -> EmbedServer.Trial {
      let endpoint = try CoachEndpoint("http://localhost:\(port ?? sink.port)/trial-\(step)/\(step)", asking: ["embeddings"]).unwrapped
      return try EmbedServer(endpoint: endpoint, model: "bag-16").trial()
    }
    let good = try trial("ok")
    #expect(good.failure == nil && good.dimension == 16 && good.address == "127.0.0.1")
    #expect(try trial("401").failure == "status_401" && trial("nan").failure == "invalid_output" && trial("redirect").failure == "redirect")
    #expect(try trial("ok", port: 1).failure == "connection")
  }
}
