import Domain
import HTML
import Net
import Web

/// What a browser says when it has subscribed, as `JSON.stringify(subscription)` writes it, and what its person calls it.
struct PushDeviceForm {
  let subscription: PushSubscription
  let label: String
  /// The host of its push service.
  let service: String

  /// - Throws: all complaints. That what a name leads to may be dialled is seen again when it is.
  init(_ web: Context) throws(FormErrors) {
    var read = FormReader(web.form, web.words)
    let typed = read.line("label", 0...60)
    label = typed.utf8.isEmpty ? BrowserName(web.request.agent).text(web.words) : typed
    let found = Self.subscription(&read, web.services.addresses)
    subscription = try read.finish(found)
    service = HTTPTarget(subscription.endpoint)?.host ?? ""
  }

  /// The longest address that is taken: those of services have about 200 bytes.
  private static let longest = 1_000
  /// The longest name that there can be (RFC 1035).
  private static let longestHost = 253

  static func subscription(_ read: inout FormReader, _ addresses: AddressGuard) -> PushSubscription? {
    let (name, text) = ("subscription", read.raw("subscription"))
    guard text.utf8.count <= 4_096, let json = JSONValue(text.utf8), let endpoint = json["endpoint"]?.text else {
      read.complain(name, read.words("This is not what a browser says when it subscribes. Press the button again."))
      return nil
    }
    guard endpoint.utf8.count <= longest, VAPID.isSecure(endpoint), let target = HTTPTarget(endpoint), !target.isForeignPort,
      target.host.utf8.count <= longestHost
    else {
      read.complain(name, read.words("The address of a push service begins with https."))
      return nil
    }
    if let address = target.address, addresses.refusal(of: address) != nil {
      read.complain(name, read.words("No message may go there: the address belongs to a private network."))
      return nil
    }
    let keys = json["keys"]
    let found = PushSubscription(endpoint: endpoint, point: keys?["p256dh"]?.text ?? "", auth: keys?["auth"]?.text ?? "")
    if found == nil { read.complain(name, read.words("The keys of this subscription are not complete. Press the button again.")) }
    return found
  }
}
