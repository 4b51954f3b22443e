import Domain
import Net
import Web

/// What Heed posts to a program, signed by Standard Webhooks: a channel of the desk, or the webhook of a person.
enum SignedPost {
  /// - Parameters:
  ///   - id: one for all tries: who takes it knows it again.
  ///   - secrets: each signs it; the headers hold all signatures.
  static func request(_ body: JSONText, to url: String, id: String, secrets: [String], at now: Instant) throws(NetError) -> HTTPRequest {
    let (bytes, stamp) = (Array(body.text.utf8), now.seconds)
    let signatures = secrets.map { WebhookSignature.sign(id: id, timestamp: stamp, body: bytes, secret: $0) }
    return try HTTPRequest(
      .post, url,
      headers: [
        HeaderField("Content-Type", "application/json"), HeaderField("webhook-id", id), HeaderField("webhook-timestamp", String(stamp)),
        HeaderField("webhook-signature", signatures.joined(separator: " ")),
      ], body: bytes)
  }

  /// How one is posted by hand; each call is another post, and one that is sent again has to keep its id.
  ///
  /// - Parameter body: without `'`.
  static func example(_ body: String, to url: String) -> String {
    """
    URL='\(url)'
    SECRET='whsec_…'
    BODY='\(body)'
    ID=msg_$(openssl rand -hex 16); TIME=$(date +%s)
    KEY=$(printf %s "${SECRET#whsec_}" | base64 -d | od -An -tx1 | tr -d ' \\n')
    SIGN=$(printf %s "$ID.$TIME.$BODY" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$KEY -binary | base64)
    curl "$URL" -H 'Content-Type: application/json' -H "webhook-id: $ID" -H "webhook-timestamp: $TIME" -H "webhook-signature: v1,$SIGN" -d "$BODY"
    """
  }
}

extension Request {
  /// Whether one of these secrets signed it, and lately.
  func isSigned(by secrets: [String], at now: Instant) -> Bool {
    WebhookSignature.verify(
      id: headerText("webhook-id"), timestamp: headerText("webhook-timestamp"), signature: headerText("webhook-signature"), body: body,
      secrets: secrets, now: now)
  }
}

/// What a program is answered that has posted something.
enum HookAnswer {
  static func refusal(_ status: Int, _ why: String) -> Response { json(status, .object([("error", .string(why))])) }

  static func json(_ status: Int, _ json: JSONText) -> Response {
    Response(status: status, headers: [("Content-Type", "application/json")], body: Array(json.text.utf8))
  }
}
