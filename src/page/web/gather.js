"use strict";
// The view 采集: papers, the facts that they state, each at its place; what is kept goes to the form of 起草.
//
// `state` is everything that undo brings back: the papers, the records that are not wanted (`left`), and where papers
// differ the words that hold (`chosen`, by record and field). It is never changed in place. What the program
// found lies beside it, since it can be had again.
globalThis.W = globalThis.W || {};
(() => {
  const { el, both, button, fill, say, busy } = W;

  let state = { papers: [], left: [], chosen: {} };
  let found = null; // what the program found: the papers' texts, the records
  let shown = 0; // the paper whose text is in sight
  let now = null; // the record in hand
  let asked = 0;
  const filter = { kind: "", differs: false };
  const at = {}; // the view's parts by name

  const id = (record, part) => `g-${part}-${record.n}`;
  const isLeft = (record) => state.left.includes(record.id);
  const field = (record, value) => `${record.id}/${value.id}`;
  const chosen = (record, value) => state.chosen[field(record, value)];
  const isOpen = (record) => !isLeft(record) && record.values.some((value) => value.differs && chosen(record, value) === undefined);
  const differs = (record) => record.values.some((value) => value.differs);
  const title = (record) => record.values[0].said[0].words;
  const names = () => state.papers.map((paper) => paper.name);

  // Laid out once

  function start(root) {
    at.root = root;
    for (const name of ["drop", "head", "paper"]) at[name] = el("div", {});
    fill(root, at.drop, at.head, at.paper);
    W.drops(root, ({ files }) => take([...files]));
    document.addEventListener("keydown", keys);
    root.addEventListener("focusin", (event) => {
      const card = event.target.closest(".g-card");
      if (card && found.records[card.dataset.n] !== now) here(found.records[card.dataset.n], false);
    });
    W.sitting.part("gather", { holds: () => state.papers.length > 0, save, open: restore });
    draw();
  }

  function draw() {
    for (const part of [at.drop, at.head, at.paper]) fill(part);
    if (state.papers.length === 0) fill(at.drop, dropBox());
    else if (found) {
      fill(at.head, head());
      fill(at.paper, el("section", { class: "document", "aria-labelledby": "g-name" }, bar(),
        el("div", { class: "two" }, text(), list())));
      sift();
      count();
    }
  }

  function dropBox() {
    return el("div", { class: "drop", id: "g-drop" },
      el("h2", { say: ["把方案、通知、总结拖到这里", "Drop plans, notices and summaries here"] }),
      el("p", { say: [
        "会议、任务、指标、项目、问题、荣誉、人员……写在里面的事实逐条列出来，注明出处；核对后放进“起草”的表单",
        "Meetings, tasks, figures, projects, problems, honours, people: the facts that they state are listed, each with its place. Check them and put them into the form of Draft"] }),
      el("div", { class: "row" }, button(["选文件", "Choose files"], choose, { class: "main", data: { do: "gather-files" } })),
      el("p", { class: "aside", say: [
        ".docx、.doc、.pdf、.txt 等，也可以是压缩包，可以一次放几份。只列有把握的，照原文抄录。文件只在这台电脑上处理，不会传到网上。",
        ".docx, .doc, .pdf, .txt and others, also in an archive, several at once. Only what is sure is listed, as it stands. Files stay on this computer; nothing is sent to the network."] }));
  }

  function head() {
    const act = (pair, run, what, more) => button(pair, (event) => busy(event.currentTarget, run), { class: "small", data: { do: what }, ...more });
    const worded = (p) => [p.place, p.message, p.help].filter(Boolean).join(say("：", ": "));
    return el("div", {},
      el("h2", { id: "g-name", tabindex: "-1" }, both(`从${state.papers.length}份文件采集`, `Gathered from ${W.many(state.papers.length, "paper")}`), " ",
        el("small", { say: [`${found.records.length}条`, W.many(found.records.length, "record")] })),
      el("div", { class: "row" }, state.papers.map((paper) => el("span", { class: "badge" }, paper.name,
        button(["拿走", "Remove"], () => remove(paper), { class: "quiet small", label: [`拿走 ${paper.name}`, `Remove ${paper.name}`] }))),
      button(["再放几份", "More papers"], choose, { class: "small", data: { do: "gather-files" } })),
      found.notes.map((note) => el("p", { class: "notice warning" }, worded(note))),
      el("div", { class: "row panel" },
        act(["放进“起草”的表单", "Into the form of Draft"], hand, "gather-hand", { class: "small main" }),
        act(["下载事实文件 .yaml", "Download the facts as .yaml"], download, "gather-yaml"),
        el("span", { class: "aside", id: "g-count", role: "status" })));
  }

  function count() {
    const all = found.records, left = all.filter(isLeft).length, open = all.filter(isOpen).length;
    const node = W.byId("g-count");
    [node.dataset.zh, node.dataset.en] = [
      `留下${all.length - left}条，不要${left}条${open ? `；${open}条说法不一，还没有定` : ""}`,
      `${all.length - left} kept, ${left} left out${open ? `; ${open} on which the papers differ` : ""}`];
    node.textContent = say(node.dataset.zh, node.dataset.en);
  }

  // What is listed

  function bar() {
    const many = new Map();
    for (const { kind } of found.records) many.set(kind.key, { ...kind, count: many.has(kind.key) ? many.get(kind.key).count + 1 : 1 });
    if (!many.has(filter.kind)) filter.kind = "";
    const kinds = el("select", { class: "small", id: "g-kind", label: ["按类别筛选", "Filter by kind"], on: { change: () => { filter.kind = kinds.value; sift(); } } },
      el("option", { value: "", say: ["全部类别", "All kinds"] }),
      [...many.values()].map((kind) => el("option", { value: kind.key }, `${kind.key} ${kind.label} ${kind.count}`)));
    kinds.value = filter.kind;
    const paper = el("select", { class: "small", id: "g-paper", label: ["看哪一份原文", "Which paper to show"], on: { change: () => show(Number(paper.value)) } },
      found.papers.map((one, n) => el("option", { value: String(n) }, one.name)));
    paper.value = String(shown);
    const open = el("input", { type: "checkbox", id: "g-differs", on: { change: () => { filter.differs = open.checked; sift(); } } });
    open.checked = filter.differs = filter.differs && found.records.some(differs);
    return el("div", { class: "bar" }, el("div", { class: "row", role: "group", label: ["筛选", "Filter"] },
      found.papers.length > 1 ? paper : null, kinds,
      found.records.some(differs) ? el("label", {}, open, both("只看说法不一的", "Only where the papers differ")) : null,
      button(["上一条", "Previous"], () => next(-1), { class: "small", "aria-keyshortcuts": "Shift+F8" }),
      button(["下一条", "Next"], () => next(1), { class: "small main", "aria-keyshortcuts": "F8" }),
      el("span", { class: "aside keys" }, [["F8", "下一条", "next"], ["Delete", "不要", "leave out"], ["Ctrl+Z", "撤销", "undo"]]
        .map(([key, zh, en]) => [el("kbd", {}, key), both(` ${zh}　`, ` ${en}  `)]))));
  }

  const isShown = (record) => (!filter.kind || record.kind.key === filter.kind) && (!filter.differs || differs(record));

  function sift() {
    for (const record of found.records) W.byId(id(record, "card")).hidden = !isShown(record);
    W.byId("g-none").hidden = found.records.some(isShown);
  }

  function text() {
    const paper = found.papers[shown];
    const all = found.records.flatMap((record) => record.values.flatMap((value) => value.said).filter((said) => said.paper === shown)
      .map(({ start, end }) => ({ start, end, record })));
    const box = W.marked("g-text", paper, all, ({ start, record }, words) => {
      const node = el("mark", { data: { n: String(record.n), at: String(start) } }, words);
      tone(node, record);
      return node;
    });
    box.addEventListener("click", (event) => {
      const node = event.target.closest("mark");
      if (node && String(getSelection()) === "") go(found.records[node.dataset.n], false);
    });
    return box;
  }

  function tone(node, record) {
    node.className = `${isLeft(record) ? "gone" : isOpen(record) ? "warning" : "done"}${record === now ? " now" : ""}`;
  }

  const marks = (record) => W.byId("g-text").querySelectorAll(`mark[data-n="${record.n}"]`);

  function show(paper) {
    if (paper === shown) return;
    shown = paper;
    W.byId("g-text").replaceWith(text());
    if (W.byId("g-paper")) W.byId("g-paper").value = String(paper);
  }

  function list() {
    return el("ol", { class: "findings", label: ["采集到的事实", "The facts that were found"], id: "g-list", tabindex: "-1" }, found.records.map(card),
      el("li", { class: "card", id: "g-none", say: found.records.length ? ["按现在的筛选没有要列的", "Nothing to list under this filter"]
        : ["没有采集到有把握的事实", "No facts were found that are sure"] }));
  }

  function card(record) {
    const left = isLeft(record);
    const node = el("li", { class: `card g-card${left ? " ignored" : isOpen(record) ? " warning" : " accepted"}`, id: id(record, "card"), tabindex: "-1", data: { n: String(record.n) } },
      el("p", { class: "meta" }, el("span", {}, String(record.n + 1)), el("b", {}, record.kind.key), record.kind.label ? el("span", {}, record.kind.label) : null),
      el("div", { class: "body" }, rows(record)),
      left ? el("p", {}, el("del", { lang: "zh-CN" }, title(record))) : null,
      el("div", { class: "acts row" }, button(["不要", "Leave out"], () => toggle(record), { class: "small", id: id(record, "left"), "aria-pressed": String(left),
        label: [`不要：${title(record)}`, `Leave out: ${title(record)}`] })));
    node.addEventListener("click", (event) => {
      if (!event.target.closest("button, label, input") && String(getSelection()) === "") go(record);
    });
    return node;
  }

  /** The values of a record; of several that stand at one place the last has the way there. */
  function rows(record) {
    const all = record.values.flatMap((value) => (value.differs ? [{ value, said: value.said }] : lines(value).map((said) => ({ value, said }))));
    const place = (said) => (said ? said.map((one) => one.at).join() : "");
    return all.map(({ value, said }, n) => (value.differs ? choice(record, value)
      : el("p", {}, name(value), " ", el("span", { lang: "zh-CN" }, said[0].words), " ",
        place(said) === place(all[n + 1] && all[n + 1].said) ? null : said.map((one) => way(record, one)))));
  }

  /** Of a list each item; of a value that papers agree on, all that say it. */
  const lines = ({ list: isList, said }) => (isList ? said.filter((one) => one.paper === said[0].paper).map((one) => [one]) : [said]);

  const name = (value) => el("span", { class: "aside" }, value.key, value.label ? ` ${value.label}` : "");
  const way = (record, said) => button([said.at, said.at], () => { show(said.paper); here(record, true, said); },
    { class: "quiet small", label: [`看原文：${said.at}`, `To its place: ${said.at}`] });

  function choice(record, value) {
    const words = [...new Set(value.said.map((said) => said.words))], group = `${id(record, "of")}-${value.id}`;
    const radio = (entered, kids) => {
      const input = el("input", { type: "radio", name: group, id: `${group}-${words.indexOf(entered)}`, on: { change: () => hold(record, value, entered) } });
      input.checked = chosen(record, value) === entered;
      return el("div", {}, el("label", {}, input, kids));
    };
    return el("fieldset", { class: "g-choice" }, el("legend", {}, name(value), " ", both("说法不一，定一个", "the papers differ: which holds?")),
      words.map((one) => [radio(one, el("span", { lang: "zh-CN" }, one)), value.said.filter((said) => said.words === one).map((said) => way(record, said))]),
      radio(undefined, both("先不定，留着问", "Leave it open")));
  }

  // What was decided

  function change(pair, to, record = null) {
    const before = state, after = { ...state, ...to };
    W.did({ say: pair, undo: () => become(before, record), redo: () => become(after, record) });
    return become(after);
  }

  async function become(kept, record) {
    const before = state;
    state = kept;
    if (!found || before.papers !== state.papers) return read();
    const changed = found.records.filter((one) => before.left.includes(one.id) !== isLeft(one) || one.values.some((value) =>
      before.chosen[field(one, value)] !== chosen(one, value)));
    changed.forEach(refresh);
    count();
    if (record) go(found.records.find((one) => one.id === record.id));
  }

  /** Shows a record as it is now. */
  function refresh(record) {
    const old = W.byId(id(record, "card")), held = old.contains(document.activeElement) && document.activeElement.id;
    const fresh = card(record);
    fresh.hidden = old.hidden;
    old.replaceWith(fresh);
    if (record === now) light(record, true);
    if (held && W.byId(held)) W.byId(held).focus({ preventScroll: true });
    for (const mark of marks(record)) tone(mark, record);
  }

  function toggle(record) {
    const had = isLeft(record), left = had ? state.left.filter((one) => one !== record.id) : [...state.left, record.id];
    change(had ? [`要回 ${title(record)}`, `${title(record)} kept`] : [`不要 ${title(record)}`, `${title(record)} left out`], { left }, record);
  }

  function hold(record, value, words) {
    const to = { ...state.chosen, [field(record, value)]: words };
    if (words === undefined) delete to[field(record, value)];
    change(words === undefined ? [`${value.key}先不定`, `${value.key} left open`] : [`${value.key}定为“${words}”`, `${value.key} is “${words}”`], { chosen: to }, record);
  }

  // The papers

  const request = (more = {}) => ({ names: names(), left: state.left, chosen: state.chosen, ...more });
  const ask = (route) => W.call(route, request(), state.papers.map((paper) => paper.bytes));

  async function read() {
    const mine = (asked += 1);
    found = now = null;
    if (state.papers.length === 0) { draw(); return; }
    try {
      const { json } = await ask("gather");
      if (mine !== asked) return;
      const papers = json.papers.map((paper) => {
        const points = Array.from(paper.text);
        return { name: paper.name, points, lines: W.check.lines(points, paper.blocks) };
      });
      found = { papers, notes: json.notes, records: json.records.map((record, n) => ({ ...record, n })) };
      shown = Math.min(shown, papers.length - 1);
      draw();
    } catch (error) {
      if (mine === asked) W.explainFailure(error);
    }
  }

  async function choose() {
    await take(await W.pick({ many: true, accept: W.paperEndings() }));
  }

  /** Takes in what came; what cannot be read is told and left. */
  async function take(files) {
    try {
      const isSitting = (file) => /\.json$/i.test(file.name);
      for (const one of files.filter(isSitting)) await W.sitting.read(one);
      const came = files.filter((file) => !isSitting(file)), tables = came.filter((file) => W.isFacts(file.name));
      if (tables.length > 0) {
        W.toast([`${tables.map((file) => file.name).join("、")} 是表或事实文件，请放到“起草”`,
          `${tables.map((file) => file.name).join(", ")}: tables and facts files go to Draft`], { kind: "error" });
      }
      const fresh = [], read = [];
      for (const file of came.filter((one) => !tables.includes(one))) read.push({ name: file.name, bytes: await W.bytesOf(file) });
      for (const { name, bytes } of await W.unfold(read, "name")) {
        const paper = { name, bytes };
        const { json } = await W.call("gather", { names: [paper.name] }, [paper.bytes]);
        if (json.unread.length > 0) W.explainFailure(new W.Failed(json.unread)); else fresh.push(paper);
      }
      if (fresh.length === 0) return;
      const others = state.papers.filter((paper) => !fresh.some((one) => one.name === paper.name)), said = fresh.map((paper) => paper.name).join("、");
      await change([`采集：${said}`, `gathered: ${said}`], { papers: [...others, ...fresh] });
      W.byId("g-name").focus({ preventScroll: true });
      W.announce(`采集到${found.records.length}条`, `${W.many(found.records.length, "record")} found`);
    } catch (error) { W.explainFailure(error); }
  }

  async function remove(paper) {
    await change([`拿走 ${paper.name}`, `${paper.name} removed`], { papers: state.papers.filter((one) => one !== paper) });
    const to = W.byId("g-name") || at.root.querySelector("button");
    if (to) to.focus({ preventScroll: true });
  }

  // From record to record

  /** Makes a record the one in hand: its words marked and, where that is wanted, in sight. */
  function here(record, scroll, said = null) {
    const old = now;
    now = record;
    if (old && old !== record) light(old, false);
    if (scroll) show((said || record.values[0].said[0]).paper);
    light(record, true);
    if (!scroll) return;
    const first = said || record.values[0].said[0];
    const mark = [...marks(record)].find((node) => node.dataset.at === String(first.start)) || marks(record)[0];
    if (mark) mark.scrollIntoView({ block: "center", behavior: W.calm() });
  }

  function light(record, on) {
    const node = W.byId(id(record, "card"));
    node.classList.toggle("now", on);
    if (on) node.setAttribute("aria-current", "true"); else node.removeAttribute("aria-current");
    for (const mark of marks(record)) tone(mark, record);
  }

  function go(record, scroll = true) {
    if (!record) return;
    here(record, scroll);
    const node = W.byId(id(record, "card")), box = W.byId("g-list");
    node.hidden = false;
    const [room, has] = [box.getBoundingClientRect(), node.getBoundingClientRect()];
    if (has.top < room.top || has.bottom > room.bottom) box.scrollTop += has.top - room.top - 8;
    if (!node.contains(document.activeElement)) node.focus({ preventScroll: true });
  }

  function next(by) {
    const all = found.records.filter(isShown);
    if (all.length === 0) return;
    const at = now ? all.findIndex((one) => one.n === now.n) : by < 0 ? 0 : -1;
    go(all[(at + by + all.length) % all.length]);
  }

  function keys(event) {
    if (W.view !== "gather" || !found || document.querySelector("dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "F8") next(event.shiftKey ? -1 : 1);
    else if (event.key === "Delete" && now && event.target.closest(".g-card")) toggle(now);
    else return;
    event.preventDefault();
  }

  // Where it goes

  async function hand() {
    const { json } = await ask("gather");
    const open = found.records.filter(isOpen).length;
    if (open > 0) W.toast([`${open}条说法不一、还没有定的地方没有放进去`, `Not put in: what the papers differ on in ${W.many(open, "record")}`]);
    W.showTab("draft", true);
    await W.draft.receive(names(), json);
  }

  async function download() {
    const { json, files } = await ask("gather_file");
    W.download(json.name, files[0]);
  }

  // A sitting, two languages

  const save = () => ({ ...state, papers: state.papers.map(({ name: of, bytes }) => ({ name: of, base64: W.toBase64(bytes) })) });

  function restore({ papers, left = [], chosen: held = {} }) {
    const opened = papers.map((paper) => ({ name: String(paper.name), bytes: W.fromBase64(paper.base64) }));
    return change(["打开进度", "a sitting opened"], { papers: opened, left, chosen: held });
  }

  async function spoken() {
    const was = now && now.n;
    if (state.papers.length === 0) return;
    await read();
    if (found && was !== null && found.records[was]) here(found.records[was], false);
  }

  W.gather = { start, spoken };
})();
