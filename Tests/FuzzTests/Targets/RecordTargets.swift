import Web

@testable import FastCGI

extension Target {
  /// FastCGI records: through our gate and then, as in a responder, through libfcgi itself.
  static let records = Target(
    "records", longest: 20_000, seeds: Pieces.requests, words: ["HTTP_", "HTTP_COOKIE", "CONTENT_LENGTH", "=", "REMOTE_ADDR"]
  ) { input in
    var limits = Limits()
    limits.bodyBytes = 4_000
    limits.parameterBytes = 8_000
    limits.parameterCount = 100
    let whole = Reception(input, pieces: [input.count], limits)
    // The first byte says how it arrives.
    let size = Int(input.first ?? 0) % 23 + 1
    let piecewise = Reception(input, pieces: Array(repeating: size, count: input.count / size + 1), limits)
    try hold(whole.fault == piecewise.fault || whole.envelope.isWhole, "all at once \(whole), in pieces of \(size) \(piecewise)")
    try hold(whole.envelope.isWhole == piecewise.envelope.isWhole, "whole all at once: \(whole), in pieces of \(size): \(piecewise)")
    try hold(whole.envelope.parameters == piecewise.envelope.parameters, "other parameters in pieces of \(size)")
    try hold(whole.envelope.bytes.count <= input.count, "more is kept than came")
    guard whole.envelope.isWhole else { return "\(whole)" }
    return try handled(whole.envelope, limits)
  }

  /// What a responder does with a whole request.
  private static func handled(_ envelope: Envelope, _ limits: Limits) throws -> String {
    let check: ParameterCheck
    do { check = try ParameterCheck(envelope.parameters, limit: limits.parameterCount) } catch { return "\(error)" }
    guard let pairs = Pieces.pairs(envelope.parameters) else { throw Broken(description: "lengths that go past the end are taken") }
    if let refusal = check.refusal { return "\(refusal)" }
    if envelope.isOversized { return "oversized" }
    guard let length = check.contentLength, length == envelope.bodyLength else { return "length \(check.contentLength == nil)" }
    let gateway = try Gateway()
    defer { gateway.discard() }
    guard let raw = try gateway.read(envelope.bytes, bodyLength: envelope.bodyLength) else {
      throw Broken(description: "libfcgi refuses what the gate takes")
    }
    try hold(raw.body == Pieces.body(envelope.bytes), "another body than was sent")
    let read = raw.parameters.map { $0.name + [0x3D] + $0.value }
    try hold(read == pairs.map { $0.0 + [0x3D] + $0.1 }, "other parameters than were sent: \(read.map { shown($0) })")
    let request = Request(raw, id: "fuzz")
    return "request \(request.method) \(request.segments?.count ?? -1) \(size(pairs.count)) \(size(raw.body.count))"
  }
}

/// What the gate makes of bytes that arrive in pieces.
private struct Reception: CustomStringConvertible {
  var envelope = Envelope()
  var fault: ProtocolFault?

  init(_ bytes: [UInt8], pieces: [Int], _ limits: Limits) {
    var rest = bytes[...]
    do throws(ProtocolFault) {
      for piece in pieces where !envelope.isWhole {
        try envelope.append(rest.prefix(piece), limits)
        rest = rest.dropFirst(piece)
      }
    } catch { fault = error }
  }

  var description: String { "\(fault.map { "\($0)" } ?? "no fault"), whole \(envelope.isWhole), oversized \(envelope.isOversized)" }
}

/// FastCGI as bytes, written and read by hand.
private enum Pieces {
  static func record(_ type: UInt8, _ content: [UInt8], id: UInt8 = 1, padding: UInt8 = 0) -> [UInt8] {
    [1, type, 0, id, UInt8(content.count >> 8), UInt8(content.count & 255), padding, 0] + content
      + [UInt8](repeating: 0, count: Int(padding))
  }

  static func pair(_ name: String, _ value: String) -> [UInt8] {
    length(name.utf8.count) + length(value.utf8.count) + name.utf8 + value.utf8
  }

  static func length(_ count: Int) -> [UInt8] {
    count < 128 ? [UInt8(count)] : [UInt8(count >> 24) | 0x80, UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
  }

  static let begin = record(1, [0, 1, 0, 0, 0, 0, 0, 0])
  static let usual =
    pair("REQUEST_METHOD", "POST") + pair("REQUEST_URI", "/reminders?q=a%20b") + pair("REMOTE_ADDR", "192.0.2.1")
    + pair("HTTP_COOKIE", "heed=abc; heed_flash=x") + pair("HTTP_HOST", "heed.example")

  static let requests: [[UInt8]] = {
    let body = Array("title=Water+plants&csrf=00".utf8)
    let long = pair("HTTP_USER_AGENT", String(repeating: "Mozilla ", count: 40))
    let sized = usual + pair("CONTENT_LENGTH", String(body.count))
    return [
      begin + record(4, usual) + record(4, []) + record(5, []),
      begin + record(4, sized) + record(4, []) + record(5, body) + record(5, []),
      begin + record(4, Array(sized.prefix(30)), padding: 7) + record(4, Array(sized.dropFirst(30)) + long) + record(4, [], padding: 8)
        + record(5, Array(body.prefix(5)), padding: 3) + record(5, Array(body.dropFirst(5))) + record(5, []),
      begin + record(4, usual + usual) + record(4, []) + record(5, []),
      begin + record(4, sized) + record(4, []) + record(5, [UInt8](repeating: 65, count: 5_000)) + record(5, []),
      begin + record(2, []), record(9, pair("FCGI_MAX_CONNS", ""), id: 0), begin + record(4, []) + record(5, []),
    ]
  }()

  /// Names and values; nil when a length goes past the end.
  static func pairs(_ bytes: [UInt8]) -> [([UInt8], [UInt8])]? {
    var rest = bytes[...]
    func number() -> Int? {
      guard let first = rest.first else { return nil }
      if first < 128 {
        rest = rest.dropFirst()
        return Int(first)
      }
      guard rest.count >= 4 else { return nil }
      let digits = rest.prefix(4).map { Int($0) }
      rest = rest.dropFirst(4)
      return ((digits[0] & 127) * 256 + digits[1]) * 65_536 + digits[2] * 256 + digits[3]
    }
    var found: [([UInt8], [UInt8])] = []
    while !rest.isEmpty {
      guard let name = number(), let value = number(), name + value <= rest.count else { return nil }
      found.append((Array(rest.prefix(name)), Array(rest.dropFirst(name).prefix(value))))
      rest = rest.dropFirst(name + value)
    }
    return found
  }

  /// The contents of the body records up to the empty one.
  static func body(_ bytes: [UInt8]) -> [UInt8] {
    var rest = bytes[...]
    var body: [UInt8] = []
    while rest.count >= 8 {
      let head = Array(rest.prefix(8))
      let count = Int(head[4]) * 256 + Int(head[5])
      if head[1] == 5 {
        if count == 0 { return body }
        body += rest.dropFirst(8).prefix(count)
      }
      rest = rest.dropFirst(8 + count + Int(head[6]))
    }
    return body
  }
}
