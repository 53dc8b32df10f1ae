"use strict";
// The view 沿用: last year's paper, what of it may have to change, this year's paper.
//
// `state` is everything that undo brings back: the paper, how many years lie between, the words entered for
// each row ("" is open, 不变 confirms), and what files brought. It is never changed in place but through `change`. What the program
// listed lies beside it, since it can be had again.
globalThis.W = globalThis.W || {};
(() => {
  const R = (W.renew = W.renew || {});
  const { el, button, fill, say, busy, calm } = W;
  const SAME = "不变", WAIT = 250;
  const LIKE_SAME = [SAME, "同", "=", "＝", "same"];

  let state = { paper: null, years: 1, answers: [], brought: null };
  let listed = null; // what the program found: rows, the text as code points and lines
  let now = null; // the row in hand
  let nextId = 1, asked = 0, timer = 0;
  let tracked = false; // what is put in shows as tracked changes
  let pressed = false; // a button of the mouse is held, so nothing may move under it
  const at = {}; // the view's parts by name

  const answer = (row) => state.answers[row.row - 1] || "";
  const status = (row) => ({ "": "open", [SAME]: "same" })[answer(row)] || "new";
  const row = (number) => listed && listed.rows[Number(number) - 1];
  const open = () => (listed ? listed.rows.filter((one) => status(one) === "open") : []);

  // Laid out once

  function start(root) {
    at.root = root;
    for (const name of ["drop", "head", "filled", "paper"]) at[name] = el("div", {});
    fill(root, at.drop, at.head, at.filled, at.paper);
    W.drops(root, ({ files }) => take([...files]));
    document.addEventListener("keydown", keys);
    root.addEventListener("focusin", focused);
    for (const name of ["pointerdown", "pointerup", "pointercancel"]) addEventListener(name, () => { pressed = name === "pointerdown"; }, true);
    W.sitting.part("renew", { holds: () => Boolean(state.paper), save, open: restore });
    draw();
  }

  function draw() {
    clearTimeout(timer);
    for (const name of ["drop", "head", "paper"]) fill(at[name]);
    fill(at.filled, state.brought && listed && told(state.brought));
    if (!state.paper) fill(at.drop, dropBox());
    else if (listed) {
      fill(at.head, head());
      fill(at.paper, el("section", { class: "document", "aria-labelledby": "r-name" }, R.rows.bar(listed),
        el("div", { class: "two" }, R.rows.text(listed), R.rows.list(listed))));
      listed.rows.forEach(R.rows.refresh);
      R.rows.sift(listed.rows);
      count();
      follow();
    }
  }

  function dropBox() {
    return el("div", { class: "drop", id: "r-drop" },
      el("h2", { say: ["把去年的稿子拖到这里", "Drop last year's paper here"] }),
      el("p", { say: [
        "数字、日期、年份、届次、会议、人名，换一年可能要改的，一值一行列出来；填上今年的，下载今年的稿子",
        "Figures, dates, years, editions, meetings, names: what may change with the year is listed, a row a value. Enter this year's and download this year's paper"] }),
      el("div", { class: "row" }, button(["选文件", "Choose a file"], choose, { class: "main", data: { do: "renew-file" } })),
      el("p", { class: "aside", say: [
        ".docx、.doc、.pdf、.txt 等。文件只在这台电脑上处理，不会传到网上。",
        ".docx, .doc, .pdf, .txt and others. Files stay on this computer; nothing is sent to the network."] }));
  }

  function head() {
    const { name } = state.paper, { rows, notes } = listed;
    const spots = rows.reduce((sum, one) => sum + one.places.length, 0);
    const act = (pair, run, what, more = {}) => button(pair, (event) => busy(event.currentTarget, run), { class: "small", data: { do: what }, ...more });
    const own = W.ending(name);
    const years = el("select", { class: "small", id: "r-years", on: { change: () => setYears(Number(years.value)) } },
      [1, 2, 3, 4, 5].map((n) => el("option", { value: String(n), say: [`${n}年`, W.many(n, "year")] })));
    years.value = String(state.years);
    return el("div", {},
      el("div", { class: "row" },
        el("h2", { class: "grow", id: "r-name", tabindex: "-1" }, name, " ", el("small", { say: [`${rows.length}行，${spots}处`, `${W.many(rows.length, "row")} in ${W.many(spots, "place")}`] })),
        el("label", { class: "aside", for: "r-years", say: ["今年的比去年的晚", "Years between the two"] }), years,
        button(["换一份稿子", "Another paper"], choose, { class: "small", data: { do: "renew-file" } }),
        button(["拿走", "Remove"], () => change([`拿走 ${name}`, `${name} removed`], { paper: null, answers: [], brought: null }), { class: "small", label: [`拿走 ${name}`, `Remove ${name}`] })),
      notes.map((note) => el("p", { class: "notice warning" }, [note.place, note.message].filter(Boolean).join(say("：", ": ")))),
      el("div", { class: "row panel" },
        el("strong", { say: ["今年的稿子：", "This year's paper:"] }),
        act([".docx", ".docx"], () => paper("docx"), "renew-docx", { class: "small main", label: ["下载今年的稿子 .docx", "Download this year's paper as .docx"] }),
        own === "docx" || own === "odt" ? trackBox() : null,
        /^(odt|txt|md|markdown)$/.test(own) ? act([`.${own}`, `.${own}`], () => paper(own), "renew-own", { label: [`下载今年的稿子 .${own}`, `Download this year's paper as .${own}`] }) : null,
        act(["放进“检查”", "Check it"], check, "renew-check", { tip: ["和去年的稿子一起放进“检查”", "Into Check, together with last year's paper"] }),
        el("strong", { say: ["　沿用表：", "  The table:"] }),
        act([".xlsx", ".xlsx"], () => table("xlsx"), "renew-table", { label: ["下载沿用表 .xlsx", "Download the table as .xlsx"] }),
        act(["读入填好的表、今年的事实", "Read in a table or facts"], fillFrom, "renew-fill", { tip: ["也可以直接拖进来：.xlsx、.yaml、.csv", "Or drop it here: .xlsx, .yaml, .csv"] })));
  }

  /** Whether what is put in shows as tracked changes. */
  function trackBox() {
    const box = el("input", { type: "checkbox", id: "r-track", on: { change: () => { tracked = box.checked; } } });
    box.checked = tracked;
    return el("label", { tip: ["换上的值标成修订，谁看都知道动了哪里", "What is put in shows as tracked changes"] }, box, W.both("标修订", "Tracked changes"));
  }

  function count() {
    const all = listed.rows.length, left = open().length, kept = listed.rows.filter((one) => status(one) === "same").length;
    const node = W.byId("r-count");
    [node.dataset.zh, node.dataset.en] = [
      `已填${all - left}/${all}行（改${all - left - kept}，不变${kept}），还有${left}行`,
      `${all - left} of ${all} answered (${all - left - kept} new, ${kept} the same), ${left} open`];
    node.textContent = say(node.dataset.zh, node.dataset.en);
  }

  // What was entered

  /** Does something to the state, so that it can be undone; `one` is the row that it is about. */
  function change(pair, to, one = null) {
    const before = state, after = { ...state, ...to };
    W.did({ say: pair, undo: () => become(before, one), redo: () => become(after, one) });
    return become(after);
  }

  async function become(kept, one) {
    const before = state, held = document.activeElement && document.activeElement.id;
    state = kept;
    const isSame = listed && before.paper === state.paper && before.years === state.years;
    if (!isSame) {
      listed = now = null;
      await list();
    } else {
      const other = listed.rows.filter((r, n) => (before.answers[n] || "") !== (state.answers[n] || ""));
      other.forEach(R.rows.refresh);
      if (before.brought !== state.brought) fill(at.filled, state.brought && told(state.brought));
      count();
      follow();
      if (one) go(row(one.row), /^r-new-/.test(held) ? "input" : "undo");
    }
  }

  function set(one, entered) {
    const words = entered.trim() === one.last || LIKE_SAME.includes(entered.trim()) ? SAME : entered.trim();
    const input = W.byId(R.rows.id(one, "new"));
    input.dataset.kept = input.value; // It is taken as it stands.
    if (words === answer(one)) { R.rows.refresh(one); return; }
    const answers = listed.rows.map(answer);
    answers[one.row - 1] = words;
    const pair = words === SAME ? [`“${one.last}”不变`, `“${one.last}” is the same`]
      : words ? [`“${one.last}”改为“${words}”`, `“${one.last}” becomes “${words}”`] : [`“${one.last}”改回没有填`, `“${one.last}” is open again`];
    change(pair, { answers }, one);
  }

  // The paper

  const request = (more = {}) => ({ names: [state.paper.name], years: state.years, answers: state.answers, ...more });

  async function list() {
    const mine = (asked += 1), { paper: of } = state;
    if (!of) { draw(); return; }
    try {
      const { json } = await W.call("renew", request(), [of.bytes]);
      if (mine !== asked) return;
      const points = Array.from(json.text);
      listed = { rows: json.rows, notes: json.notes, points, lines: W.check.lines(points, json.blocks) };
      if (of.values) {
        // A sitting of another day: answers stay with the values that they were given to.
        state.answers = listed.rows.map((one, n) => (of.values[n] === one.last ? state.answers[n] || "" : ""));
        delete of.values;
      }
      draw();
    } catch (error) {
      if (mine === asked) W.explainFailure(error);
    }
  }

  /** What follows from what was entered, a moment after it was. */
  function follow() {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const of = listed, mine = state;
      if (!of) return;
      try {
        const { json } = await W.call("renew", request(), [state.paper.bytes]);
        if (of !== listed || mine !== state) return;
        for (const [n, { follows }] of json.rows.entries()) {
          if (JSON.stringify(follows) === JSON.stringify(of.rows[n].follows)) continue;
          of.rows[n].follows = follows;
          R.rows.refresh(of.rows[n]);
        }
      } catch (error) { console.error(error); }
    }, WAIT);
  }

  function setYears(years) {
    change([`相隔${years}年`, `${W.many(years, "year")} between`], { years }).then(() => { if (W.byId("r-years")) W.byId("r-years").focus(); });
  }

  // Files

  async function choose() {
    await take(await W.pick({ accept: W.paperEndings() }));
  }

  async function fillFrom() {
    await take(await W.pick({ many: true, accept: W.factsEndings() }));
  }

  /** Takes in what came: a paper, and what fills its rows. */
  async function take(files) {
    try {
      const tables = files.filter((f) => W.isFacts(f.name)), sittings = files.filter((f) => /\.json$/i.test(f.name));
      const given = [];
      for (const one of files.filter((f) => !tables.includes(f) && !sittings.includes(f))) given.push({ name: one.name, bytes: await W.bytesOf(one) });
      const [first, ...more] = await W.unfold(given, "name");
      for (const one of sittings) await W.sitting.read(one);
      if (first) await takePaper(first);
      if (more.length > 0) W.toast([`一次沿用一份稿子：用的是 ${first.name}`, `One paper at a time: ${first.name} was taken`]);
      if (tables.length > 0) await takeTables(tables);
    } catch (error) { W.explainFailure(error); }
  }

  async function takePaper({ name, bytes }) {
    const paperOf = { id: nextId, name, bytes };
    nextId += 1;
    // What cannot be read leaves the one that is there alone.
    await W.call("renew", { names: [name] }, [bytes]);
    await change([`去年的稿子：${name}`, `last year's paper: ${name}`], { paper: paperOf, answers: [], brought: null });
    W.byId("r-name").focus({ preventScroll: true });
    W.announce(`${name}：${listed.rows.length}行要填`, `${name}: ${W.many(listed.rows.length, "row")} to fill in`);
  }

  async function takeTables(files) {
    if (!state.paper) {
      W.toast(["先放去年的稿子，再放填好的表或今年的事实", "First last year's paper, then a table or facts"], { kind: "error" });
      return;
    }
    const bytes = await Promise.all(files.map(W.bytesOf));
    const names = files.map((f) => f.name);
    const { json } = await W.call("renew_fill", request({ names: [state.paper.name, ...names] }), [state.paper.bytes, ...bytes]);
    const differ = json.answers.some((words, n) => words !== (state.answers[n] || ""));
    if (differ) await change([`从 ${names.join("、")} 填`, `Filled from ${names.join(", ")}`], { answers: json.answers, brought: json });
    else brought(json);
    W.byId("r-filled").focus({ preventScroll: true });
  }

  /** Says what files brought, or no more; nothing that one would take back. */
  function brought(json) {
    state = { ...state, brought: json };
    fill(at.filled, json && told(json));
  }

  /** What files brought, row by row for facts. */
  function told({ tables, entered, facts, filled, unread, notes }) {
    const worded = (p) => [p.place, p.message, p.help].filter(Boolean).join(say("：", ": "));
    const wrong = [...unread, ...notes];
    return el("div", { class: `notice ${wrong.length ? "warning" : "good"}`, id: "r-filled", tabindex: "-1", role: "status" },
      tables.length ? el("p", { say: [`从 ${tables.join("、")} 读到${entered}行的答案。`, `${W.many(entered, "answer")} from ${tables.join(", ")}.`] }) : null,
      facts.length ? el("p", { say: [`从 ${facts.join("、")} 认出${filled.length}行${filled.length ? "，请核对：" : "。"}`, `${W.many(filled.length, "row")} filled from ${facts.join(", ")}${filled.length ? "; please check:" : "."}`] }) : null,
      filled.length ? el("ul", {}, filled.map((one) => el("li", {},
        button([`第${one.row}行`, `Row ${one.row}`], () => go(row(one.row), "input"), { class: "quiet" }), ` ${row(one.row).about} ${row(one.row).last} → ${one.value}`,
        one.from ? el("span", { class: "aside" }, ` ${one.from}`) : null))) : null,
      wrong.length ? el("ul", {}, wrong.map((p) => el("li", {}, worded(p)))) : null,
      button(["知道了", "Close"], () => { brought(null); W.byId("r-name").focus({ preventScroll: true }); }, { class: "small" }));
  }

  // From row to row

  /** Makes a row the one in hand: its words marked and in sight. */
  function here(one, scroll = true) {
    for (const old of now && now !== one ? [now] : []) light(old, false);
    now = one;
    light(one, true);
    const [first] = R.rows.marks(one);
    if (scroll && first) first.scrollIntoView({ block: "center", behavior: calm() });
  }

  function light(one, on) {
    const card = W.byId(R.rows.id(one, "row"));
    if (card) card.classList.toggle("now", on);
    if (card && on) card.setAttribute("aria-current", "true"); else if (card) card.removeAttribute("aria-current");
    for (const mark of R.rows.marks(one)) mark.classList.toggle("now", on);
  }

  /** To a row; what is answered meanwhile makes room. `from` says by what one comes. */
  function go(one, from) {
    if (!one) return;
    R.rows.sift(listed.rows, one);
    here(one, from !== "mark");
    const card = W.byId(R.rows.id(one, "row")), box = W.byId("r-rows");
    const [room, has] = [box.getBoundingClientRect(), card.getBoundingClientRect()];
    // Where there is little room, what is offered below the field shall be in it.
    if (has.top < room.top || has.bottom > room.bottom || room.height < 450) box.scrollTop += has.top - room.top - 8;
    if (from === "undo" || from === "card") return;
    W.byId(R.rows.id(one, from === "same" ? "same" : "new")).focus({ preventScroll: true });
  }

  /** To the next row that is open and of the kind that is listed, from the end on from the beginning. */
  function next(by, from = now, focus = "input") {
    const left = open().filter((one) => R.isShown(one) && one !== from), start = from ? from.row : 0;
    if (by < 0) left.reverse();
    const one = left.find((r) => (r.row - start) * by > 0) || left[0];
    if (one) return go(one, focus);
    if (from && status(from) === "open") return go(from, focus);
    return W.toast(open().length === 0 ? ["都填了，可以下载今年的稿子", "All is answered; this year's paper can be downloaded"] : ["列出的都填了", "All that is listed is answered"], { seconds: 5 });
  }

  function keys(event) {
    if (W.view !== "renew" || !listed || document.querySelector("dialog") || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "F8") {
      event.preventDefault();
      keep(event.target);
      next(event.shiftKey ? -1 : 1);
    } else if (event.key === "Enter" && keep(event.target)) {
      event.preventDefault();
      next(event.shiftKey ? -1 : 1);
    }
  }

  /** Takes what stands in a row's field for its answer; whether it was one. */
  function keep(node) {
    const card = node.tagName === "INPUT" && node.closest(".r-row");
    if (card) set(row(card.dataset.row), node.value);
    return Boolean(card);
  }

  function focused(event) {
    const card = event.target.closest(".r-row"), one = card && row(card.dataset.row);
    if (one && one !== now) here(one, !pressed);
  }

  // Downloads

  async function made(format, track = false) {
    const { json, files } = await W.call("renew_file", request({ format, track }), [state.paper.bytes]);
    return { ...json, name: W.check.named(json.name, "今年", "this year"), bytes: files[0] };
  }

  /** Whether a paper of this format holds comments. */
  const noted = (format) => format === "docx" || format === "odt";

  async function paper(format) {
    const { name, bytes, open: left, places } = await made(format, tracked && format === W.ending(state.paper.name) && noted(format));
    W.download(name, bytes);
    W.toast(left === 0 ? ["今年的稿子已下载，各行都填了", "Downloaded this year's paper; every row is answered"]
      : noted(format) ? [`还有${left}行没填，照去年的留着，${places}处加了批注`, `${W.many(left, "row")} open: left as last year's, with comments in ${W.many(places, "place")}`]
        : [`还有${left}行没填，${places}处照去年的留着；这种格式没有批注，要看是哪些，下载 .docx`, `${W.many(left, "row")} open: left as last year's in ${W.many(places, "place")}. This format has no comments; download .docx to see which`]);
  }

  async function table(format) {
    const { json, files } = await W.call("renew_file", request({ format }), [state.paper.bytes]);
    W.download(W.check.named(json.name, "沿用表", "table"), files[0]);
  }

  /** This year's paper goes on to the view 检查, and last year's with it. */
  async function check() {
    const { name, bytes } = await made(/^(odt|txt|md|markdown)$/.test(W.ending(state.paper.name)) ? W.ending(state.paper.name) : "docx");
    W.check.put([{ path: state.paper.name, bytes: state.paper.bytes }], "last");
    W.check.put([{ path: name, bytes }], "paper");
    W.showTab("check", true);
  }

  // A sitting, two languages

  function save() {
    const { paper: of, years, answers } = state;
    return { name: of.name, base64: W.toBase64(of.bytes), years, answers, values: listed ? listed.rows.map((one) => one.last) : [] };
  }

  function restore(data) {
    const paperOf = { id: nextId, name: String(data.name), bytes: W.fromBase64(data.base64), values: data.values || [] };
    nextId += 1;
    return change(["打开进度", "a sitting opened"], { paper: paperOf, years: data.years || 1, answers: data.answers || [], brought: null });
  }

  async function spoken() {
    const [was, held] = [now && now.row, document.activeElement && document.activeElement.id];
    if (!state.paper) return;
    await list();
    now = null;
    if (was) here(row(was), false);
    if (held && document.activeElement === document.body && W.byId(held)) W.byId(held).focus({ preventScroll: true });
  }

  Object.assign(R, { start, spoken, answer, status, row, set, go, next });
})();
