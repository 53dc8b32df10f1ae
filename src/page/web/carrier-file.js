"use strict";
// The program as WebAssembly inside the page, in a worker of its own, so that the page stays alive.
(() => {
  const packed = document.getElementById("wasm");

  // The worker's whole script. It is words here, since a page from disk may load no second file; it
  // reaches nothing but the module it is given.
  const SCRIPT = `"use strict";
    let ready = null;
    // The page is declared windows-1252: each byte of the module is a character of it. Bytes that
    // HTML would not leave alone stand 64 higher behind an escape (release/page/pack.py).
    function unpacked(words) {
      const bytes = new Uint8Array(words.length), decoder = new TextDecoder("windows-1252"), high = new Map();
      for (let b = 0x80; b < 0xa0; b += 1) high.set(decoder.decode(new Uint8Array([b])).charCodeAt(0), b);
      let n = 0;
      for (let at = 0; at < words.length; at += 1) {
        let code = words.charCodeAt(at);
        if (code === 0x1b) { at += 1; code = words.charCodeAt(at) - 64; }
        bytes[n] = code < 0x100 && !high.has(code) ? code : high.get(code);
        n += 1;
      }
      return bytes.subarray(0, n);
    }
    async function start(words, module) {
      if (!module) {
        const bytes = unpacked(words);
        const open = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
        module = await WebAssembly.compile(await new Response(open).arrayBuffer());
        postMessage({ module });
      }
      const imports = {};
      for (const one of WebAssembly.Module.imports(module)) {
        imports[one.module] = imports[one.module] || {};
        imports[one.module][one.name] = () => { throw new Error("the module asks for " + one.name); };
      }
      return (await WebAssembly.instantiate(module, imports)).exports;
    }
    function lend(exports, bytes) {
      const at = exports.alloc(bytes.length);
      new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
      return at;
    }
    function run(exports, route, body) {
      const name = new TextEncoder().encode(route);
      const [r, b] = [lend(exports, name), lend(exports, body)];
      const at = exports.call(r, name.length, b, body.length); // It takes both for its own.
      const length = new DataView(exports.memory.buffer).getUint32(at, true);
      const answer = new Uint8Array(exports.memory.buffer, at + 4, length).slice();
      exports.free(at, length + 4);
      return answer;
    }
    onmessage = async ({ data }) => {
      try {
        if (data.start) { ready = start(data.words, data.module); await ready; return postMessage({ started: true }); }
        const answer = run(await ready, data.route, data.body);
        postMessage({ id: data.id, answer }, [answer.buffer]);
      } catch (error) {
        postMessage({ id: data.id, fault: String(error && error.stack || error) });
      }
    };`;

  const waiting = new Map();
  let worker = null, module = null, next = 1;

  const worded = (zh, en, more) => Object.assign(new Error(en), { zh, en, more });

  function start() {
    const address = URL.createObjectURL(new Blob([SCRIPT], { type: "text/javascript" }));
    worker = new Worker(address);
    worker.onmessage = ({ data }) => heard(data);
    worker.onerror = (event) => heard({ fault: event.message });
    worker.postMessage({ start: true, module, words: module ? "" : packed.textContent });
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  function heard(data) {
    if (data.module) {
      module = data.module;
      packed.remove(); // Megabytes that are not needed twice.
    }
    if (data.fault !== undefined) return broken(data.fault);
    const one = waiting.get(data.id);
    if (!one) return undefined;
    waiting.delete(data.id);
    return one.resolve(data.answer);
  }

  /** After a trap the module's memory is not to be trusted: all that wait are told, and it starts anew. */
  function broken(fault) {
    console.error(fault);
    const all = [...waiting.values()];
    waiting.clear();
    worker.terminate();
    worker = null;
    const error = module
      ? worded("程序处理这份文件时出错，已经重新启动。您的文件和标记都还在", "The program failed on this and was started again. Your files and marks are still here", fault)
      : worded("这个浏览器没能启动程序，请换 Chrome、Edge 80 以上或 Firefox 113 以上", "This browser could not start the program; use Chrome or Edge from 80 or Firefox from 113", fault);
    if (module) start();
    for (const one of all) one.reject(error);
  }

  /** A server that declares another charset spoils the bytes of the module before the page can see them. */
  const spoilt = document.characterSet !== "windows-1252"
    && worded("这个文件要从磁盘打开，或请管理员让服务器不要声明字符集", "Open this file from a disk, or have the server declare no charset for it");

  function call(route, bytes) {
    if (spoilt) return Promise.reject(spoilt);
    if (!worker) start();
    return new Promise((resolve, reject) => {
      const id = next;
      next += 1;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, route, body: bytes }, [bytes.buffer]);
    });
  }

  globalThis.carrier = { kind: "file", call };
  if (!spoilt) start();
})();
