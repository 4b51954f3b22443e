import FoundationEssentials
import Glibc
import HTML

/// Turns `templates/` into Swift, at build time. A template is the view of one Swift type; a misspelt name, a missing
/// partial and markup in a plain value are errors of the Swift compiler that name the template's line.
///
/// The first line names the type: `{{! DraftRow }}`. Then HTML with, in Handlebars' manner:
///
/// - `{{subject}}`, `{{agent.name}}`: a value, escaped; ``SafeHTML`` goes in as it is (in text only).
/// - `{{_ "Approve"}}`, `{{_ "May" context="month"}}`: fixed words, translated by `locale/*.po`.
/// - `{{#if late}}…{{else if due}}…{{else}}…{{/if}}`, `{{#unless late}}…{{/unless}}`: `Bool`s.
/// - `{{#with note as |note|}}…{{else}}…{{/with}}`: an optional that has a value.
/// - `{{#each rows as |row|}}…{{else}}…{{/each}}`: a collection; `else` when it is empty.
/// - `{{> row}}`: the view of a value whose type has a template.
/// - `{{icon "check"}}`, `{{icon name size="small"}}`: a drawing of `static/icons.svg`; a constant name is looked up there.
/// - `{{> complaint id=errorID text=error role="alert"}}`: a partial, put in place with its arguments: values, constant text, or words,
///   `label=(_ "Save")`. `{{#> empty icon="done" title=title}}…{{/empty}}` puts it around something.
/// - `{{#once}}…{{/once}}`, `{{#once state}}…{{/once}}`: rendered once a page, or once for each value of an enum, and copied after that.
/// - `{{#layout shell}}…{{/layout}}`: the view of `shell`, with this inside where its template says `{{> @body}}`.
///   `{{#layout title=title}}` makes a `Layout(title: title)`, `{{#layout Card title=title}}` a `Card(title: title)`.
/// - `{{! remark }}`, `{{!-- remark --}}`. A block tag, partial or remark alone on its line takes the line with it.
///
/// A partial is a file that begins with `{{! partial complaint text id? role? }}`: its name and its parameters, `?` behind those that may be
/// left out. `{{#given id}}…{{else}}…{{/given}}` asks for one of these, `{{> @body}}` is what it is put around. It has no type and costs nothing.
///
/// Line breaks beside tags lay a template out and are not sent, nor are those between attributes (``Trimmer``). `{{~x~}}` takes the white
/// space beside it away where that would not go by itself: in text.
///
/// A value may stand in text, in a quoted attribute, in `<title>` and `<textarea>`. `href`, `src`, `action` and their
/// like take one `Path` or `SafeURL`, or a constant address, either with a fragment: `"/static/icons.svg#{{icon}}"`.
/// A block in a tag holds whole attributes: `<option{{#if chosen}} selected{{/if}}>`. All branches must end where they
/// began, as HTML sees it. Refused: `{{{raw}}}`, unquoted values, `on…` and `style` attributes, `<style>`, inline scripts. A mail has to bring
/// its styles along: where the first line says so, `{{! mail Invitation }}`, `style` attributes and `<style>` stand, constant to the last byte.
///
/// Literals become `memcpy`s, `{{x}}` one statically dispatched call, `{{> x}}` a plain call: no tree, no reflection.
@main
struct TemplateCompiler {
  /// Arguments: the templates' folder, the output folder, then the files and the sprite of icons. Prints what it refuses as `file:line: error: reason`.
  ///
  /// With `--untranslated`, a catalogue, then templates and Swift sources: prints the entries that the catalogue lacks.
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count >= 2 else {
      print("usage: TemplateCompiler TEMPLATES OUTPUT FILE…\n       TemplateCompiler --untranslated CATALOGUE FILE…")
      exit(2)
    }
    let (folder, output) = (arguments[1], arguments[2])
    let sources = arguments.dropFirst(2).map { Source(path: $0, name: Source.name(of: $0, in: folder)) }
    if folder == "--untranslated" {
      let catalogue = Catalogue(String(decoding: Source(path: output, name: output).bytes ?? [], as: UTF8.self))
      return print(Untranslated(catalogue, sources).po)
    }
    let result = Compilation(sources)
    for diagnostic in result.diagnostics { print(diagnostic) }
    if !result.diagnostics.isEmpty { exit(1) }
    for file in result.files {
      guard write(file.text, to: output + "/" + file.name) else {
        print("\(output)/\(file.name):1: error: cannot be written")
        exit(1)
      }
    }
  }

  /// Leaves a file alone that says the same already, so that it isn't compiled again.
  private static func write(_ text: String, to path: String) -> Bool {
    let bytes = Data(text.utf8)
    return FileManager.default.contents(atPath: path) == bytes || FileManager.default.createFile(atPath: path, contents: bytes)
  }
}
