import App
import Net

extension Findings {
  /// Asks the model server for three words, as the worker would, and names the address that its name leads to.
  mutating func model(_ configuration: Configuration) {
    guard let server = configuration.model else { return add(.fine, "HEED_LLM_URL", "is not set: the coach speaks without a model") }
    do throws(NetError) {
      let trial = try server.trial()
      let place = server.endpoint.host + (trial.address.map { " (\($0))" } ?? "")
      guard let failure = trial.failure else {
        return add(.fine, "HEED_LLM_URL", "\(server.model) at \(place) answers as wanted, in \(trial.milliseconds) ms")
      }
      let kind: Kind = Self.isWrong(failure) ? .wrong : .note
      add(kind, "HEED_LLM_URL", "\(place) \(Self.words(failure, server, trial.detail))")
    } catch {
      add(.wrong, "HEED_LLM_URL", "cannot be asked: \(error)")
    }
  }

  /// An answer in another form may be this one's only: small models do that now and then. The coach's own texts stand in.
  private static func isWrong(_ failure: String) -> Bool { !["prose", "empty_answer", "refused", "tool_call"].contains(failure) }

  private static func words(_ failure: String, _ server: ModelServer, _ detail: String) -> String {
    switch failure {
    case "timeout": "gives no answer within \(server.seconds) seconds (HEED_LLM_TIMEOUT_S)."
    case "connection": "cannot be reached: \(detail)."
    case "redirect": "sends us elsewhere, and redirects are not followed; give the address it names."
    case "status_401", "status_403": "does not take HEED_LLM_KEY."
    case "status_404": "does not know the address or the model “\(server.model)”; are HEED_LLM_URL and HEED_LLM_MODEL right?"
    case "not_json", "no_choices": "answers, but not as a model server does; is HEED_LLM_URL right?"
    case "prose", "empty_answer", "refused", "tool_call": "answers, but not with the JSON object that was asked for (\(failure))."
    default: "answers with an error (\(failure))."
    }
  }
}
