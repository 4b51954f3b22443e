import Testing

extension Processes {
  /// Any record may be padded (FastCGI 3.3), the empty ones that end a stream too.
  @Suite final class PaddingTests {
    let site: Site

    init() throws { site = try Site(responders: 1) }

    @Test(arguments: [0, 1, 7, 8, 255] as [UInt8])
    func paddingBehindTheEndOfTheParametersIsPassedOver(padding: UInt8) throws {
      let body = Array("hello".utf8)
      let head = Wire.begin() + Wire.record(4, Wire.parameters("/body", length: body.count)) + Wire.record(4, padding: padding)
      let answer = try #require(site.send(head + Wire.record(5, body, padding: padding) + Wire.record(5, padding: padding)))
      #expect(answer.status == 200)
      #expect(answer.body == body)
    }

    @Test(arguments: [1, 8, 96, 255] as [UInt8])
    func `padding behind the beginning is passed over`(padding: UInt8) throws {
      let begin = Wire.record(1, [0, 1, 0, 0, 0, 0, 0, 0], padding: padding)
      let head = begin + Wire.record(4, Wire.parameters("/body", length: 5)) + Wire.record(4)
      let answer = try #require(site.send(head + Wire.stream(5, Array("hello".utf8))))
      #expect(answer.status == 200 && answer.body == Array("hello".utf8))
    }

    @Test func `records in the padding of the beginning are not read`() throws {
      let hidden = Wire.record(4, Wire.parameters("/body", length: 9)) + Wire.record(4)
      let begin = Wire.header(1, length: 8, padding: UInt8(hidden.count)) + [0, 1, 0, 0, 0, 0, 0, 0] + hidden
      let head = begin + Wire.record(4, Wire.parameters("/body", length: 5)) + Wire.record(4)
      let answer = try #require(site.send(head + Wire.stream(5, Array("hello".utf8))))
      #expect(answer.body == Array("hello".utf8))
    }

    @Test func recordsInPaddingAreNotRead() throws {
      let hidden = Wire.record(5, Array("other".utf8)) + Wire.record(5)
      let head = Wire.begin() + Wire.record(4, Wire.parameters("/body", length: 5))
      let end = Wire.header(4, length: 0, padding: UInt8(hidden.count)) + hidden
      let answer = try #require(site.send(head + end + Wire.stream(5, Array("hello".utf8))))
      #expect(answer.body == Array("hello".utf8))
    }
  }
}
