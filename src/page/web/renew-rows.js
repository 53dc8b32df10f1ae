"use strict";
// Last year's text with its values marked, and the rows to fill in beside it. Both are drawn once for a
// paper; what somebody enters is shown in place, so that no field is lost under a hand that writes.
globalThis.W = globalThis.W || {};
(() => {
  const R = (W.renew = W.renew || {});
  const { el, both, button, fill, say } = W;
  const filter = { kind: "", open: false };

  const isShown = (row) => (!filter.kind || row.kind === filter.kind) && (!filter.open || R.status(row) === "open");

  // The text

  function text(listed) {
    const all = listed.rows.flatMap((row) => row.places.map(([start, end]) => ({ start, end, row })));
    const box = W.marked("r-text", listed, all, ({ row }) => mark(row));
    box.addEventListener("click", (event) => {
      const node = event.target.closest("mark");
      if (node && String(getSelection()) === "") R.go(R.row(node.dataset.row), "mark");
    });
    return box;
  }

  function mark(row) {
    const node = el("mark", { data: { row: String(row.row) } });
    worded(node, row);
    return node;
  }

  const TONES = { open: "warning", same: "gone", new: "done" };

  function worded(node, row) {
    const status = R.status(row), isNow = node.classList.contains("now");
    node.className = TONES[status] + (isNow ? " now" : "");
    if (status === "new") fill(node, el("del", {}, row.last), el("ins", {}, R.answer(row)));
    else fill(node, row.last);
  }

  const marks = (row) => W.byId("r-text").querySelectorAll(`mark[data-row="${row.row}"]`);

  // A row

  const id = (row, part) => `r-${part}-${row.row}`;

  function card(row) {
    const count = row.places.length;
    const input = el("input", { type: "text", id: id(row, "new"), autocomplete: "off", "aria-describedby": id(row, "where"), lang: "zh-CN" });
    input.addEventListener("change", () => R.set(row, input.value));
    const node = el("li", { class: "card r-row", id: id(row, "row"), data: { row: String(row.row) } },
      el("p", { class: "meta" }, el("span", {}, String(row.row)), el("b", {}, row.label),
        row.about ? el("span", { lang: "zh-CN" }, row.about) : null,
        count > 1 ? el("span", { class: "badge info", say: [`${count}处`, W.many(count, "place")] }) : null),
      el("p", { class: "r-last" }, el("span", { class: "aside", say: ["去年", "Last year"] }), " ", el("strong", { lang: "zh-CN" }, row.last)),
      el("p", { class: "seen", id: id(row, "where"), lang: "zh-CN" }, row.sentence),
      el("div", { class: "r-fill" },
        el("label", { for: input.id }, both("今年", "This year"), el("span", { class: "seen" }, say(`：第${row.row}行，${row.last}`, `: row ${row.row}, ${row.last}`))),
        input,
        button(["不变", "The same"], () => same(row), { class: "small", id: id(row, "same"), label: [`不变：${row.last}`, `The same: ${row.last}`], "aria-pressed": "false" })),
      el("div", { class: "acts row", id: id(row, "offers") }));
    node.addEventListener("click", (event) => {
      if (!event.target.closest("button") && String(getSelection()) === "") R.go(row, "card");
    });
    return node;
  }

  function same(row) {
    const was = R.status(row) === "same";
    R.set(row, was ? "" : row.last);
    if (!was) R.next(1, row, "same");
  }

  /** What may be put in with one press: what follows from the years, and from other values. */
  function offers(row) {
    const put = (value, tip) => button([`填 ${value}`, `Put in ${value}`], () => { R.set(row, value); R.next(1, row, "same"); }, { class: "small", tip, data: { do: "offer" } });
    const { follows } = row;
    return [
      row.offer ? put(row.offer, ["按年份推的，核实后用", "By the years; check it first"]) : null,
      follows && follows.value ? put(follows.value, ["由别的值算出的，口径相同才能用", "Computed from other values; only if they count the same"]) : null,
      follows ? el("span", { class: "aside" }, follows.told) : null,
    ];
  }

  /** Shows a row as it is now. A field in which somebody is writing is left alone. */
  function refresh(row) {
    const node = W.byId(id(row, "row"));
    if (!node) return;
    const status = R.status(row), input = W.byId(id(row, "new"));
    const value = status === "same" ? row.last : R.answer(row);
    node.classList.toggle("info", status === "open");
    node.classList.toggle("accepted", status !== "open");
    if (input.dataset.kept === undefined || input.dataset.kept === input.value || input !== document.activeElement) input.value = value;
    input.dataset.kept = value;
    W.byId(id(row, "same")).setAttribute("aria-pressed", String(status === "same"));
    const box = W.byId(id(row, "offers")), held = box.contains(document.activeElement);
    fill(box, status === "open" ? offers(row) : null);
    box.hidden = !box.firstChild;
    if (held && !box.contains(document.activeElement)) input.focus({ preventScroll: true });
    for (const one of marks(row)) worded(one, row);
  }

  function list({ rows }) {
    const box = el("ol", { class: "findings", label: ["要填的行", "The rows to fill in"], id: "r-rows", tabindex: "-1" }, rows.map(card));
    box.append(el("li", { class: "card", id: "r-none", say: rows.length === 0
      ? ["没有找出换一年要改的地方", "Nothing was found that would change with the year"]
      : ["按现在的筛选没有要列的", "Nothing to list under this filter"] }));
    return box;
  }

  /** Hides what the filter leaves out, but for one row. */
  function sift(rows, but) {
    let any = false;
    for (const row of rows) {
      const shown = row === but || isShown(row);
      W.byId(id(row, "row")).hidden = !shown;
      any = any || shown;
    }
    W.byId("r-none").hidden = any;
  }

  // What is listed

  function bar({ rows }) {
    const count = (kind) => rows.filter((row) => row.kind === kind).length;
    const kinds = [...new Map(rows.map((row) => [row.kind, row.label]))];
    if (filter.kind && !count(filter.kind)) filter.kind = "";
    const pick = el("select", { class: "small", id: "r-kind", label: ["按类别筛选", "Filter by kind"], on: { change: () => { filter.kind = pick.value; sift(rows); } } },
      el("option", { value: "", say: ["全部类别", "All kinds"] }),
      kinds.map(([kind, label]) => el("option", { value: kind }, `${label} ${count(kind)}`)));
    pick.value = filter.kind;
    const open = el("input", { type: "checkbox", id: "r-open", on: { change: () => { filter.open = open.checked; sift(rows); } } });
    open.checked = filter.open;
    return el("div", { class: "bar" }, el("div", { class: "row", role: "group", label: ["筛选", "Filter"] },
      button(["上一行", "Previous"], () => R.next(-1), { class: "small", data: { do: "previous" }, tip: ["上一行没有填的", "The open row before"], "aria-keyshortcuts": "Shift+F8" }),
      button(["下一行", "Next"], () => R.next(1), { class: "small main", data: { do: "next" }, tip: ["下一行没有填的", "The next open row"], "aria-keyshortcuts": "F8" }),
      pick, el("label", {}, open, both("只看没填的", "Only open")),
      el("span", { class: "aside", id: "r-count", role: "status" }),
      el("span", { class: "aside keys" }, keys())));
  }

  const keys = () => [["Enter", "下一行", "next"], ["= Enter", "不变", "the same"], ["Ctrl+Z", "撤销", "undo"]]
    .map(([key, zh, en]) => [el("kbd", {}, key), both(` ${zh}　`, ` ${en}  `)]);

  Object.assign(R, { isShown, rows: { text, list, bar, refresh, sift, marks, id } });
})();
