import Testing

@testable import Web

@Suite struct BodyFileTests {
  @Test func `what was appended is read in parts, and counts as the answer's length`() throws {
    let file = try BodyFile()
    #expect(file.part(from: 0).isEmpty)
    for bytes in [[1, 2, 3], [], [4]] as [[UInt8]] { try file.append(bytes) }
    #expect(file.count == 4 && file.part(from: 0, most: 3) == [1, 2, 3])
    #expect(file.part(from: 3, most: 3) == [4] && file.part(from: 4).isEmpty)
    var response = Response(status: 200, body: [9])
    response.file = file
    #expect(String(decoding: response.head, as: UTF8.self).contains("Content-Length: 5\r\n"))
  }
}
