import Testing

@testable import Web

/// Signatures of forms as Twilio's documents have them.
@Suite struct FormSignatureTests {
  private static let url = "https://mycompany.com/myapp.php?foo=1&bar=2"
  private static let body = "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309"
  /// The example of the documents, of the token 12345.
  private static let signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8="

  private func isRight(_ signature: String?, _ url: String = Self.url, _ body: String = Self.body, token: String = "12345") -> Bool {
    FormSignature.verify(signature, url, Form(urlEncoded: Array(body.utf8)), token: token)
  }

  @Test func `the documents' example is right, in whatever order its fields come`() {
    #expect(isRight(Self.signature))
    #expect(isRight(Self.signature, Self.url, Self.body.split(separator: "&").reversed().joined(separator: "&")))
  }

  @Test func `anything else is wrong`() {
    for wrong in [nil, "", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", Self.signature.lowercased()] {
      #expect(!isRight(wrong))
    }
    #expect(!isRight(Self.signature, "https://mycompany.com/myapp.php?foo=1"))
    #expect(!isRight(Self.signature, Self.url, Self.body + "&More=1"))
    #expect(!isRight(Self.signature, token: "12346"))
    #expect(!isRight(Self.signature, token: ""))
    // What cannot be read was signed by nobody.
    #expect(!isRight(Self.signature, Self.url, Self.body + "&Bad=%FF"))
  }
}
