"use strict";
// How files come in, and the table of all of them.
globalThis.W = globalThis.W || {};
(() => {
  const C = W.check;
  const { el, both, button, fill, say } = W;
  // What a folder holds besides papers is passed over; a file that somebody chose is always tried.
  const readable = (path) => W.isPaper(path) || /\.ya?ml$/i.test(path);
  const HIDDEN = /(^|\/)(\.|~\$)/;

  // Dropped things

  /**
   * Files and folders of a drop, as {path, bytes}. All must be asked for at once, before the drop is over.
   * A page from disk gets nothing out of Chromium's entries (EncodingError), so handles go first where a
   * browser has them.
   */
  async function ofDrop(transfer) {
    const items = [...(transfer.items || [])].filter((item) => item.kind === "file");
    const plain = [...transfer.files];
    const asked = items.map((item) => ({
      file: item.getAsFile(),
      entry: item.webkitGetAsEntry && item.webkitGetAsEntry(),
      handle: item.getAsFileSystemHandle && item.getAsFileSystemHandle().catch(() => null),
    }));
    const out = { list: [], passed: 0 };
    if (asked.length === 0) for (const file of plain) out.list.push({ path: file.name, file });
    for (const one of asked) await dropped(one, out);
    return load(out);
  }

  async function dropped({ file, entry, handle }, out) {
    const held = handle && (await handle);
    if (held) return walk(asNode(held), "", out, false);
    try {
      if (entry) return await walk(entryNode(entry), "", out, false);
    } catch (error) {
      console.warn(error);
    }
    if (entry && entry.isDirectory) return W.toast([`文件夹“${entry.name}”这样拖进来读不了，请用“选文件夹”`, `The folder “${entry.name}” cannot be read when dropped here; use “Choose a folder”`], { kind: "error" });
    return file && out.list.push({ path: file.name, file });
  }

  // A file or folder, from whichever of a browser's two ways.

  const asNode = (handle) => ({
    name: handle.name, isFolder: handle.kind === "directory", file: () => handle.getFile(),
    async children() {
      const all = [];
      for await (const below of handle.values()) all.push(asNode(below));
      return all;
    },
  });

  const entryNode = (entry) => ({
    name: entry.name, isFolder: entry.isDirectory, file: () => new Promise((yes, no) => entry.file(yes, no)),
    async children() {
      const reader = entry.createReader(), all = [];
      for (;;) { // A reader gives a hundred at a time, and none when it is done.
        const some = await new Promise((yes, no) => reader.readEntries(yes, no));
        if (some.length === 0) return all;
        all.push(...some.map(entryNode));
      }
    },
  });

  async function walk(node, above, out, inFolder) {
    const path = above + node.name;
    if (inFolder && HIDDEN.test(node.name)) return;
    if (node.isFolder) {
      const below = (await node.children()).sort((a, b) => a.name.localeCompare(b.name, "zh-CN"));
      for (const one of below) await walk(one, `${path}/`, out, true);
    } else if (inFolder && !readable(path)) out.passed += 1;
    else out.list.push({ path, file: await node.file() });
  }

  function ofInput(files) {
    const out = { list: [], passed: 0 };
    for (const file of files) {
      const path = file.webkitRelativePath || file.name;
      if (file.webkitRelativePath && HIDDEN.test(path)) continue;
      if (file.webkitRelativePath && !readable(path)) out.passed += 1;
      else out.list.push({ path, file });
    }
    return load(out);
  }

  async function load({ list, passed }) {
    const read = [];
    for (const { path, file } of list) {
      try {
        read.push({ path, file, bytes: await W.bytesOf(file) });
      } catch {
        W.toast([`${path} 打不开`, `${path} cannot be opened`], { kind: "error" });
      }
    }
    if (passed > 0) W.toast([`文件夹里有${passed}个不是文稿的文件，没有放进来`, `${W.many(passed, "file")} of the folder left out, being no paper`]);
    return read;
  }

  /** Takes in what came. A saved sitting among it is opened; a workbook is no paper, so it holds facts. */
  async function take(read, role) {
    const sittings = [], tables = [], rest = [];
    const kind = (path) => (role !== "paper" ? rest : /\.json$/i.test(path) ? sittings : W.isTable(path) ? tables : rest);
    for (const one of read) kind(one.path).push(one);
    for (const one of sittings) await W.sitting.read(one.file);
    if (tables.length > 0) await readFacts(tables.map((one) => one.file));
    C.put(await W.unfold(rest), role);
    if (role === "paper" && rest.length > 0) C.firstShown();
  }

  async function choose(role, folder) {
    await take(await ofInput(await W.pick({ many: true, folder })), role);
  }

  const takes = (box, role) => W.drops(box, async (data) => take(await ofDrop(data), role));

  const buttons = (role) => [
    button(["选文件", "Choose files"], () => choose(role, false), { class: role === "paper" ? "main" : "small", data: { do: `files-${role}` } }),
    button(["选文件夹", "Choose a folder"], () => choose(role, true), { class: role === "paper" ? "" : "small", data: { do: `folder-${role}` } }),
  ];

  function dropBox() {
    const formats = W.hello.reads.join("、");
    return el("div", { class: "drop", id: "drop" },
      el("h2", { class: "big", say: ["把文稿拖到这里", "Drop papers here"] }),
      el("p", { class: "big", say: ["可以一次放多个文件，也可以放整个文件夹", "Several files at once, or a whole folder"] }),
      el("div", { class: "row" }, buttons("paper"), el("span", { class: "aside slim-only", say: ["或者把文稿拖到这里", "or drop papers here"] })),
      el("p", { class: "aside big", say: [
        `能读 ${formats}。文件只在这台电脑上处理，不会传到网上。`,
        `Reads ${W.hello.reads.join(", ")}. Files stay on this computer; nothing is sent to the network.`] }));
  }

  // Locality, facts, other places

  function settings() {
    const locality = el("input", { type: "text", id: "locality", autocomplete: "off", hint: ["如 云岭县", "such as 云岭县"], on: {
      change: () => C.setLocality(locality.value.trim()),
    } });
    const genre = genreField();
    const facts = el("div", { class: "row", id: "facts-here" });
    const others = el("div", { class: "drop slim", id: "others" });
    const last = el("div", { class: "drop slim", id: "last-year" });
    takes(others, "other");
    takes(last, "last");
    C.onChange((what) => {
      if (what === "files") { if (document.activeElement !== locality) locality.value = C.get().locality; genre.show(); drawFacts(facts); drawOthers(others); drawLast(last); }
    });
    drawFacts(facts);
    drawOthers(others);
    drawLast(last);
    return el("details", { class: "panel", id: "beside" },
      el("summary", {}, both("本地全称、文种、事实文件、去年的稿子、其他地方的材料", "Locality, genre, facts, last year's paper, papers of other places")),
      el("div", { class: "field" },
        el("label", { for: "locality", say: ["本地全称", "Full name of the locality"] }), locality,
        el("p", { class: "aside", say: ["填了才能查出混进来的外地地名和级别用词", "Needed to find names and ranks of other places in the text"] })),
      el("div", { class: "field" },
        el("label", { for: "genre", say: ["文种", "Genre"] }), genre.node,
        el("p", { class: "aside", say: ["选了按它查行文：一文一事、主送、落款、结语、称谓、责任单位和时限；不选的，只看标题写明的文种", "Chosen, papers are held to its rules: one matter, addressee, office and date, closing words, salutation, owners and deadlines; if none is, only what a title declares is looked at"] })),
      el("div", { class: "field" }, el("strong", { say: ["事实文件", "Facts"] }), facts,
        el("p", { class: "aside", say: ["与文稿核对的名称和数字（yaml、xlsx、xls、csv）", "Names and figures to hold the papers against (yaml, xlsx, xls, csv)"] })),
      el("div", { class: "field" }, el("strong", { say: ["去年的稿子", "Last year's paper"] }),
        el("p", { class: "aside", say: ["用来查今年的稿子里还照去年的数、会期、届次", "To find what still stands as it stood there: figures, dates, editions"] }), last),
      el("div", { class: "field" }, el("strong", { say: ["其他地方的材料", "Papers of other places"] }),
        el("p", { class: "aside", say: ["用来查有没有整段照抄；只在这次使用，不会留下", "To find copied passages; used this time only, kept nowhere"] }), others));
  }

  /** Where the genre of all papers here is chosen; the names are the program's, in the language of the page. */
  function genreField() {
    const node = el("select", { id: "genre", on: { change: () => C.setGenre(node.value) } });
    const show = () => {
      fill(node, el("option", { value: "", say: ["不指定", "none declared"] }),
        (W.hello.genres || []).map((g) => el("option", { value: g.id }, g.title)));
      node.value = C.get().genre;
    };
    show();
    return { node, show };
  }

  function drawFacts(box) {
    const { facts } = C.get();
    const choose = button(["选事实文件", "Choose facts"], chooseFacts, { class: "small", data: { do: "facts" } });
    if (!facts) return fill(box, choose);
    return fill(box, both(`${facts.name}：读到${facts.count}条`, `${facts.name}: ${facts.count} read`), choose,
      button(["不用了", "Remove"], () => C.setFacts(null), { class: "small" }));
  }

  async function chooseFacts() {
    const files = await W.pick({ many: true, accept: W.factsEndings() });
    if (files.length > 0) await readFacts(files);
  }

  async function readFacts(files) {
    try {
      const bytes = await Promise.all(files.map(W.bytesOf));
      const { json } = await W.call("facts", { names: files.map((f) => f.name) }, bytes);
      const wrong = [...(json.unread || []), ...(json.notes || [])].map((p) => (typeof p === "string" ? p : [p.place || p.path, p.message].filter(Boolean).join("：")));
      if (wrong.length > 0) W.toast([wrong.join("\n"), wrong.join("\n")], { kind: "error" });
      const name = files.map((f) => f.name).join("、");
      C.setFacts({ name, facts: json.facts, count: json.count });
      W.toast([`${name} 当作事实文件，读到${json.count}条`, `${name} taken as facts: ${json.count} read`]);
    } catch (error) { W.explainFailure(error); }
  }

  function drawOthers(box) {
    const list = C.others();
    fill(box, el("div", { class: "row" }, buttons("other"),
      list.length === 0 ? el("span", { class: "aside", say: ["或者拖到这里", "or drop them here"] }) : null,
      list.length > 0 ? el("span", { say: [`${list.length}份`, W.many(list.length, "paper")] }) : null,
      list.length > 0 ? button(["全部拿走", "Remove all"], () => C.drop(list.map((i) => i.path), ["拿走其他地方的材料", "other places' papers removed"]), { class: "small" }) : null),
    list.length > 0 ? el("details", {}, el("summary", {}, both("看有哪些", "List them")), list.map((item) => el("p", { class: "aside" }, item.path.replace(/^其他\//, "")))) : null);
  }

  function drawLast(box) {
    const item = C.lastYear();
    fill(box, el("div", { class: "row" },
      button(["选文件", "Choose a file"], async () => take(await ofInput(await W.pick()), "last"), { class: "small", data: { do: "last-year" } }),
      item ? el("span", {}, item.path.replace(/^去年\//, "")) : el("span", { class: "aside", say: ["或者拖到这里", "or drop it here"] }),
      item ? button(["不用了", "Remove"], () => C.drop([item.path], ["拿走去年的稿子", "last year's paper removed"]), { class: "small" }) : null));
  }

  // The table

  const STATES = {
    checked: ["查完", "checked", "good"], part: ["只查了一部分", "checked in part", "warning"],
    unread: ["没有读成", "not read", "error"], failed: ["没有查成", "failed", "error"],
    waiting: ["等着查", "waiting", "info"], running: ["正在查", "being checked", "info"], beside: ["设置或事实", "settings or facts", "info"],
  };

  function stateOf(item) {
    if (item.role === "beside") return "beside";
    if ((C.running() || []).includes(item)) return "running";
    const found = C.result(item);
    return found ? found.state : "waiting";
  }

  const SEVERITIES = [["error", "错误", "errors"], ["warning", "警告", "warnings"], ["info", "提示", "hints"]];

  function row(item) {
    const found = C.result(item), name = stateOf(item), [zh, en, tone] = STATES[name];
    const findings = C.findings(item);
    const isNow = C.now && C.now.path === item.path;
    const open = found && found.points
      ? button([item.path, item.path], () => C.show(item.path, true), { "aria-current": isNow ? "true" : null })
      : el("span", {}, item.path);
    const cell = (count, [zhWhat, enWhat], shown) => el("td", { class: "n", data: { what: say(zhWhat, enWhat) } }, shown ? String(count) : "");
    const doneCount = findings.filter((f) => C.status(f) !== "open").length;
    return el("tr", { class: isNow ? "now" : "", data: { path: item.path, state: name } },
      el("td", { class: "name" }, open, why(found)),
      el("td", {}, el("span", { class: `badge ${tone}`, say: [zh, en] })),
      SEVERITIES.map(([id, ...what]) => cell(findings.filter((f) => f.severity === id).length, what, found && found.doc)),
      cell(doneCount, ["已处理", "settled"], found && found.doc),
      el("td", {}, name === "failed" ? button(["再试", "Try again"], () => C.again(item), { class: "small" }) : null, button(["拿走", "Remove"], () => C.drop([item.path], [`拿走 ${item.path}`, `${item.path} removed`]),
        { class: "small", label: [`拿走 ${item.path}`, `Remove ${item.path}`] })));
  }

  function why(found) {
    if (found && found.message) return el("p", { class: "why", say: found.message });
    return null;
  }

  function table() {
    const rows = [...C.papers(), ...C.beside()].map(row);
    const heads = [["文件", "File"], ["结果", "State"], ...SEVERITIES.map((s) => [s[1], s[2]]), ["已处理", "settled"]];
    return el("div", { class: "table files", tabindex: "0", role: "region", label: ["文件", "Files"] }, el("table", {},
      el("thead", {}, el("tr", {}, heads.map((pair, n) => el("th", { scope: "col", say: pair, class: n > 1 ? "n" : "" })),
        el("th", {}, el("span", { class: "seen", say: ["操作", "Actions"] })))),
      el("tbody", {}, rows)));
  }

  /** How it stands with all files, in a sentence. */
  function summary() {
    const list = C.papers();
    const states = (name) => list.filter((item) => stateOf(item) === name).length;
    const found = list.flatMap((item) => C.findings(item));
    const count = (id) => found.filter((f) => f.severity === id).length;
    const part = [["part", "只查了一部分", "in part"], ["unread", "没有读成", "not read"], ["failed", "没有查成", "failed"]];
    const more = part.filter(([id]) => states(id) > 0);
    return [
      `${list.length}份文稿：查完${states("checked")}${more.map(([id, zh]) => `，${zh}${states(id)}`).join("")}。错误${count("error")}，警告${count("warning")}，提示${count("info")}；已处理${found.filter((f) => C.status(f) !== "open").length}。`,
      `${W.many(list.length, "paper")}: ${states("checked")} checked${more.map(([id, , en]) => `, ${states(id)} ${en}`).join("")}. ${W.many(count("error"), "error")}, ${W.many(count("warning"), "warning")}, ${W.many(count("info"), "hint")}; ${found.filter((f) => C.status(f) !== "open").length} settled.`,
    ];
  }

  Object.assign(C, { dropBox, settings, table, row, summary, takes, SEVERITIES, stateOf });
})();
