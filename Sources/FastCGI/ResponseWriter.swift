/// The way back to the web server for one request.
///
/// What is written is a CGI answer: header lines (`Status: 200 OK`, `Content-Type: …`), each ended by CR LF, an empty line, the body.
/// Nobody checks the header lines here; the layer above must not let a line break into a value.
public struct ResponseWriter {
  let gateway: Gateway

  /// Writes the next part of the answer. Head and body in one call save the web server a wake-up; a large body is sent from where it lies.
  ///
  /// - Returns: false when the web server no longer takes it (its client has gone): the rest can be left out.
  @discardableResult
  public func write(_ head: [UInt8], _ body: [UInt8] = []) -> Bool { gateway.write(head, body) }
}
