import Domain
import HTML

extension Feature {
  /// A person's calendar for other programs.
  static let feeds = Feature(
    sentence: { facts, words in
      switch facts.action {
      case "feed.made": words("Made an address for your calendar feed.")
      case "feed.deleted": words("Deleted the address of your calendar feed.")
      default: nil
      }
    },
    detail: { name, words in
      switch name {
      case "feed_include": words("What is in it")
      case "feed_detail": words("How much it tells")
      case "feed_descriptions": words("With descriptions and notes")
      default: nil
      }
    })
}
