import Glibc
import Testing

@testable import FastCGI

/// Events that a hostile peer causes: counted, told at most once a second.
@Suite struct TallyTests {
  @Test func `what happens often is one line a second, with its number`() {
    var tally = Tally()
    var lines: [String] = []
    func report(_ now: Int) { tally.report(to: { lines.append("\($0) \($1["reason"] ?? "") \($1["count"] ?? "")") }, now: now) }
    report(0)
    #expect(lines.isEmpty)
    for _ in 0..<5 { tally.count("connection.dropped", "late") }
    report(1)
    #expect(lines == ["connection.dropped late 5"])
    // Within the second it waits, and nothing is lost or told twice.
    tally.count("connection.dropped", "late")
    tally.count("connection.dropped", "body")
    report(1000)
    #expect(lines.count == 1)
    report(1001)
    #expect(Set(lines.dropFirst()) == ["connection.dropped late 1", "connection.dropped body 1"])
    report(5000)
    #expect(lines.count == 3)
    // What is left is written at the end, whenever that is.
    tally.count("request.refused", "length")
    report(5001)
    tally.count("request.refused", "length")
    report(5002)
    report(.max)
    #expect(lines.suffix(2) == ["request.refused length 1", "request.refused length 1"])
  }
}

@Suite struct RefusalAnswerTests {
  @Test(arguments: [Refusal.duplicate, .malformed, .length, .tooMany, .tooLarge])
  func `a refusal in plain words has the status that it is known by, and a whole head`(refusal: Refusal) {
    let answer = String(decoding: refusal.answer, as: UTF8.self)
    #expect(answer.hasPrefix("Status: \(refusal.code) ") && "\(refusal.status)".hasPrefix("\(refusal.code) "))
    let parts = answer.components(by: "\r\n\r\n")
    #expect(parts.count == 2 && parts[0].contains("\r\nCache-Control: no-store") && parts[1] == "\(refusal.status)\n")
  }
}

extension String {
  /// By bytes: CR LF is one Character.
  fileprivate func components(by separator: String) -> [String] {
    let (bytes, mark) = (Array(utf8), Array(separator.utf8))
    guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }) else { return [self] }
    return [bytes[..<start], bytes[(start + mark.count)...]].map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Records as they leave, over a connection that takes little at a time.
@Suite final class RecordSenderTests {
  private var (near, far): (Int32, Int32) = (-1, -1)

  init() throws {
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    (near, far) = (ends[0], ends[1])
    // The least that the kernel allows, so that a call writes a part of what it is given.
    var small: Int32 = 1
    for end in ends {
      setsockopt(end, SOL_SOCKET, SO_SNDBUF, &small, socklen_t(MemoryLayout<Int32>.size))
      setsockopt(end, SOL_SOCKET, SO_RCVBUF, &small, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  deinit { for end in [near, far] where end >= 0 { close(end) } }

  /// All that is sent, read in pieces of another size while it is sent.
  private func sent(_ head: [UInt8], _ body: [UInt8], request: UInt16 = 1) -> (isWhole: Bool, bytes: [UInt8]) {
    nonisolated(unsafe) var read: [UInt8] = []
    let far = far
    var thread = pthread_t()
    let box = Box {
      var part = [UInt8](repeating: 0, count: 1_013)
      while true {
        let count = recv(far, &part, part.count, 0)
        if count <= 0 { return }
        read += part[0..<count]
      }
    }
    let context = Unmanaged.passRetained(box).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      }, context)
    let isWhole = RecordSender(connection: near, request: request).send(head, body)
    shutdown(near, Int32(SHUT_WR))
    pthread_join(thread, nil)
    return (isWhole, read)
  }

  private final class Box {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Each record's request and length, and all content.
  private func records(_ bytes: [UInt8]) throws -> (heads: [(request: Int, length: Int)], content: [UInt8]) {
    var heads: [(request: Int, length: Int)] = []
    var content: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let header = Array(rest.prefix(8))
      try #require(header.count == 8 && header[0] == 1 && header[1] == 6 && header[6] == 0)
      let length = Int(header[4]) << 8 | Int(header[5])
      heads.append((Int(header[2]) << 8 | Int(header[3]), length))
      rest = rest.dropFirst(8)
      try #require(rest.count >= length)
      content += rest.prefix(length)
      rest = rest.dropFirst(length)
    }
    return (heads, content)
  }

  @Test(arguments: [(0, 0), (1, 0), (0, 1), (9, 70_000), (65_528, 65_529), (100, 17 * 65_528), (65_529, 40 * 65_528 + 7)])
  func `head and body leave whole, in full records, however little goes at a time`(head: Int, body: Int) throws {
    let bytes = (0..<(head + body)).map { UInt8(truncatingIfNeeded: $0 % 251) }
    let (isWhole, wire) = sent(Array(bytes[..<head]), Array(bytes[head...]), request: 0x1FE)
    #expect(isWhole)
    let (heads, content) = try records(wire)
    #expect(content == bytes)
    #expect(heads.allSatisfy { $0.request == 0x1FE && (1...65_528).contains($0.length) })
    #expect(heads.count == [head, body].map { ($0 + 65_527) / 65_528 }.reduce(0, +))
  }

  @Test func `a peer that has gone is known, and nothing is sent for ever`() {
    signal(SIGPIPE, SIG_IGN)
    close(far)
    far = -1
    #expect(!RecordSender(connection: near, request: 1).send([1], [UInt8](repeating: 0, count: 1_000_000)))
    #expect(!RecordSender(connection: -1, request: 1).send([1], []))
    #expect(RecordSender(connection: near, request: 1).send([], []), "nothing to send is sent")
  }
}

/// The bounds of a request, to the byte.
@Suite struct BoundTests {
  private static let limits = {
    var limits = Limits()
    (limits.bodyBytes, limits.parameterBytes) = (1000, 5000)
    return limits
  }()

