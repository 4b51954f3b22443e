/// The headers that every answer carries, errors too. nginx sends the same on the answers it makes itself (`nginx/headers.conf`).
public enum SecurityHeaders {
  /// No inline script or style anywhere, so the policy has no exceptions.
  public static let contentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

  /// The same for pages that show mails in frames of ours.
  public static let framingPolicy = contentSecurityPolicy + "; frame-src 'self'"
  /// The same for the page that registers our service worker.
  public static let workerPolicy = contentSecurityPolicy + "; worker-src 'self'"
  /// Of a page that shows the HTML of a stranger, by itself or in a frame of ours: an origin of nobody's that runs and loads nothing.
  public static let framedPolicy =
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    + "frame-ancestors 'self'"
  /// The same where pictures that came with the message are shown. Other addresses of pictures do not come through (``MailHTML`` of Domain).
  public static let picturedPolicy = framedPolicy + "; img-src 'self'"
  /// Of a file that a stranger sent.
  public static let filePolicy = "default-src 'none'; sandbox"
  /// What an answer may carry in place of ``contentSecurityPolicy``.
  private static let others = [framingPolicy, workerPolicy, framedPolicy, picturedPolicy, filePolicy]

  /// Adds what is not there yet. Pages without an ETag are not stored anywhere.
  ///
  /// - Parameter https: whether the public address is https; then browsers are told to stay on it.
  public static func complete(_ response: inout Response, requestID: String, https: Bool) {
    let policy = response.header("Content-Security-Policy").flatMap { others.contains($0) ? $0 : nil } ?? contentSecurityPolicy
    response.set("Content-Security-Policy", policy)
    response.set("X-Content-Type-Options", "nosniff")
    // Chromium sends `Origin: null` on form posts under `no-referrer`.
    response.set("Referrer-Policy", "same-origin")
    response.set("Cross-Origin-Opener-Policy", "same-origin")
    response.set("X-Request-Id", requestID)
    if response.header("Cache-Control") == nil { response.set("Cache-Control", "no-store") }
    if https { response.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains") }
  }
}
