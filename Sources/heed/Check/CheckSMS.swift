import App
import Net

extension Findings {
  /// Asks the gateway for the account, which sends nothing.
  mutating func sms(_ configuration: Configuration) {
    guard let gateway = configuration.sms else {
      return add(.fine, "HEED_SMS_ACCOUNT", "is not set: no SMS is sent, and nobody is offered it")
    }
    do throws(NetError) {
      switch try gateway.trial() {
      case .fine:
        let hook = configuration.publicURL.text + "/hooks/sms/inbound"
        add(.fine, "HEED_SMS_URL", "\(gateway) lets us in; answers come in where its number posts incoming messages to \(hook)")
      case .status(401), .status(403): add(.wrong, "HEED_SMS_TOKEN", "\(gateway) does not let us in. Are account and token right?")
      case .status(404): add(.note, "HEED_SMS_URL", "\(gateway) does not know the account, or does not tell of it (404).")
      case .status(let status): add(.note, "HEED_SMS_URL", "\(gateway) answers with \(status) when it is asked for the account.")
      case .failed(let why): add(.wrong, "HEED_SMS_URL", "\(gateway) cannot be reached: \(why).")
      }
    } catch {
      add(.wrong, "HEED_SMS_URL", "cannot be asked: \(error)")
    }
    if !configuration.publicURL.isSecure {
      add(
        .note, "HEED_PUBLIC_URL", "is not https: a gateway out there does not tell \(configuration.publicURL.text) what became of an SMS.")
    }
  }
}
