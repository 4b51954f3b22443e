import Testing

@testable import FastCGI

private func check(_ bytes: [UInt8], limit: Int = 1000) -> (refusal: Refusal?, fault: ProtocolFault?, length: Int?) {
  do {
    let check = try ParameterCheck(bytes, limit: limit)
    return (check.refusal, nil, check.contentLength)
  } catch { return (nil, error, nil) }
}

@Test(
  arguments: [
    "CONTENT_LENGTH", "REMOTE_USER", "REMOTE_ADDR", "REQUEST_METHOD", "SCRIPT_NAME", "HTTPS", "X", "HTTP_HOST", "HTTP_COOKIE",
    "HTTP_ORIGIN",
    "HTTP_AUTHORIZATION", "HTTP_SEC_FETCH_SITE", "HTTP_SEC_FETCH_MODE", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_PROXY",
    "HTTP_IDEMPOTENCY_KEY", "HTTP_CONTENT_LENGTH", "HTTP_X_REAL_IP",
  ])
func twoOfWhatDecidesWhoSomebodyIsAreRefused(name: String) {
  let between = Wire.pair("HTTP_ACCEPT", "x")
  #expect(check(Wire.pair(name, "1") + between + Wire.pair(name, "1")).refusal == .duplicate)
  #expect(check(Wire.pair(name, "1") + between).refusal == nil)
}

@Test(arguments: ["HTTP_ACCEPT", "HTTP_VIA", "HTTP_ACCEPT_LANGUAGE", "HTTP_CACHE_CONTROL"])
func headersThatMayComeTwiceMay(name: String) {
  #expect(check(Wire.pair(name, "1") + Wire.pair(name, "2")).refusal == nil)
}

@Test(
  arguments: [
    Wire.pair("", "value"), Wire.pair("A=B", "c"), Wire.pair("A\0", "b"), Wire.pair("A", "b\0c"), Wire.pair("A", "\0"),
    Wire.pair("GOOD", "1") + Wire.pair("=", ""),
  ])
func bytesThatACStringCannotCarryAreRefused(bytes: [UInt8]) {
  #expect(check(bytes).refusal == .malformed)
}

@Test(
  arguments: [
    [1], [1, 1], [1, 1, 65], [2, 0, 65], [0x80], [0x80, 0, 0], [0x80, 0, 0, 1], [0xFF, 0xFF, 0xFF, 0xFF, 0],
    [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    [1, 0xFF, 0xFF, 0xFF, 0xFF, 65], [0x7F], [1, 0x80, 0, 1, 0, 65, 66], Wire.pair("A", "b") + [5],
  ] as [[UInt8]])
func aLengthThatGoesPastTheEndIsAFault(bytes: [UInt8]) {
  #expect(check(bytes).fault == .parameters)
}

@Test(arguments: [(0, nil), (999, nil), (1000, nil), (1001, .tooMany), (5000, .tooMany)] as [(Int, Refusal?)])
func parametersAreCounted(count: Int, refusal: Refusal?) {
  #expect(check((0..<count).flatMap { Wire.pair("N\($0)", "") }).refusal == refusal)
}

@Test(
  arguments: [
    ("", 0), ("0", 0), ("7", 7), ("0007", 7), ("26214400", 26_214_400), ("999999999999999999", 999_999_999_999_999_999),
    ("1000000000000000000", nil), ("99999999999999999999999", nil), ("-1", nil), ("+1", nil), ("1 ", nil), (" 1", nil), ("0x10", nil),
    ("1.0", nil),
    ("١", nil), ("1,1", nil),
  ] as [(String, Int?)])
func theLengthOfTheBodyIsReadStrictly(text: String, length: Int?) {
  #expect(check(Wire.pair("CONTENT_LENGTH", text)).length == length)
}

@Test func withoutALengthThereIsNoBody() {
  #expect(check(Wire.pair("A", "b")).length == 0)
}

@Test(arguments: [0, 1, 127, 128, 255, 256, 65_535, 70_000])
func namesAndValuesOfAnyLengthAreFollowed(length: Int) {
  let long = String(repeating: "x", count: length)
  #expect(check(Wire.pair("A" + long, "") + Wire.pair("B", long) + Wire.pair("CONTENT_LENGTH", "5")).length == 5)
}
