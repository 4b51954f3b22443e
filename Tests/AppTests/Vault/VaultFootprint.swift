@testable import App

extension Footprint {
  static let vault = Footprint(worked: ["account_keys": "IS"], doors: ["vault_key web work"])
}
