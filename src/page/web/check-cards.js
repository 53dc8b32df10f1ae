"use strict";
// The findings of a paper as cards, and what is listed of them.
globalThis.W = globalThis.W || {};
(() => {
  const C = W.check;
  const { el, both, button, say } = W;
  const filter = { error: true, warning: true, info: false, rule: "", status: "" };

  const isShown = (f) => filter[f.severity] && (!filter.rule || filter.rule === f.rule) && (!filter.status || filter.status === C.status(f));
  // What nothing weighs more than stands first, all else where it stands in the paper.
  const listed = (item) => C.findings(item).filter(isShown).sort((a, b) => Boolean(b.gravest) - Boolean(a.gravest));
  const rule = (id) => W.rules.get(id) || { title: id, cited: "", explain: "" };

  // A card

  const LABELS = { error: ["错误", "error"], warning: ["警告", "warning"], info: ["提示", "hint"] };
  const STATUS = { accepted: ["已接受", "accepted", "good"], ignored: ["已忽略", "ignored", "info"] };

  function card(item, f) {
    const status = C.status(f), isNow = Boolean(C.now) && C.now.key === f.key;
    const id = `card-${f.index}`;
    return el("li", {
      class: `card ${f.severity} ${status} ${isNow ? "now" : ""}`, id, tabindex: isNow ? "0" : "-1", data: { key: f.key },
      "aria-labelledby": `${id}-meta ${id}-says`, "aria-current": isNow ? "true" : null, "aria-keyshortcuts": "Enter Delete",
    }, meta(f, status, id), el("p", { id: `${id}-says` }, f.message), el("div", { class: "body" }, body(f)), actions(item, f, status));
  }

  function meta(f, status, id) {
    const place = [`第${f.line}行`, `line ${f.line}`]; // The number that stands before it in the text.
    return el("p", { class: "meta", id: `${id}-meta` }, el("span", {}, String(f.index + 1)), el("b", { say: LABELS[f.severity] }),
      el("span", {}, rule(f.rule).title), el("span", { say: place }),
      STATUS[status] ? el("span", { class: `badge ${STATUS[status][2]}`, say: STATUS[status].slice(0, 2) }) : null);
  }

  function body(f) {
    const aside = (...kids) => el("p", { class: "aside" }, kids);
    return [
      (f.notes || []).map((note) => aside(note.place ? say(`${note.place}：`, `${note.place}: `) : "", note.message)),
      (f.sources || []).map((from) => source(f, from)),
      f.help && !(f.fix && f.help.includes(f.fix.text)) ? aside(f.help) : null,
      f.fix ? el("p", { lang: "zh-CN" }, change(f)) : null,
    ];
  }

  function change(f) {
    if (f.fix.text === "") return [both("可以删去", "may be deleted"), " ", el("del", {}, f.text)];
    return [el("del", {}, f.text), " → ", el("ins", {}, f.fix.text)];
  }

  /** A copied passage: theirs, with what is not ours marked. */
  function source(f, from) {
    const where = [from.title || from.document, from.locality].filter(Boolean).join("，");
    const words = (kids) => el("p", { lang: "zh-CN" }, kids);
    return el("details", { class: "side" }, el("summary", {}, both("原文", "the source"), `：${where}`), words(differing(from.text, f.text)));
  }

  /** Cuts what both begin and end with; what is left between differs. */
  function differing(theirs, ours) {
    const [a, b] = [Array.from(theirs), Array.from(ours)];
    let head = 0, tail = 0;
    while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
    while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
    const part = (from, to) => a.slice(from, to).join("");
    return [part(0, head), head + tail < a.length ? el("em", {}, part(head, a.length - tail)) : "", part(a.length - tail, a.length)];
  }

  function actions(item, f, status) {
    const act = (pair, run, more = {}) => button(pair, (event) => { event.stopPropagation(); C.choose(item.path, f.key, "card"); run(f); }, { class: "small", ...more });
    const box = el("div", { class: "acts row" });
    if (status !== "open") box.append(act(["改回没有处理", "Open again"], C.reopen, { data: { do: "reopen" } }));
    else {
      if (f.fix) box.append(act(["接受", "Accept"], C.accept, { class: "small main", data: { do: "accept" } }));
      box.append(act(["忽略", "Ignore"], C.ignore, { data: { do: "ignore" } }));
      box.append(act(["忽略同类", "Ignore this kind"], () => C.ignoreKind(f.rule), { class: "small more", data: { do: "ignore-kind" } }));
      if (isWord(f.text)) {
        box.append(act([`忽略“${C.quote(f.text)}”这个词`, `Ignore the word “${C.quote(f.text)}”`], () => C.ignoreWord(f.text), { class: "small more", data: { do: "ignore-word" } }));
      }
    }
    box.append(act(["说明", "Explain"], () => explain(f.rule), { class: "small more", data: { do: "explain" } }));
    return box;
  }

  const isWord = (words) => words.trim() !== "" && !words.includes("\n") && Array.from(words).length <= 16;

  function explain(id) {
    const about = rule(id);
    // Its first line is the title again, its last is for the command line.
    const words = about.explain.replace(/^.*\n/, "").replace(/\n[^\n]*wengao check --skip[^\n]*\s*$/, "");
    W.dialog({ read: true, title: [about.title, about.title], body: [el("div", { class: "words" }, words)] });
  }

  /** Cards at a time: thousands would make each keystroke wait. The rest come as one moves on. */
  const MOST = 200;

  function list(item) {
    const found = listed(item), all = C.findings(item);
    const at = Math.max(0, found.findIndex((f) => C.now && f.key === C.now.key));
    const from = Math.max(0, Math.min(at - MOST / 4, found.length - MOST)), to = Math.min(found.length, from + MOST);
    const box = el("ol", { class: "findings", label: ["问题", "Findings"], id: "findings" }, found.slice(from, to).map((f) => card(item, f)));
    const rest = (n, where, zh, en) => n > 0 && el("li", { class: "card" }, button([`${zh}还有${n}处`, `${n} more ${en}`], () => C.choose(item.path, where.key, "card"), { class: "quiet" }));
    W.add(box, [rest(found.length - to, found[to], "后面", "after these")]);
    if (from > 0) box.insertBefore(rest(from, found[from - 1], "前面", "before these"), box.firstChild);
    if (found.length === 0) {
      box.append(el("li", { class: "card", say: all.length === 0
        ? ["没有查出问题", "Nothing found"]
        : [`按现在的筛选没有要列的；共有${all.length}处`, `Nothing to list under this filter; ${all.length} in all`] }));
    }
    box.addEventListener("click", (event) => {
      const node = event.target.closest(".card");
      if (node && node.dataset.key && !event.target.closest("button, summary") && String(getSelection()) === "") C.choose(item.path, node.dataset.key, "card");
    });
    const first = box.querySelector("[data-key]");
    if (first && !box.querySelector('[tabindex="0"]')) first.tabIndex = 0;
    return box;
  }

  // What is listed

  function bar(item, redraw) {
    const all = C.findings(item);
    const box = (id, pair) => {
      const input = el("input", { type: "checkbox", name: "severity", value: id, on: { change: () => { filter[id] = input.checked; redraw(); } } });
      input.checked = filter[id];
      return el("label", {}, input, both(...pair), ` ${all.filter((f) => f.severity === id).length}`);
    };
    const pick = (id, label, options) => {
      const node = el("select", { class: "small", id: `filter-${id}`, label, on: { change: () => { filter[id] = node.value; redraw(); } } },
        options.map(([value, pair]) => el("option", { value, say: pair })));
      node.value = filter[id];
      return node;
    };
    const kinds = [...new Set(C.papers().flatMap((i) => C.findings(i)).map((f) => f.rule))].sort();
    if (filter.rule && !kinds.includes(filter.rule)) kinds.push(filter.rule);
    return el("div", { class: "bar" }, el("div", { class: "row", role: "group", label: ["筛选", "Filter"] },
      button(["上一处", "Previous"], () => C.step(-1), { class: "small", data: { do: "previous" }, "aria-keyshortcuts": "Shift+F8" }),
      button(["下一处", "Next"], () => C.step(1), { class: "small main", data: { do: "next" }, "aria-keyshortcuts": "F8" }),
      C.SEVERITIES.map(([id]) => box(id, LABELS[id])),
      pick("rule", ["按规则筛选", "Filter by rule"], [["", ["全部规则", "All rules"]], ...kinds.map((id) => [id, [rule(id).title, rule(id).title]])]),
      pick("status", ["按处理情况筛选", "Filter by what was decided"], [["", ["处理没处理都列", "Settled or not"]], ["open", ["没有处理的", "Open"]], ["accepted", ["已接受的", "Accepted"]], ["ignored", ["已忽略的", "Ignored"]]]),
      el("span", { class: "aside", id: "count", role: "status" }),
      el("span", { class: "aside keys" }, keys())));
  }

  const keys = () => [["F8", "下一处", "next"], ["Shift+F8", "上一处", "previous"], ["Enter", "接受", "accept"], ["Delete", "忽略", "ignore"], ["Ctrl+Z", "撤销", "undo"]]
    .map(([key, zh, en]) => [el("kbd", {}, key), both(` ${zh}　`, ` ${en}  `)]);

  Object.assign(C, { filter, isShown, listed, cards: { card, list, bar, explain } });
})();
