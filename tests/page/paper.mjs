// A small .docx or .odt, written by the page's own zip, so that no foreign file need lie here.

import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

vm.runInThisContext(fs.readFileSync(path.join(import.meta.dirname, "../../src/page/web/parcel.js"), "utf8"));

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/** The bytes of a document of these paragraphs. */
export function docx(paragraphs) {
  const body = paragraphs.map((words) => `<w:p><w:r><w:t xml:space="preserve">${words}</w:t></w:r></w:p>`).join("");
  const files = {
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${MAIN}"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  };
  const encoder = new TextEncoder();
  return W.zip(Object.entries(files).map(([name, words]) => ({ name, bytes: encoder.encode(HEAD + words) })));
}

/** The bytes of an .odt of these paragraphs. */
export function odt(paragraphs) {
  const kind = "application/vnd.oasis.opendocument.text", ns = "urn:oasis:names:tc:opendocument:xmlns";
  const body = paragraphs.map((words) => `<text:p>${words}</text:p>`).join("");
  const content = `<office:document-content xmlns:office="${ns}:office:1.0" xmlns:text="${ns}:text:1.0" office:version="1.3"><office:body><office:text>${body}</office:text></office:body></office:document-content>`;
  const manifest = `<manifest:manifest xmlns:manifest="${ns}:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="${kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`;
  const encoder = new TextEncoder();
  const files = { mimetype: kind, "content.xml": HEAD + content, "META-INF/manifest.xml": HEAD + manifest };
  return W.zip(Object.entries(files).map(([name, words]) => ({ name, bytes: encoder.encode(words) })));
}
