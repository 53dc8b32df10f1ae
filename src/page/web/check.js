"use strict";
// The check view as a whole: what is where, moving from finding to finding, keys, downloads.
globalThis.W = globalThis.W || {};
(() => {
  const C = W.check;
  const { el, button, fill, say, both, busy, calm } = W;
  const parts = {}; // the boxes of the view by name
  let statuses = new Map(); // how each finding of the shown paper was drawn

  C.shownPath = null;
  const shownItem = () => C.get().files.get(C.shownPath);

  // Laid out once

  function start(root) {
    parts.drop = C.dropBox();
    for (const name of ["progress", "table", "whole", "paper"]) parts[name] = el("div", {});
    parts.summary = el("p", { id: "summary" });
    fill(root, parts.drop, C.settings(), parts.progress, parts.summary, parts.table, parts.whole, parts.paper);
    C.takes(root, "paper");
    // What is dropped beside every box would otherwise leave the page.
    for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
    document.addEventListener("keydown", keys);
    C.onChange(changed);
    drawFiles();
  }

  function changed(what, item) {
    if (what === "files") drawFiles();
    if (what === "progress") drawProgress();
    if (what === "result") arrived(item);
    if (what === "decided") drawDecided();
  }

  function drawFiles() {
    const any = C.get().files.size > 0;
    parts.drop.classList.toggle("slim", any);
    for (const node of parts.drop.querySelectorAll(".big")) node.hidden = any;
    parts.drop.querySelector(".slim-only").hidden = !any;
    fill(parts.table, any ? C.table() : null);
    drawSummary();
    drawWhole();
    const item = shownItem();
    if (!item || !C.result(item)) {
      const next = C.papers().find((one) => (C.result(one) || {}).points);
      show(next ? next.path : null);
    } else if (statuses.of !== C.result(item)) drawPaper();
    else drawDecided();
  }

  /** A result is there: its row, the sums, and the paper if it is the one that is shown. */
  function arrived(item) {
    replaceRow(item);
    drawSummary();
    if (!C.get().files.has(item.path)) return;
    if (C.shownPath === item.path) drawPaper();
    else if (!C.shownPath && C.result(item).points) show(item.path);
  }

  function replaceRow(item) {
    const old = [...parts.table.querySelectorAll("tr[data-path]")].find((row) => row.dataset.path === item.path);
    if (old) old.replaceWith(C.row(item));
  }

  function drawSummary() {
    const any = C.papers().length > 0;
    parts.summary.hidden = !any;
    if (any) [parts.summary.dataset.zh, parts.summary.dataset.en] = C.summary();
    parts.summary.textContent = any ? say(...C.summary()) : "";
  }

  function drawProgress() {
    const now = C.running(), left = C.waiting().length, all = C.papers().length;
    if (!now && left === 0) {
      if (parts.progress.firstChild && all > 0) W.announce(...C.summary());
      fill(parts.progress);
      drawWhole();
      return;
    }
    (now || []).forEach(replaceRow);
    const stop = C.isHalted() ? button(["接着查", "Go on"], () => C.halt(false), { class: "small" }) : button(["停下", "Stop"], () => C.halt(true), { class: "small" });
    const name = now ? now[0].path : "";
    fill(parts.progress, el("div", { class: "panel" },
      el("div", { class: "row" }, el("span", { class: "grow", say: [`已查 ${all - left} / ${all}　${name}`, `${all - left} / ${all} checked  ${name}`] }), stop),
      el("progress", { max: String(all), value: String(all - left), label: ["进度", "Progress"] })));
  }

  /** Downloads for all papers at once. */
  function drawWhole() {
    const ready = C.papers().length > 0 && C.waiting().length === 0;
    const many = C.papers().length > 1;
    const act = (pair, run, name) => button(pair, (event) => busy(event.currentTarget, run), { class: "small", disabled: !ready, data: { do: name } });
    fill(parts.whole, C.papers().length === 0 ? null : el("div", { class: "row panel" },
      el("strong", { say: many ? ["全部文稿：", "All papers:"] : ["清单和报告：", "List and report:"] }),
      act(["退改清单（xlsx）", "Return list (xlsx)"], () => report("xlsx"), "xlsx"),
      act(["网页报告（html）", "HTML report"], () => report("html"), "html"),
      many ? act(["全部批注稿（zip）", "All with comments (zip)"], () => commented(C.papers()), "all-commented") : null,
      many ? act(["全部改好的稿子（zip）", "All corrected (zip)"], allCorrected, "all-corrected") : null));
  }

  // The paper that is shown

  function show(path, scroll) {
    C.shownPath = path;
    if (!C.now || C.now.path !== path) C.now = path ? { path, key: null } : null;
    drawPaper();
    for (const row of parts.table.querySelectorAll("tr[data-path]")) {
      row.classList.toggle("now", row.dataset.path === path);
      const link = row.querySelector("td.name button");
      if (link && row.dataset.path === path) link.setAttribute("aria-current", "true"); else if (link) link.removeAttribute("aria-current");
    }
    if (scroll && path) parts.paper.querySelector("h2").scrollIntoView({ block: "start", behavior: calm() });
  }

  function drawPaper() {
    const item = shownItem(), found = item && C.result(item);
    statuses = new Map();
    statuses.of = found;
    if (!found || !found.points) { fill(parts.paper); return; }
    const keepScroll = parts.list ? parts.list.scrollTop : 0, held = document.activeElement && document.activeElement.id;
    parts.text = C.text.draw(found);
    parts.list = C.cards.list(item);
    for (const f of found.findings) statuses.set(f, C.status(f));
    fill(parts.paper, el("section", { class: "document", "aria-labelledby": "paper-name" }, head(item, found),
      C.cards.bar(item, drawPaper), el("div", { class: "two" }, parts.text, parts.list)));
    parts.list.scrollTop = keepScroll;
    if (held && W.byId(held) && document.activeElement === document.body) W.byId(held).focus({ preventScroll: true });
    drawCount();
  }

  function drawList(item) {
    const fresh = C.cards.list(item);
    parts.list.replaceWith(fresh);
    parts.list = fresh;
  }

  function head(item, found) {
    const { characters, notes = [], home } = found.doc;
    const act = (pair, run, name, more) => button(pair, (event) => busy(event.currentTarget, run), { class: "small", data: { do: name }, ...more });
    const where = home ? [`，${home.name}`, `, ${home.name}`] : ["", ""];
    return el("div", {},
      el("h2", { id: "paper-name", tabindex: "-1" }, item.path, " ", el("small", { say: [`${characters}字${where[0]}`, `${characters} characters${where[1]}`] })),
      notes.filter((note) => !isHomeless(note)).map((note) => el("p", { class: "notice warning" }, note)),
      notes.some(isHomeless) ? homeless() : null,
      el("div", { class: "row" },
        act(["下载批注稿", "Download with comments"], () => commented([item]), "commented"),
        act(["下载改好的稿子", "Download corrected"], () => corrected(item), "corrected"),
        isTrackable(item) ? trackBox() : null,
        C.get().facts ? act(["送审包", "For review"], () => forReview(item), "package",
          { title: say("逐句对事实文件的依据、待办、问题；再做一份会说变了什么（.zip）", "Grounds in the facts, open points, findings; the next one says what changed (.zip)") }) : null,
        el("span", { id: "accept-all" })));
  }

  let tracked = false; // what is corrected shows as tracked changes
  const isTrackable = (item) => ["docx", "odt", "fodt"].includes(W.ending(item.path));

  /** Whether what is corrected shows as tracked changes. */
  function trackBox() {
    const box = el("input", { type: "checkbox", id: "c-track", on: { change: () => { tracked = box.checked; } } });
    box.checked = tracked;
    return el("label", { tip: ["能放心改的标成修订，在 Word、WPS、LibreOffice 里逐处接受或拒绝；批注稿、改好的稿子都这样", "What is safe to change shows as tracked changes, to be accepted or refused in Word, WPS or LibreOffice, in both downloads"] }, box, W.both("标修订", "Tracked changes"));
  }

  // The program's note says how the command line mends it; here there is a field.
  const isHomeless = (note) => note.includes("--locality");

  function homeless() {
    const fill = () => {
      W.byId("beside").open = true;
      W.byId("locality").focus();
    };
    return el("div", { class: "notice warning row" },
      el("span", { class: "grow", say: ["看不出文稿是哪里的，外地地名和级别用词没有查全", "It does not tell whose paper it is; names of other places and words of level could not be checked in full"] }),
      button(["填本地全称", "Name the locality"], fill, { class: "small", data: { do: "locality" } }));
  }

  const fixable = (list) => list.filter((f) => f.fix);
  const open = (list) => list.filter((f) => C.status(f) === "open");

  function drawCount() {
    const item = shownItem(), list = C.listed(item), left = open(list).length;
    const count = W.byId("count");
    if (!count) return;
    count.textContent = say(`列出${list.length}处，没有处理的${left}处`, `${list.length} listed, ${left} open`);
    const can = fixable(open(list));
    fill(W.byId("accept-all"), can.length < 2 ? null : button([`接受列出的全部修改（${can.length}处）`, `Accept all listed changes (${can.length})`],
      () => C.acceptAll(fixable(open(C.listed(item)))), { class: "small", data: { do: "accept-all" } }));
  }

  /** After a decision: the cards and lines of what changed, here; the numbers everywhere. */
  function drawDecided() {
    [...C.papers()].forEach(replaceRow);
    drawSummary();
    const item = shownItem(), found = item && C.result(item);
    if (!found || !found.points || statuses.of !== found) return;
    if (C.filter.status) { drawPaper(); return; }
    const other = new Set(found.findings.filter((f) => statuses.get(f) !== C.status(f)));
    for (const f of other) {
      statuses.set(f, C.status(f));
      redrawCard(item, f);
    }
    C.text.redraw(parts.text, found, other);
    drawCount();
  }

  function redrawCard(item, f) {
    const old = W.byId(`card-${f.index}`);
    if (!old) return;
    const held = old.contains(document.activeElement), fresh = C.cards.card(item, f);
    old.replaceWith(fresh);
    if (held) fresh.focus({ preventScroll: true });
  }

  // From finding to finding

  function choose(path, key, from) {
    const item = C.get().files.get(path);
    if (!item) return;
    if (C.shownPath !== path) { C.now = { path, key }; show(path); }
    const before = C.now && C.now.key;
    C.now = { path, key };
    const f = C.findings(item).find((one) => one.key === key);
    for (const one of C.findings(item)) if (one.key === before || one === f) light(C.result(item), one, one === f);
    if (!f) return;
    if (!W.byId(`card-${f.index}`)) {
      if (C.isShown(f)) drawList(item);
      else { reveal(f); drawPaper(); }
    }
    const card = W.byId(`card-${f.index}`), mark = C.text.marksOf(parts.text, C.result(item), f)[0];
    if (from === "mark") parts.list.scrollTo({ top: card.offsetTop - parts.list.offsetTop - 8, behavior: calm() });
    else if (mark) mark.scrollIntoView({ block: "center", behavior: calm() });
    intoView(card);
    if (!card.contains(document.activeElement)) card.focus({ preventScroll: true });
  }

  function light(found, f, on) {
    const card = W.byId(`card-${f.index}`);
    if (card) {
      card.classList.toggle("now", on);
      card.tabIndex = on ? 0 : -1;
      if (on) card.setAttribute("aria-current", "true"); else card.removeAttribute("aria-current");
    }
    for (const mark of C.text.marksOf(parts.text, found, f)) mark.classList.toggle("now", on);
  }

  /** A finding that is asked for by undo may be out of the filter. */
  function reveal(f) {
    C.filter[f.severity] = true;
    C.filter.rule = "";
    C.filter.status = "";
  }

  function intoView(card) {
    const box = parts.list.getBoundingClientRect(), at = card.getBoundingClientRect();
    if (at.top < box.top || at.bottom > box.bottom) parts.list.scrollTop += at.top - box.top - 8;
  }

  /** To the next open finding that is listed, through all papers in the order of the table. */
  function step(by) {
    const all = C.papers().flatMap((item) => C.listed(item).map((f) => ({ path: item.path, f })));
    const papers = C.papers().map((item) => item.path);
    const order = (path, start, index) => papers.indexOf(path) * 1e9 + start + index / 1e6;
    const at = C.now && C.now.key ? C.findings(C.get().files.get(C.now.path)).find((f) => f.key === C.now.key) : null;
    const here = at ? order(C.now.path, at.start, at.index) : C.shownPath ? order(C.shownPath, 0, 0) + (by > 0 ? -0.5 : 1e8) : -1;
    const way = all.filter(({ path, f }) => C.status(f) === "open" && (order(path, f.start, f.index) - here) * by > 0);
    const next = by > 0 ? way[0] : way[way.length - 1];
    if (next) return choose(next.path, next.f.key, "step");
    const left = all.filter(({ f }) => C.status(f) === "open").length;
    const pair = left === 0 ? ["列出的都处理完了", "All that is listed is settled"] : by > 0 ? ["后面没有了", "There is none after this"] : ["前面没有了", "There is none before this"];
    return W.toast(pair, { seconds: 4 });
  }

  // Keys

  function keys(event) {
    if (W.view !== "check" || document.querySelector("dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "F8") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
      return;
    }
    const item = shownItem();
    const f = item && C.now && C.findings(item).find((one) => one.key === C.now.key);
    const inCard = event.key === "Delete" && event.target.closest(".card");
    const onCard = event.target.classList.contains("card");
    const free = inCard || event.target === document.body || event.target.id === "text" || onCard;
    if (!free || event.shiftKey) return;
    const run = { Enter: accept, Delete: ignore, ArrowDown: onCard && (() => along(event.target.nextElementSibling)), ArrowUp: onCard && (() => along(event.target.previousElementSibling)) }[event.key];
    if (!run || (!f && !onCard)) return;
    event.preventDefault();
    const card = event.target.closest(".card");
    const meant = card ? C.findings(item).find((one) => one.key === card.dataset.key) : f;
    if (meant) run(meant);
  }

  const along = (card) => { if (card && card.dataset.key) choose(C.shownPath, card.dataset.key, "step"); };

  function accept(f) {
    C.choose(C.shownPath, f.key, "keep");
    if (C.status(f) === "accepted") { step(1); return; }
    if (!f.fix) {
      W.toast(["这一处没有现成的改法，要您核实后在原稿里改", "There is no ready change here; it is for you to verify and mend in the paper"], { seconds: 5 });
      return;
    }
    C.accept(f);
    step(1);
  }

  function ignore(f) {
    C.choose(C.shownPath, f.key, "keep");
    if (C.status(f) !== "ignored") C.ignore(f);
    step(1);
  }

  // Downloads

  function ignored(list) {
    const out = {};
    for (const item of list) {
      const these = C.findings(item).filter((f) => C.status(f) === "ignored").map((f) => f.index);
      if (these.length > 0) out[item.path] = these;
    }
    return out;
  }

  async function ask(route, list, more) {
    const { json, bytes } = C.request(list);
    return W.call(route, { ...json, ...more }, bytes);
  }

  async function report(format) {
    const list = C.papers();
    const { json, files } = await ask("report", list, { format, ignored: ignored(list) });
    files.forEach((bytes, n) => W.download(json.names[n], bytes));
  }

  /** A name of its own, so that nobody takes the download for the paper itself. */
  function named(name, zh, en) {
    const end = W.ending(name), stem = W.lastName(name).slice(0, end ? -end.length - 1 : undefined);
    return `${stem}${say(`（${zh}）`, ` (${en})`)}.${end}`;
  }

  async function commented(list) {
    const track = tracked && list.every(isTrackable);
    const { json, files } = await ask("report", list, { format: "docx", ignored: ignored(list), track });
    const notes = (json.notes || []).map((p) => [p.place, p.message].filter(Boolean).join("：")).join("\n");
    if (notes) W.toast([notes, notes], { kind: files.length === 0 ? "error" : "" });
    if (files.length === 1) W.download(named(json.names[0], "批注", "comments"), files[0]);
    if (files.length > 1) W.download(`${say("批注稿", "with comments")}.zip`, W.zip(files.map((bytes, n) => ({ name: json.names[n], bytes }))));
  }

  /** What the last package of each paper kept, for as long as the page is open. */
  const packages = new Map();

  /** What stands behind a paper, for whoever signs it. */
  async function forReview(item) {
    const { json, files } = await ask("check_package", [item], { name: item.path, ignored: ignored([item]), last: packages.get(item.path) || "" });
    packages.set(item.path, json.kept);
    W.download(json.name, files[0]);
  }

  /** The paper with the accepted changes. Where every change is accepted, it is what `wengao fix` writes. */
  async function mend(item, track = false) {
    const can = fixable(C.findings(item)), taken = can.filter((f) => C.status(f) === "accepted");
    const accepted = taken.length === can.length ? null : taken.map((f) => f.index);
    const { json, files } = await ask("fix", [item], { name: item.path, accepted, track });
    return { count: json.count, name: json.name, bytes: files[0] };
  }

  async function corrected(item) {
    const can = fixable(C.findings(item)), free = open(can);
    if (can.length === 0) {
      W.toast(["这份文稿没有程序可以放心改的地方", "There is nothing in this paper that the program may safely change"]);
      return;
    }
    if (!can.some((f) => C.status(f) === "accepted")) {
      const yes = free.length > 0 && await W.dialog({
        title: ["还没有接受任何修改", "No change is accepted yet"],
        body: [el("p", { say: [`这份文稿有${free.length}处可以放心改的。全部接受，再下载？`, `This paper has ${W.many(free.length, "safe change")}. Accept all and download?`] })],
        buttons: [{ say: ["不", "No"], value: false }, { say: ["全部接受并下载", "Accept all and download"], value: true, main: true }],
      });
      if (!yes) return;
      C.acceptAll(free);
    }
    const { name, bytes, count } = await mend(item, tracked && isTrackable(item));
    W.download(named(name, "已改", "corrected"), bytes);
    W.toast([`改了${count}处，已下载`, `${W.many(count, "change")} made; downloaded`]);
  }

  async function allCorrected() {
    const list = C.papers().filter((item) => C.findings(item).some((f) => C.status(f) === "accepted"));
    if (list.length === 0) {
      W.toast(["还没有接受任何修改", "No change is accepted yet"]);
      return;
    }
    const files = [];
    for (const item of list) files.push(await mend(item));
    W.download(`${say("改好的文稿", "corrected")}.zip`, W.zip(files));
  }

  function spoken() {
    drawFiles();
    drawProgress();
    drawPaper();
    C.pump();
  }

  const firstShown = () => { const [one] = C.papers(); if (!C.shownPath && one && C.result(one)) show(one.path); };

  Object.assign(C, { start, spoken, show, choose, step, firstShown, named });
})();
