import Domain
import Postgres
import Web

extension MessageForms {
  /// GET /f/:token: a file, for the program that was given the link to one of an answer, or a frame that shows a picture.
  static func linked(_ web: Context, _ token: String) throws -> Response {
    guard let link = FileLink(token: token, web.services.keys), link.isGood(at: web.now) else { throw Failure.notFound }
    let found: (String, String, [UInt8])? = try web.db.row(
      Query(tuple: "SELECT name, type, bytes FROM door.linked_file(\(link.file))"))
    guard let (name, type, bytes) = found else { throw Failure.notFound }
    return file(bytes, ServedType.of(type), name)
  }
}
