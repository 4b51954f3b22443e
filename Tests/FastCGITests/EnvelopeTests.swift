import Testing

@testable import FastCGI

private let limits = {
  var limits = Limits()
  limits.bodyBytes = 1000
  limits.parameterBytes = 5000
  return limits
}()

/// The fault that these bytes end with, nil if none.
private func fault(_ bytes: [UInt8]) -> ProtocolFault? {
  var envelope = Envelope()
  do {
    try envelope.append(bytes, limits)
    return nil
  } catch { return error }
}

private let start = Wire.begin() + Wire.stream(4, Wire.pair("A", "b"))

@Test(
  arguments: [
    (Wire.record(1, [0, 1, 0, 0, 0, 0, 0, 0], version: 2), .version),
    (Array("GET / HTTP/1.1\r\n\r\n".utf8), .version),
    (Wire.begin(id: 0), .management),
    (Wire.record(9, Wire.pair("FCGI_MAX_CONNS", ""), id: 0), .management),
    (start + Wire.record(9, [], id: 0), .management),
    (Wire.record(4), .begin),
    (Wire.record(5), .begin),
    (Wire.record(2), .begin),
    (Wire.begin(role: 2), .begin),
    (Wire.begin(role: 3), .begin),
    (Wire.header(1, length: 0), .begin),
    (Wire.header(1, length: 7), .begin),
    (Wire.header(1, length: 65535), .begin),
    (Wire.begin() + Wire.begin(), .type),
    (Wire.begin() + Wire.record(5), .type),
    (Wire.begin() + Wire.record(8, [1]), .type),
    (Wire.begin() + Wire.record(6, [1]), .type),
    (Wire.begin() + Wire.record(255, [1]), .type),
    (start + Wire.record(4, [1]), .type),
    (start + Wire.record(8, [1]), .type),
    (Wire.begin() + Wire.begin(id: 2), .foreignRequest),
    (Wire.begin() + Wire.record(4, id: 2), .foreignRequest),
    (start + Wire.record(5, [1], id: 257), .foreignRequest),
    (start + Wire.record(5, [], id: 2), .foreignRequest),
    (Wire.begin() + Wire.record(2), .aborted),
    (start + Wire.record(5, [1]) + Wire.record(2), .aborted),
    (Wire.begin() + Wire.header(4, length: 5001), .parameters),
    (Wire.begin() + Wire.record(4, [UInt8](repeating: 0, count: 4000)) + Wire.header(4, length: 1001), .parameters),
  ] as [([UInt8], ProtocolFault)])
func whatAWebServerDoesNotSendIsNamed(bytes: [UInt8], expected: ProtocolFault) {
  #expect(fault(bytes) == expected)
}

@Test func aFaultIsFoundInTheHeaderBeforeTheContentHasCome() {
  #expect(fault(Wire.header(11, id: 0, length: 65535)) == .management)
  #expect(fault(Wire.begin() + Wire.header(77, length: 65535)) == .type)
}

@Test func paddingThatOutweighsItsContentIsRefused() {
  let record = Wire.record(5, [1], padding: 255)
  var bytes = start
  for _ in 0..<900 { bytes += record }
  #expect(fault(bytes) == .overhead)
}

@Test(arguments: [1, 2, 7, 8, 9, 100, 10_000])
func aRequestMayArriveInPiecesOfAnySize(size: Int) throws {
  let body = (0..<900).map { UInt8($0 & 255) }
  let bytes = Wire.begin() + Wire.stream(4, Wire.pair("NAME", "value"), chunk: 3, padding: 5) + Wire.stream(5, body, chunk: 100, padding: 1)
  var envelope = Envelope()
  for position in stride(from: 0, to: bytes.count, by: size) {
    #expect(!envelope.isWhole)
    try envelope.append(bytes[position..<min(position + size, bytes.count)], limits)
  }
  #expect(envelope.isWhole)
  #expect(envelope.bytes == bytes)
  #expect(envelope.parameters == Wire.pair("NAME", "value"))
  #expect(envelope.bodyLength == 900)
  #expect(!envelope.isOversized)
}

@Test func whatFollowsAWholeRequestIsNotRead() throws {
  var envelope = Envelope()
  try envelope.append(Wire.request("/hello") + Array("garbage that is no record".utf8), limits)
  #expect(envelope.isWhole)
}

@Test(arguments: [(1000, false), (1001, true), (4000, true)])
func aBodyOverTheLimitIsReadToItsEndAndThrownAway(length: Int, oversized: Bool) throws {
  var envelope = Envelope()
  try envelope.append(start + Wire.stream(5, [UInt8](repeating: 7, count: length), chunk: 300), limits)
  #expect(envelope.isWhole)
  #expect(envelope.isOversized == oversized)
  #expect(envelope.bodyLength == length)
  if oversized { #expect(envelope.bytes == start + Wire.record(5)) }
}

@Test func aBodyWithoutEndIsGivenUp() {
  var envelope = Envelope()
  let record = Wire.record(5, [UInt8](repeating: 7, count: 60_000))
  #expect(throws: ProtocolFault.body) {
    try envelope.append(start, limits)
    for _ in 0..<100 { try envelope.append(record, limits) }
  }
  #expect(envelope.bytes.count < 100_000)
}

/// Whatever comes, the envelope ends with a fault or waits for more; it never traps and never keeps more than it was given.
@Test(arguments: 0..<200)
func noBytesTrap(seed: Int) {
  var random = SeededGenerator(UInt64(seed))
  var bytes = Wire.request("/hello", body: [1, 2, 3], more: [("HTTP_A", "b")])
  for _ in 0..<Int.random(in: 1...4, using: &random) {
    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
  }
  var envelope = Envelope()
  try? envelope.append(bytes, limits)
  #expect(envelope.bytes.count <= bytes.count)
  if envelope.isWhole { _ = try? ParameterCheck(envelope.parameters, limit: 1000) }
}

/// Random numbers that are the same in each run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