  private func fault(_ parts: [[UInt8]]) -> ProtocolFault? {
    var envelope = Envelope()
    do {
      for part in parts { try envelope.append(part, Self.limits) }
      return nil
    } catch { return error }
  }

  @Test(
    arguments: [([5000], false), ([5001], true), ([4999, 1], false), ([4999, 2], true), ([1, 2499, 2500], false)] as [([Int], Bool)])
  func `parameters have exactly so many bytes`(sizes: [Int], isFault: Bool) {
    let records = sizes.map { Wire.record(4, [UInt8](repeating: 0, count: $0)) }
    #expect(fault([Wire.begin()] + records) == (isFault ? .parameters : nil))
  }

  /// What is thrown away is read to its end, four times the limit and a megabyte.
  @Test func `a body that is read to its end has a bound of its own`() {
    let start = [Wire.begin(), Wire.record(4)]
    let most = 4 * Self.limits.bodyBytes + 0x100000
    func records(_ count: Int) -> [[UInt8]] {
      stride(from: 0, to: count, by: 50_000).map { Wire.record(5, [UInt8](repeating: 1, count: min(50_000, count - $0))) }
    }
    #expect(fault(start + records(most) + [Wire.record(5)]) == nil)
    #expect(fault(start + records(most + 1) + [Wire.record(5, [1])]) == .body)
  }

  @Test func `the second byte of the role counts as the first does`() {
    #expect(fault([Wire.record(1, [1, 1, 0, 0, 0, 0, 0, 0])]) == .begin)
    #expect(fault([Wire.record(1, [0, 1, 255, 0, 0, 0, 0, 9])]) == nil, "flags and what is reserved are not looked at")
    // Found as soon as it has come, in whatever pieces.
    let bytes = Wire.begin(role: 3)
    #expect(fault(bytes.prefix(10).map { [$0] }) == .begin && fault(bytes.prefix(9).map { [$0] }) == nil)
  }

  @Test(arguments: [0, 1, 8, 255] as [UInt8])
  func `padding anywhere changes nothing of what was sent`(padding: UInt8) throws {
    let content = Wire.pair("A", "b")
    let bytes =
      Wire.record(1, [0, 1, 0, 0, 0, 0, 0, 0], padding: padding) + Wire.record(4, content, padding: padding)
      + Wire.record(4, padding: padding)
      + Wire.record(5, [1, 2, 3], padding: padding) + Wire.record(5, padding: padding)
    var envelope = Envelope()
    try envelope.append(bytes, Self.limits)
    #expect(envelope.isWhole && envelope.parameters == content && envelope.bodyLength == 3)
    // Only behind the beginning and the end of the parameters libfcgi would stumble over it.
    #expect(envelope.bytes.count == bytes.count - 2 * Int(padding))
    envelope.clear()
    #expect(envelope.bytes.isEmpty && envelope.parameters.isEmpty && envelope.bodyLength == 3)
  }

  @Test(arguments: [
    ("HTTP_X_CSRF", true), ("HTTP_X_CSRF_TOKEN", true), ("HTTP_SEC_", true), ("HTTP_X_FORWARDED_HOST", true), ("HTTP_FORWARDED", true),
    ("HTTP_TRANSFER_ENCODING", true), ("HTTP_CONTENT_TYPE", true), ("HTTP_REFERER", true), ("HTTP_X_FORWARDED", false),
    ("HTTP_SECRET", false),
    ("HTTP_HOSTS", false), ("HTTP_COOKIE2", false), ("HTTP_", false), ("HTTP", true), ("http_accept", true),
  ])
  func `what may come once is known by its whole name or its beginning`(name: String, isOnce: Bool) throws {
    let twice = try ParameterCheck(Wire.pair(name, "1") + Wire.pair(name, "2"), limit: 9)
    #expect((twice.refusal == .duplicate) == isOnce)
  }

  @Test func `the first thing that is wrong is what is told, but that there are too many`() throws {
    let (twice, broken) = (Wire.pair("A", "1") + Wire.pair("A", "2"), Wire.pair("", "x"))
    #expect(try ParameterCheck(twice + broken, limit: 9).refusal == .duplicate)
    #expect(try ParameterCheck(broken + twice, limit: 9).refusal == .malformed)
    #expect(try ParameterCheck(Wire.pair("A", "1") + Wire.pair("B", "") + broken, limit: 2).refusal == .tooMany)
    // A length past the end is none of these: such bytes are no parameters.
    #expect(throws: ProtocolFault.parameters) { try ParameterCheck(broken + [9], limit: 9) }
  }
}
