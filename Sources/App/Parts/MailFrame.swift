import Domain
import HTML

/// What stands around what a mail says.
struct MailFrame {
  let language: String
  let title: String
  /// What a list of mails shows beside the subject; nil: how the mail begins.
  let summary: String?
  /// Why it came.
  let footer: String
  var stopLabel = ""
  /// Where no more are asked for.
  var stop: SafeURL?

  init(language: Language, title: String, summary: String?, footer: String, stopLabel: String = "", stop: SafeURL? = nil) {
    (self.language, self.title, self.summary, self.footer) = (language.rawValue, title, summary, footer)
    (self.stopLabel, self.stop) = (stopLabel, stop)
  }

  /// Of a mail about the account of whoever gets it.
  init(aboutAccount title: String, _ summary: String, _ language: Language, _ services: Services) {
    let words = services.words(language)
    self.init(
      language: language, title: title, summary: summary,
      footer: words("Heed sent this mail because of your account at {origin}.", ["origin": services.origin]))
  }

  /// A mail with one link as text: what stands before the link, and behind it.
  func text(_ before: [String?], _ label: String, _ link: SafeURL?, _ after: String? = nil) -> String {
    text(around: (before + [link.map { label + ":\n" + $0.text }, after]).compactMap(\.self))
  }

  /// A mail as text: paragraphs, and below a signature's line why it came.
  func text(around paragraphs: [String]) -> String {
    let stop = stop.map { stopLabel + ":\n" + $0.text }
    return (paragraphs + ["-- \n" + footer, stop].compactMap { $0 }).joined(separator: "\n\n") + "\n"
  }
}
