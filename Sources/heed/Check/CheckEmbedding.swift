import App
import Net

extension Findings {
  /// Asks the server of vectors for two, as the worker would, and names the address that its name leads to.
  mutating func embedding(_ configuration: Configuration) {
    guard let server = configuration.embedding else { return add(.fine, "HEED_EMBED_URL", "is not set: search goes by names and words") }
    do throws(NetError) {
      let trial = try server.trial()
      let place = server.endpoint.host + (trial.address.map { " (\($0))" } ?? "")
      guard let failure = trial.failure else {
        let length = trial.dimension.map { "\($0) numbers each" } ?? ""
        return add(.fine, "HEED_EMBED_URL", "\(server.model) at \(place) makes vectors of \(length), in \(trial.milliseconds) ms")
      }
      add(.wrong, "HEED_EMBED_URL", "\(place) \(Self.words(failure, server, trial.detail))")
    } catch {
      add(.wrong, "HEED_EMBED_URL", "cannot be asked: \(error)")
    }
  }

  private static func words(_ failure: String, _ server: EmbedServer, _ detail: String) -> String {
    switch failure {
    case "timeout": "gives no answer within 30 seconds."
    case "connection": "cannot be reached: \(detail)."
    case "redirect": "sends us elsewhere, and redirects are not followed; give the address it names."
    case "status_401", "status_403": "does not take HEED_EMBED_KEY."
    case "status_404": "does not know the address or the model “\(server.model)”; are HEED_EMBED_URL and HEED_EMBED_MODEL right?"
    case "invalid_output": "answers, but not with vectors; is “\(server.model)” (HEED_EMBED_MODEL) a model for embeddings?"
    default: "answers with an error (\(failure))."
    }
  }
}
