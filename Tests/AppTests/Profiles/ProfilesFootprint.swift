@testable import App

extension Footprint {
  static let profiles = Footprint(
    parameters: [
      ":profile": { browser in
        try browser.site.text("SELECT id::text FROM profiles WHERE user_id = \(browser.user) AND preset = 'urgent'").unwrapped
      }
    ],
    roots: ["profiles"], worked: ["profiles": "S"])
}
