import Domain
import HTML
import Web

/// What stands beside the words of a relationship.
struct RelationshipDetails {
  /// 1 to 10; nil: as it is, of a new one ``Relationship/usualStrength``.
  var strength: Int?
  /// nil: as they are.
  var notes: String?
  /// nil: as it is.
  var span: TieSpan?
}

/// A relationship as its form says it.
struct RelationshipDraft {
  let said: Relationship
  let details: RelationshipDetails
  /// nil: a new one's form has none.
  let version: Int?

  /// - Parameters:
  ///   - from: the thing that it is said of.
  ///   - to: what it leads to; nil: nothing was chosen.
  ///   - stored: the one that is edited: what it says from `from` on is replaced whole.
  init(_ form: Form, from: ThingRef, to: ThingRef?, stored: StoredRelationship? = nil, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    let text = read.line("relationship", 1...OwnRelationship.longest)
    let reverse = read.line("reverse", 0...OwnRelationship.longest)
    let isTwoWay = read.flag("two_way")
    let said = read.relationship(text, reverse: reverse, isTwoWay: isTwoWay, from: from, to: to)
    let isStrengthSaid = !read.trimmed(read.raw("strength")).utf8.isEmpty
    let strength = read.integer("strength", Relationship.strengths, stored?.strength ?? Relationship.usualStrength)
    let notes = read.text("notes", bytes: 16_384)
    let (since, until) = (read.day("since"), read.day("until"))
    let span = read.span(since: since, until: until)
    version = stored == nil ? nil : read.version()
    self.said = try read.finish(said)
    // A form that says nothing of them leaves what is there already as it is.
    let isNew = stored == nil
    details = RelationshipDetails(
      strength: isStrengthSaid ? strength : nil, notes: isNew && notes.utf8.isEmpty ? nil : notes,
      span: isNew && since == nil && until == nil ? nil : span)
  }
}

extension FormReader {
  /// What a relationship says, by a word of the list, as pages say such a word, or in words of one's own.
  fileprivate mutating func relationship(
    _ text: String, reverse: String, isTwoWay: Bool, from: ThingRef, to: ThingRef?
  ) -> Relationship? {
    guard let to else {
      complain("to", RelationshipText.missing(words))
      return nil
    }
    do throws(RelationshipError) {
      // Whatever it says.
      if from.id == to.id { throw .itself }
      if !from.kind.isRelated || !to.kind.isRelated { throw .ends }
      if text.utf8.isEmpty { return nil }  // Complained about already.
      if let word = RelationshipText.word(text, from: from.kind, to: to.kind, words) { return try Relationship(word, from: from, to: to) }
      let (type, isTurned) = try RelationshipType.reading(text, reverse: reverse, isTwoWay: isTwoWay, from: from.kind, to: to.kind)
      return try Relationship(type, isTurned: isTurned, from: from, to: to)
    } catch {
      complain(error.field, error.sentence(words))
      return nil
    }
  }

  fileprivate mutating func span(since: Day?, until: Day?) -> TieSpan {
    do throws(RelationshipError) {
      return try TieSpan(since: since, until: until)
    } catch {
      complain(error.field, error.sentence(words))
      return .always
    }
  }
}
