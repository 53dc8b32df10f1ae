"use strict";
// What all views share.
//
//   say(zh, en)             the words of the language shown, as a string
//   both(zh, en)            a <span> that follows the switch of languages by itself
//   el(tag, props, ...kids) an element. props: class, data:{}, on:{event: fn}, say:[zh,en] (its text),
//                           label:[zh,en] (aria-label), hint:[zh,en] (placeholder), tip:[zh,en] (title);
//                           any other is an attribute (true: bare; false, null: left out).
//                           Kids are nodes or strings, and strings go in as text.
//   onLang(fn)              called after the language was switched
//   call(route, json, files) lang and today are put in; throws W.Failed where the answer has problems
//   did({say, undo, redo})  what was just done goes on the one stack of undo
//   toast, announce, dialog, explainFailure, download, today
//   busy(button, run)       runs what a button asks for; drops(box, take) takes what is dropped on a box
//   sitting.part(name, {holds(), save(), open(data)})  what a view puts into the file of a sitting
globalThis.W = globalThis.W || {};
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const listeners = [];

  // Two languages

  const say = (zh, en) => (W.lang === "en" ? en : zh);
  const both = (zh, en) => el("span", { say: [zh, en] });
  const many = (n, one, more = `${one}s`) => `${n} ${n === 1 ? one : more}`; // English alone counts so.
  const onLang = (fn) => listeners.push(fn);

  /** The words of one element in the language shown: text, aria-label, placeholder, title. */
  function word(node) {
    const lang = W.lang === "en" ? "En" : "Zh";
    const put = (key, set) => {
      const words = node.dataset[key + lang];
      if (words !== undefined) set(words);
    };
    if (node.dataset.zh !== undefined) node.textContent = node.dataset[lang.toLowerCase()];
    put("label", (w) => node.setAttribute("aria-label", w));
    put("hint", (w) => node.setAttribute("placeholder", w));
    put("tip", (w) => node.setAttribute("title", w));
  }

  const WORDED = "[data-zh],[data-label-zh],[data-hint-zh],[data-tip-zh]";

  function speak(lang) {
    W.lang = lang === "en" ? "en" : "zh";
    root.lang = W.lang === "en" ? "en" : "zh-CN";
    document.title = say("文稿", "Wengao");
    for (const node of document.querySelectorAll(WORDED)) word(node);
    const button = byId("lang");
    button.textContent = say("English", "中文");
    button.lang = say("en", "zh-CN");
    try { localStorage.setItem("wengao-lang", W.lang); } catch { /* a browser may refuse to keep it */ }
    stackShown();
    for (const fn of listeners) fn();
  }

  function firstLanguage() {
    let kept = null;
    try { kept = localStorage.getItem("wengao-lang"); } catch { /* as above */ }
    return kept || (/^en/i.test(navigator.language || "") ? "en" : "zh");
  }

  // Elements

  const PAIRS = { say: ["zh", "en"], label: ["labelZh", "labelEn"], hint: ["hintZh", "hintEn"], tip: ["tipZh", "tipEn"] };

  function el(tag, props = {}, ...kids) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(props || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (PAIRS[key]) [node.dataset[PAIRS[key][0]], node.dataset[PAIRS[key][1]]] = value;
      else if (key === "data") Object.assign(node.dataset, value);
      else if (key === "on") for (const [name, fn] of Object.entries(value)) node.addEventListener(name, fn);
      else if (key === "value") node.value = value;
      else node.setAttribute(key, value === true ? "" : String(value));
    }
    word(node);
    add(node, kids);
    return node;
  }

  function add(node, kids) {
    for (const kid of kids.flat(2)) if (kid !== null && kid !== undefined && kid !== false) node.append(kid);
    return node;
  }

  /** Puts kids in the place of whatever a node holds. */
  function fill(node, ...kids) {
    while (node.firstChild) node.removeChild(node.firstChild);
    return add(node, kids);
  }

  const button = (pair, run, props = {}) => el("button", { type: "button", say: pair, on: { click: run }, ...props });

  // What is said by the way

  let announced = 0;

  /** For those who listen; a second like sentence is said again. */
  function announce(zh, en) {
    announced += 1;
    byId("live").textContent = say(zh, en) + (announced % 2 ? "" : "\u00a0");
  }

  /** A sentence at the foot that goes by itself; one of kind "error" stays until it is closed. */
  function toast(pair, { kind = "", action = null, seconds = 8 } = {}) {
    const gone = () => { clearTimeout(timer); box.remove(); };
    const box = el("div", { class: `toast ${kind}`, role: kind === "error" ? "alert" : null }, el("span", { say: pair }));
    if (action) box.append(button(action.say, () => { gone(); action.run(); }));
    box.append(button(["关闭", "Close"], gone));
    const timer = kind === "error" ? 0 : setTimeout(gone, seconds * 1000);
    const toasts = byId("toasts");
    while (toasts.children.length >= 3) toasts.firstChild.remove();
    toasts.append(box);
    if (kind !== "error") announce(...pair);
    return gone;
  }

  /** Asks; gives the value of the button pressed, or null. One to be read begins at its head. */
  function dialog({ title, body = [], read = false, buttons = [{ say: ["关闭", "Close"], value: null, main: true }] }) {
    const before = document.activeElement;
    return new Promise((resolve) => {
      let value = null;
      const head = el("h2", { id: "dialog-title", tabindex: "-1", say: title });
      const box = el("dialog", { "aria-labelledby": "dialog-title" }, head, body);
      const end = (v) => { value = v; box.close(); };
      box.append(el("div", { class: "row" }, buttons.map((b) =>
        button(b.say, () => end(b.value), { class: b.main ? "main" : "", autofocus: b.main && !read ? true : null }))));
      box.addEventListener("click", (event) => { if (event.target === box) end(null); });
      box.addEventListener("close", () => {
        box.remove();
        if (before && before.isConnected) before.focus({ preventScroll: true });
        resolve(value);
      });
      document.body.append(box);
      box.showModal();
      if (!read) return;
      head.focus();
      box.scrollTop = 0;
    });
  }

  // The program

  /** What the program said is wrong: `problems` as it gave them, in the language of the call. */
  class Failed extends Error {
    constructor(problems) {
      super(problems.map((p) => [p.place, p.message, p.help].filter(Boolean).join("\n")).join("\n"));
      this.problems = problems;
    }
  }

  async function call(route, json = {}, files = []) {
    const answer = await carrier.call(route, W.pack({ lang: W.lang, today: today(), ...json }, files));
    const { json: said, files: given } = W.unpack(answer);
    if (said.problems && said.problems.length > 0) throw new Failed(said.problems);
    return { json: said, files: given };
  }

  function explainFailure(error) {
    console.error(error);
    toast([error.zh || error.message, error.en || error.message], { kind: "error" });
  }

  function today() {
    const now = new Date();
    const two = (n) => String(n).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  /** Does what a button asks for, which cannot be pressed again meanwhile. */
  async function busy(node, run) {
    node.disabled = true;
    node.setAttribute("aria-busy", "true");
    try { await run(); } catch (error) { explainFailure(error); }
    node.disabled = false;
    node.removeAttribute("aria-busy");
    if (document.activeElement === document.body && node.isConnected) node.focus({ preventScroll: true });
  }

  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  // Files

  const TYPES = {
    docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    odt: "application/vnd.oasis.opendocument.text",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    html: "text/html", json: "application/json", zip: "application/zip",
    md: "text/markdown", txt: "text/plain", yaml: "application/yaml",
  };

  const ending = (name) => (/\.([^./\\]+)$/.exec(name) || ["", ""])[1].toLowerCase();
  const lastName = (path) => path.split("/").pop();

  function download(name, bytes) {
    const blob = new Blob([bytes], { type: TYPES[ending(name)] || "application/octet-stream" });
    const link = el("a", { href: URL.createObjectURL(blob), download: lastName(name), hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    announce(`已下载 ${lastName(name)}`, `downloaded ${lastName(name)}`);
  }

  /** Whether a file of this name is a paper, or holds some. */
  const isPaper = (name) => W.hello.reads.includes(ending(name).toLowerCase());

  /** What a file chooser shows of papers. */
  const paperEndings = () => W.hello.reads.map((e) => `.${e}`).join(",");

  /** Whether a file of this name is a table: a workbook, or one as text. */
  const isTable = (name) => W.hello.tables.includes(ending(name).toLowerCase());

  /** Whether a file of this name holds facts: a table, or what is written by hand. */
  const isFacts = (name) => isTable(name) || /\.ya?ml$/i.test(name);

  /** What a file chooser shows of facts. */
  const factsEndings = () => [...W.hello.tables, "yaml", "yml"].map((e) => `.${e}`).join(",");

  /** The same files, with those in their place that an archive or a mail holds: {path|name, bytes}. */
  async function unfold(files, key = "path") {
    const out = [];
    for (const file of files) {
      if (!/\.(zip|eml)$/i.test(file[key])) { out.push(file); continue; }
      const { json, files: inner } = await call("unfold", { names: [file[key]] }, [file.bytes]);
      json.names.forEach((name, n) => out.push(name === file[key] ? file : { [key]: name, bytes: inner[n] }));
      if (json.unread.length > 0) W.explainFailure(new W.Failed(json.unread));
    }
    return out;
  }

  /** Asks for files with the browser's own window. */
  function pick({ many = false, folder = false, accept = "" } = {}) {
    return new Promise((resolve) => {
      const input = el("input", { type: "file", multiple: many, webkitdirectory: folder, accept: accept || null, hidden: true });
      input.addEventListener("change", () => { resolve([...input.files]); input.remove(); });
      input.addEventListener("cancel", () => { resolve([]); input.remove(); });
      document.body.append(input);
      input.click();
    });
  }

  /** Makes a box take the files that are dropped on it. */
  function drops(box, take) {
    let depth = 0;
    const hang = (by) => { depth = Math.max(0, depth + by); box.classList.toggle("over", depth > 0); };
    const on = (name, run) => box.addEventListener(name, (event) => {
      if (![...(event.dataTransfer ? event.dataTransfer.types : [])].includes("Files")) return;
      event.preventDefault();
      run(event);
    });
    on("dragenter", () => hang(1));
    on("dragover", (event) => { event.dataTransfer.dropEffect = "copy"; });
    box.addEventListener("dragleave", () => hang(-1));
    on("drop", async (event) => {
      event.stopPropagation();
      hang(-depth);
      try { await take(event.dataTransfer); } catch (error) { explainFailure(error); }
    });
  }

  const bytesOf = async (file) => new Uint8Array(await file.arrayBuffer());

  // One undo for everything

  const done = [], undone = [];

  function did(step) {
    done.push(step);
    undone.length = 0;
    touched = true;
    stackShown();
  }

  function undo() { move(done, undone, "undo", ["撤销", "Undone"]); }
  function redo() { move(undone, done, "redo", ["重做", "Done again"]); }

  function move(from, to, way, [zh, en]) {
    const step = from.pop();
    if (!step) return;
    to.push(step);
    touched = true;
    stackShown();
    step[way]();
    toast([`${zh}：${step.say[0]}`, `${en}: ${step.say[1]}`], { seconds: 4 });
  }

  function stackShown() {
    for (const [id, stack, zh, en] of [["undo", done, "撤销", "Undo"], ["redo", undone, "重做", "Redo"]]) {
      const last = stack[stack.length - 1];
      byId(id).disabled = !last;
      byId(id).title = last ? say(`${zh}：${last.say[0]}`, `${en}: ${last.say[1]}`) : "";
    }
  }

  const isWriting = (node) => node && (node.tagName === "TEXTAREA" || node.isContentEditable ||
    (node.tagName === "INPUT" && !/^(checkbox|radio|range|button|file)$/.test(node.type)));

  function undoKeys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector("dialog")) return;
    const key = event.key.toLowerCase();
    const way = key === "z" ? (event.shiftKey ? redo : undo) : key === "y" ? redo : null;
    // A field that is being written in has an undo of its own, for its letters; one that holds what was kept
    // of it (`data-kept`) is not being written in.
    if (!way || (isWriting(event.target) && event.target.dataset.kept !== event.target.value)) return;
    event.preventDefault();
    way();
  }

  // A sitting

  const KIND = "wengao.sitting/1";
  const parts = new Map();
  let touched = false;

  const sitting = {
    part(name, one) { parts.set(name, one); },
    touch() { touched = true; },
    isSitting: (data) => Boolean(data) && data.kind === KIND,
    save() {
      const data = { kind: KIND, saved: today() };
      for (const [name, one] of parts) if (one.holds()) data[name] = one.save();
      download(say(`文稿进度 ${today()}.json`, `sitting ${today()}.json`), new TextEncoder().encode(JSON.stringify(data)));
      touched = false;
    },
    async open(data) {
      for (const [name, one] of parts) if (data[name]) await one.open(data[name]);
      touched = false;
      toast(["进度打开了", "The sitting is open"]);
    },
    async choose() {
      const [file] = await pick({ accept: ".json,application/json" });
      if (file) await sitting.read(file);
    },
    async read(file) {
      let data = null;
      try { data = JSON.parse(await file.text()); } catch { /* said below */ }
      if (sitting.isSitting(data)) return sitting.open(data);
      toast([`${file.name} 不是这里存下的进度`, `${file.name} is no sitting saved here`], { kind: "error" });
    },
  };

  const isHeld = () => touched && [...parts.values()].some((one) => one.holds());

  addEventListener("beforeunload", (event) => {
    if (!isHeld()) return;
    event.preventDefault();
    event.returnValue = "";
  });
  document.addEventListener("keydown", undoKeys);
  byId("undo").addEventListener("click", undo);
  byId("redo").addEventListener("click", redo);
  byId("save-sitting").addEventListener("click", () => sitting.save());
  byId("open-sitting").addEventListener("click", () => sitting.choose());
  byId("lang").addEventListener("click", () => speak(W.lang === "zh" ? "en" : "zh"));
  W.lang = firstLanguage();

  // Chromium from 80 is promised; this came with 86.
  if (!Element.prototype.replaceChildren) Element.prototype.replaceChildren = function (...kids) { fill(this, kids); };

  Object.assign(W, {
    say, both, many, onLang, speak, el, add, fill, button, byId, announce, toast, dialog, Failed, call, explainFailure,
    today, busy, calm, ending, lastName, download, pick, drops, bytesOf, isPaper, paperEndings, isTable, isFacts, factsEndings, unfold, did, undo, redo, isWriting, sitting,
  });
})();
