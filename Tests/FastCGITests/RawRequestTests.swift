import FastCGI
import Testing

@Test(arguments: [("REQUEST_METHOD", "GET"), ("HTTP_COOKIE", "a=b"), ("EMPTY", "")])
func aParameterIsFoundByItsWholeName(name: String, value: String) {
  let request = RawRequest(parameters: [("REQUEST", "no"), (name, value), ("HTTP_COOKIES", "no")])
  #expect(request.parameters.contains { $0.name == Array(name.utf8) && $0.value == Array(value.utf8) })
}

@Test func theFirstOfSeveralHeadersIsShown() {
  let request = RawRequest(parameters: [("HTTP_ACCEPT", "first"), ("HTTP_ACCEPT", "second")])
  #expect(request.parameter("HTTP_ACCEPT") == Array("first".utf8))
  #expect(request.parameters.count == 2)
}

@Test(arguments: ["HTTP_ACCEP", "HTTP_ACCEPTS", "", "http_accept", "ACCEPT", "HTTP_ACCEPT=a"])
func aParameterThatDidNotComeIsNil(name: String) {
  let request = RawRequest(parameters: [("HTTP_ACCEPT", "a")])
  #expect(!request.parameters.contains { $0.name == Array(name.utf8) })
  #expect(request.parameter("HTTP_ACCEP") == nil)
  #expect(request.parameter("HTTP_ACCEPTS") == nil)
  #expect(request.parameter("http_accept") == nil)
}
