"use strict";
// The sitting of the check view: which files there are, what was found in them, what was decided.
//
// `state` is everything that undo brings back; it is never changed in place but through `change`, which
// keeps the state before and after. What the program found lies beside it by the file's number, since it
// can be had again. A decision is kept by where a finding stands and not by its number, so that it
// outlives another check (another locality, another language).
globalThis.W = globalThis.W || {};
(() => {
  const C = (W.check = W.check || {});
  const SETS = ["accepted", "ignored", "kept", "skip", "allow"];

  let state = { files: new Map(), locality: "", genre: "", facts: null };
  for (const name of SETS) state[name] = new Set();
  const results = new Map(); // a file's number → what was found
  const listeners = [];
  let nextId = 1;
  let running = null; // the names in the call that is on its way
  let halted = false;

  const copy = (of) => {
    const out = { ...of, files: new Map(of.files) };
    for (const name of SETS) out[name] = new Set(of[name]);
    return out;
  };
  const tell = (what, item) => listeners.forEach((fn) => fn(what, item));
  const onChange = (fn) => listeners.push(fn);

  /** Does something to the state, so that it can be undone. `what` is "files" or "decided". */
  function change(pair, what, fn) {
    const before = copy(state), at = C.now;
    fn(state);
    const after = copy(state);
    W.did({ say: pair, undo: () => restore(before, what, at), redo: () => restore(after, what, at) });
    settle(what);
  }

  function restore(to, what, at) {
    state = copy(to);
    settle(what);
    if (at && state.files.has(at.path)) C.choose(at.path, at.key, "undo");
  }

  function settle(what) {
    tell(what);
    pump();
  }

  // Files

  const all = () => [...state.files.values()];
  const of = (role) => all().filter((item) => item.role === role);
  const papers = () => of("paper");
  const beside = () => of("beside");
  const others = () => of("other");
  const lastYear = () => of("last")[0] || null;
  const isBeside = (path) => /\.ya?ml$/i.test(path);

  function put(list, role) {
    if (list.length === 0) return;
    const n = list.length;
    const replaced = list.filter((one) => state.files.has(keyOf(one.path, role))).length;
    const pair = role === "other" ? [`放进${n}份其他地方的材料`, `${W.many(n, "paper")} of other places added`]
      : role === "last" ? [`去年的稿子：${list[n - 1].path}`, `last year's paper: ${list[n - 1].path}`]
        : [`放进${n}个文件`, `${W.many(n, "file")} added`];
    change(pair, "files", (to) => {
      // There is one last year's paper.
      if (role === "last") for (const item of [...to.files.values()]) if (item.role === role) to.files.delete(item.path);
      for (const one of list) place(to, one, role);
    });
    if (replaced > 0) W.toast([`${replaced}个同名文件换成了新的`, `${W.many(replaced, "file")} of the same name replaced`]);
  }

  const keyOf = (path, role) => ({ other: "其他/", last: "去年/" }[role] || "") + path;

  function place(to, { path, bytes }, role) {
    const key = keyOf(path, role);
    // What was decided on the words of an older version says nothing of the new one.
    if (to.files.has(key)) forget(to, key);
    const as = role !== "paper" ? role : isBeside(path) ? "beside" : "paper";
    to.files.set(key, { id: nextId, path: key, bytes, role: as });
    nextId += 1;
  }

  function forget(to, path) {
    for (const name of ["accepted", "ignored", "kept"]) {
      for (const key of to[name]) if (key.startsWith(path + "\n")) to[name].delete(key);
    }
  }

  function drop(paths, pair) {
    change(pair, "files", (to) => {
      for (const path of paths) {
        to.files.delete(path);
        forget(to, path);
      }
    });
  }

  // What was found

  /** Text as code points with its lines, findings with their keys: what the view goes by. */
  function prepare(item, signature, doc, laid) {
    const points = Array.from(laid ? laid.text : "");
    const seen = new Map();
    const findings = doc.findings.map((f, index) => {
      const place = `${item.path}\n${f.rule}\n${f.start}\n${f.end}`;
      const same = seen.get(place) || 0;
      seen.set(place, same + 1);
      return { ...f, index, key: same ? `${place}\n${same}` : place };
    });
    return { signature, state: doc.state, doc, points, lines: lines(points, laid ? laid.blocks : []), findings };
  }

  function lines(points, blocks) {
    const out = [];
    let start = 0, block = 0;
    for (let n = 0; n <= points.length; n += 1) {
      if (n < points.length && points[n] !== "\n") continue;
      if (n === points.length && start === n && out.length > 0) break;
      while (block + 1 < blocks.length && blocks[block].end <= start) block += 1;
      const at = blocks[block];
      const end = points[n - 1] === "\r" && n > start ? n - 1 : n;
      out.push({ start, end, kind: at && at.start <= start && start < at.end ? at.kind : "" });
      start = n + 1;
    }
    return out;
  }

  const result = (item) => results.get(item.id);

  /** What a check goes by beside the paper itself; a result of another signature is stale. */
  function signature() {
    const ids = [...beside(), ...others(), ...of("last")].map((item) => item.id);
    return JSON.stringify([W.lang, state.locality, state.genre, state.facts && state.facts.id, ids, W.today()]);
  }

  const isStale = (item, now) => !results.has(item.id) || results.get(item.id).signature !== now;
  const waiting = () => { const now = signature(); return papers().filter((item) => isStale(item, now)); };

  /** What `check`, `report` and `fix` have in common. */
  function request(list) {
    const files = [...list, ...beside()], more = others(), last = of("last");
    const json = { names: files.map((f) => f.path), others: more.map((f) => f.path) };
    if (last.length > 0) json.last_year = last[0].path;
    if (state.locality) json.locality = state.locality;
    if (state.genre) json.genre = state.genre;
    if (state.facts) json.facts = state.facts.facts;
    return { json, bytes: [...files, ...more, ...last].map((f) => f.bytes) };
  }

  // The queue. One paper a call, so that the page shows what is done; with papers of other places, which
  // the program must read each time, a few.
  const batch = () => (others().length > 0 ? 8 : 1);

  async function pump() {
    if (running || halted) return;
    for (let list = waiting(); list.length > 0 && !halted; list = waiting()) {
      const first = list.findIndex((item) => C.now && item.path === C.now.path);
      if (first > 0) list.unshift(...list.splice(first, 1));
      running = list.slice(0, batch());
      tell("progress");
      await checkThese(running, signature());
      const these = running;
      running = null;
      for (const item of these) tell("result", item);
    }
    tell("progress");
  }

  async function checkThese(list, now) {
    const { json, bytes } = request(list);
    try {
      const { json: said } = await W.call("check", json, bytes);
      for (const item of list) keep(item, now, said);
      sayRefused(said.refused);
    } catch (error) {
      const lost = { signature: now, state: "failed", message: [error.zh || error.message, error.en || error.message], findings: [] };
      for (const item of list) results.set(item.id, lost);
      console.error(error);
    }
  }

  function keep(item, now, said) {
    const doc = said.report.documents.find((d) => d.path === item.path);
    if (doc) return results.set(item.id, prepare(item, now, doc, said.texts[item.path]));
    const unread = (said.report.unread || []).find((u) => u.path === item.path);
    const message = unread ? unread.message : W.say("程序没有把它当作文稿", "the program did not take it for a paper");
    return results.set(item.id, { signature: now, state: "unread", message: [message, message], findings: [] });
  }

  let refusedSaid = "";

  function sayRefused(refused) {
    const words = (refused || []).map((p) => [p.place, p.message].filter(Boolean).join("：")).join("\n");
    if (words && words !== refusedSaid) W.toast([`其他地方的材料里有的没有读成：\n${words}`, `Of the other places' papers some were not read:\n${words}`], { kind: "error" });
    refusedSaid = words;
  }

  /** Another try at a paper that could not be checked. */
  function again(item) {
    results.delete(item.id);
    tell("result", item);
    pump();
  }

  function halt(on) {
    halted = on;
    tell("progress");
    pump();
  }

  // Decisions

  function status(f) {
    if (state.accepted.has(f.key)) return "accepted";
    if (state.ignored.has(f.key)) return "ignored";
    if (!state.kept.has(f.key) && (state.skip.has(f.rule) || state.allow.has(f.text))) return "ignored";
    return "open";
  }

  const quote = (words) => (Array.from(words).length > 12 ? Array.from(words).slice(0, 12).join("") + "…" : words);

  function accept(f) {
    change([`接受对“${quote(f.text)}”的修改`, `the change of “${quote(f.text)}” accepted`], "decided", (to) => {
      to.accepted.add(f.key);
      to.ignored.delete(f.key);
    });
  }

  function acceptAll(list) {
    change([`接受${list.length}处修改`, `${W.many(list.length, "change")} accepted`], "decided", (to) => {
      for (const f of list) to.accepted.add(f.key);
    });
  }

  function ignore(f) {
    change([`忽略“${quote(f.text)}”这一处`, `“${quote(f.text)}” ignored here`], "decided", (to) => {
      to.ignored.add(f.key);
      to.accepted.delete(f.key);
    });
  }

  /** Open again, whatever closed it. */
  function reopen(f) {
    change([`“${quote(f.text)}”改回没有处理`, `“${quote(f.text)}” is open again`], "decided", (to) => {
      to.accepted.delete(f.key);
      to.ignored.delete(f.key);
      to.kept.add(f.key);
    });
  }

  function ignoreKind(rule) {
    const title = W.rules.has(rule) ? W.rules.get(rule).title : rule;
    change([`忽略同类：${title}`, `all of a kind ignored: ${title}`], "decided", (to) => {
      to.skip.add(rule);
      dropKept(to, (f) => f.rule === rule);
    });
  }

  function ignoreWord(word) {
    change([`忽略“${quote(word)}”这个词`, `the word “${quote(word)}” ignored`], "decided", (to) => {
      to.allow.add(word);
      dropKept(to, (f) => f.text === word);
    });
  }

  /** “All” means those as well that somebody had opened again one by one. */
  function dropKept(to, test) {
    for (const item of papers()) for (const f of findings(item)) if (test(f)) to.kept.delete(f.key);
  }

  const findings = (item) => (results.has(item.id) ? results.get(item.id).findings : []);

  // Save and open

  function save() {
    const files = all().map((item) => ({ path: item.path, role: item.role, base64: W.toBase64(item.bytes) }));
    const out = { files, locality: state.locality, genre: state.genre, facts: state.facts, at: C.now };
    for (const name of SETS) out[name] = [...state[name]];
    return out;
  }

  function open(data) {
    change(["打开进度", "a sitting opened"], "files", (to) => {
      to.files = new Map();
      for (const one of data.files || []) {
        to.files.set(one.path, { id: nextId, path: one.path, role: one.role, bytes: W.fromBase64(one.base64) });
        nextId += 1;
      }
      for (const name of SETS) to[name] = new Set(data[name] || []);
      to.locality = String(data.locality || "");
      to.genre = String(data.genre || "");
      to.facts = data.facts ? { ...data.facts, id: (nextId += 1) } : null;
    });
  }

  W.sitting.part("check", { holds: () => state.files.size > 0, save, open });

  function setLocality(name) {
    if (name === state.locality) return;
    change([`本地写成“${name}”`, `the locality is “${name}”`], "files", (to) => { to.locality = name; });
  }

  function setGenre(name) {
    if (name === state.genre) return;
    const pair = name ? [`按${name}查行文`, `papers checked as ${name}`] : ["不指定文种", "no genre declared"];
    change(pair, "files", (to) => { to.genre = name; });
  }

  function setFacts(facts) {
    const pair = facts ? [`用事实文件 ${facts.name}`, `facts from ${facts.name}`] : ["不用事实文件", "no facts"];
    change(pair, "files", (to) => { to.facts = facts && { ...facts, id: (nextId += 1) }; });
  }

  Object.assign(C, {
    now: null, get: () => state, onChange, papers, beside, others, lastYear, lines, put, drop, result, findings, status, request,
    waiting, pump, again, halt, isHalted: () => halted, running: () => running, quote,
    accept, acceptAll, ignore, reopen, ignoreKind, ignoreWord, setLocality, setGenre, setFacts,
  });
})();
