import Testing

@testable import Web

/// Forms with files, as bytes of `multipart/form-data`.
@Suite struct MultipartTests {
  private static let type = Array("multipart/form-data; boundary=XX".utf8)

  private func form(_ body: String, _ type: [UInt8] = MultipartTests.type) -> Form { Form(multipart: Array(body.utf8), type: type) }

  private static func part(_ head: String, _ bytes: String) -> String {
    "--XX\r\nContent-Disposition: form-data; \(head)\r\n\r\n\(bytes)\r\n"
  }

  @Test func `fields are read as texts and files as bytes`() {
    let form = form(
      MultipartTests.part("name=\"csrf\"", "abc") + MultipartTests.part("name=\"csrf\"", "second")
        + MultipartTests.part("name=\"file\"; filename=\"C:\\a;b%22.ics\"\r\nContent-Type: text/calendar", "BEGIN\r\n--X\r\n")
        + "--XX--\r\n")
    #expect(form.text("csrf") == "abc" && form.all("csrf").count == 2)
    #expect(form.file("file") == SentFile(name: "C:\\a;b%22.ics", bytes: Array("BEGIN\r\n--X\r\n".utf8)))
    #expect(form.first("file") == nil && form.file("csrf") == nil)
  }

  @Test func `what is no text is unreadable, and a file may be any bytes`() {
    let body =
      Array("--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".utf8) + [0xFF]
      + Array("\r\n--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n".utf8) + [0, 0xFF, 0x0D]
      + Array("\r\n--XX--".utf8)
    let form = Form(multipart: body, type: MultipartTests.type)
    #expect(form.first("a") == .unreadable)
    #expect(form.file("f")?.bytes == [0, 0xFF, 0x0D])
  }

  @Test func `no file chosen is no file`() {
    let form = form(MultipartTests.part("name=\"file\"; filename=\"\"\r\nContent-Type: application/octet-stream", "") + "--XX--\r\n")
    #expect(form.file("file") == nil)
  }

  @Test func `an empty part, a preamble's absence and a quoted boundary`() {
    #expect(form(MultipartTests.part("name=\"a\"", "") + "--XX--").text("a") == "")
    #expect(form("--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n--XX--").text("a") == "")
    #expect(
      form(MultipartTests.part("name=a", "1") + "--XX--", Array("multipart/form-data; charset=utf-8; boundary=\"XX\"".utf8)).text("a")
        == "1")
    #expect(form("--XX--\r\n").all("a").isEmpty)
  }

  @Test(arguments: [
    "", "--XX", "--XX\r\n", "--XY\r\n", "x--XX--", "--XX\r\n\r\n\r\n--XX--", "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--",
    "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--XX", "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1",
    "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--XX--",
    "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n--XX--",
  ])
  func `what breaks off or is written otherwise holds nothing`(body: String) {
    let form = form(body)
    #expect(form.first("a") == nil && form.first("b") == nil)
  }

  @Test func `heads and parts have bounds`() {
    let long = String(repeating: "h", count: Multipart.longestHead)
    #expect(form(MultipartTests.part("name=\"a\"; x=\"\(long)\"", "1") + "--XX--").first("a") == nil)
    let many = String(repeating: MultipartTests.part("name=\"a\"", "1"), count: Form.mostFields)
    #expect(form(many + "--XX--").all("a").count == Form.mostFields)
    #expect(form(many + MultipartTests.part("name=\"a\"", "1") + "--XX--").all("a").isEmpty)
    #expect(form(MultipartTests.part("name=\"a\"", "1") + "--XX--", Array("multipart/form-data".utf8)).first("a") == nil)
  }
}
