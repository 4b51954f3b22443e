import Foundation

/// A self-signed certificate for localhost, made once.
struct Certificate {
  let file: String
  let key: String

  static let shared: Certificate? = {
    guard let folder = try? temporaryFolder() else { return nil }
    let (file, key) = (folder.appendingPathComponent("cert.pem").path, folder.appendingPathComponent("key.pem").path)
    let openssl = Process()
    openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    openssl.arguments = [
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
      "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", file,
    ]
    openssl.standardError = FileHandle.nullDevice
    guard (try? openssl.run()) != nil else { return nil }
    openssl.waitUntilExit()
    return Certificate(file: file, key: key)
  }()
}
