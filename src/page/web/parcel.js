"use strict";
// Parcels: how the page and the program hand each other JSON and files; base64 and zip for files.
globalThis.W = globalThis.W || {};
(() => {
  const utf8 = new TextEncoder();

  /** One parcel of parts: u32le count, the lengths, the parts. Part 0 is the JSON. */
  function pack(json, files = []) {
    const parts = [utf8.encode(JSON.stringify(json)), ...files];
    const head = 4 + 4 * parts.length;
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, head));
    const view = new DataView(bytes.buffer);
    view.setUint32(0, parts.length, true);
    let at = head;
    parts.forEach((part, n) => {
      view.setUint32(4 + 4 * n, part.length, true);
      bytes.set(part, at);
      at += part.length;
    });
    return bytes;
  }

  /** The JSON and the files of a parcel; throws where lengths and bytes disagree. */
  function unpack(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = bytes.length < 4 ? 0 : view.getUint32(0, true);
    let at = 4 + 4 * count;
    if (count === 0 || at > bytes.length) throw new Error("not a parcel");
    const parts = [];
    for (let n = 0; n < count; n += 1) {
      const length = view.getUint32(4 + 4 * n, true);
      if (at + length > bytes.length) throw new Error("a parcel is cut short");
      parts.push(bytes.subarray(at, at + length));
      at += length;
    }
    return { json: JSON.parse(new TextDecoder().decode(parts[0])), files: parts.slice(1) };
  }

  const STRETCH = 0x6000; // A multiple of three, and few enough arguments for String.fromCharCode.

  function toBase64(bytes) {
    let out = "";
    for (let at = 0; at < bytes.length; at += STRETCH) {
      out += btoa(String.fromCharCode.apply(null, bytes.subarray(at, at + STRETCH)));
    }
    return out;
  }

  function fromBase64(words) {
    const raw = atob(words);
    const bytes = new Uint8Array(raw.length);
    for (let n = 0; n < raw.length; n += 1) bytes[n] = raw.charCodeAt(n);
    return bytes;
  }

  let table = null;

  function crc32(bytes) {
    if (!table) {
      table = Uint32Array.from({ length: 256 }, (_, n) => {
        let c = n;
        for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
        return c;
      });
    }
    let crc = 0xffffffff;
    for (const byte of bytes) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
    return (crc ^ 0xffffffff) >>> 0;
  }

  /** The fields that an entry's local and central headers share. */
  function entry(file) {
    const name = utf8.encode(file.name);
    const shared = new DataView(new ArrayBuffer(26));
    shared.setUint16(0, 20, true); // version
    shared.setUint16(2, 0x800, true); // names in UTF-8
    shared.setUint16(8, 0x21, true); // 1 January 1980, as good as none
    shared.setUint32(10, crc32(file.bytes), true);
    shared.setUint32(14, file.bytes.length, true);
    shared.setUint32(18, file.bytes.length, true);
    shared.setUint16(22, name.length, true);
    return { name, shared: new Uint8Array(shared.buffer), bytes: file.bytes };
  }

  function words(size, fill) {
    const view = new DataView(new ArrayBuffer(size));
    fill(view);
    return new Uint8Array(view.buffer);
  }

  /** Several files as one .zip, stored (a .docx is compressed already). */
  function zip(files) {
    const body = [], central = [];
    let at = 0, size = 0;
    for (const { name, shared, bytes } of files.map(entry)) {
      const local = [words(4, (v) => v.setUint32(0, 0x04034b50, true)), shared, name, bytes];
      const tail = words(14, (v) => v.setUint32(10, at, true));
      const list = [words(6, (v) => { v.setUint32(0, 0x02014b50, true); v.setUint16(4, 20, true); }), shared, tail, name];
      at += local.reduce((sum, part) => sum + part.length, 0);
      size += list.reduce((sum, part) => sum + part.length, 0);
      body.push(...local);
      central.push(...list);
    }
    const end = words(22, (v) => {
      v.setUint32(0, 0x06054b50, true);
      v.setUint16(8, files.length, true);
      v.setUint16(10, files.length, true);
      v.setUint32(12, size, true);
      v.setUint32(16, at, true);
    });
    return join([...body, ...central, end]);
  }

  function join(parts) {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  Object.assign(W, { pack, unpack, toBase64, fromBase64, zip });
})();
