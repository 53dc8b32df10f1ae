// The form of the draft view (表单): fields from the genre's tree, cards for lists of records.
//
// The facts are one object with Chinese keys, the one that the program reads; an input writes into
// it and nothing is kept beside it. What this genre does not ask for stays in it, so changing the
// genre loses nothing. An example is only ever a placeholder, or is filled in by one button that
// says it is invented, and each value of it says so until somebody changes it.

"use strict";
(() => {
  const { el, say, button, fill } = W;

  // ---- Places in the facts ----

  const plain = (path) => path.replace(/\[\d*\]/g, "");

  /** The way into the facts of a path as answers name it: `tasks[1].owner` or `任务[2].牵头单位`. */
  function trail(fields, path) {
    const english = /^[\w.[\]]+$/.test(path);
    const keys = [];
    let level = fields;
    let above = "";
    let leaf = null;
    for (const part of path.split(".")) {
      const name = plain(part);
      above = above ? above + "." + name : name;
      const field = level.find((f) => f.key === name || plain(f.path) === above);
      if (!field) break;
      leaf = field;
      keys.push(field.key);
      for (const [, digits] of part.matchAll(/\[(\d+)\]/g)) keys.push(english ? +digits : +digits - 1);
      level = field.fields || [];
    }
    return leaf && { keys, field: leaf };
  }

  const at = (facts, keys) => keys.reduce((v, k) => (v === null || v === undefined ? undefined : v[k]), facts);

  function put(facts, keys, value) {
    let here = facts;
    keys.slice(0, -1).forEach((key, i) => {
      const below = here[key];
      if (below === null || typeof below !== "object") {
        const list = typeof keys[i + 1] === "number";
        // A record written as one word is its first field's; a list of one, as the one.
        here[key] = below === undefined || below === null || below === "" ? (list ? [] : {}) : list ? [below] : {};
      }
      here = here[key];
    });
    const last = keys[keys.length - 1];
    if (isEmpty(value) && !(Array.isArray(value) && value.length) && !Array.isArray(here)) delete here[last];
    else here[last] = value;
  }

  /** The keys of the value on a line of facts that are set out as JSON, as answers name places. */
  function keysAt(facts, line) {
    let [at, found] = [1, null];
    const walk = (v, keys) => {
      if (at === line) found = keys;
      if (v === null || typeof v !== "object") return;
      for (const key of Object.keys(v)) {
        at++;
        walk(v[key], [...keys, Array.isArray(v) ? +key : key]);
      }
      at++;
    };
    walk(facts, []);
    return found && found.length ? found : null;
  }

  const isEmpty = (v) =>
    v === undefined || v === null || (typeof v === "string" && v.trim() === "") ||
    (Array.isArray(v) ? v.every(isEmpty) : typeof v === "object" && Object.values(v).every(isEmpty));

  /** The facts without what is empty. Records of a list that are empty are left out too; `kept` then
   *  says which are left, since answers count those. */
  function tidy(value, keys = [], kept = new Map()) {
    if (Array.isArray(value)) {
      const left = value.map((_, i) => i).filter((i) => !isEmpty(value[i]));
      if (left.length < value.length) kept.set(keys.join("/"), left);
      return left.map((i) => tidy(value[i], [...keys, i], kept));
    }
    if (value === null || typeof value !== "object") return typeof value === "string" ? value.trim() : value;
    const out = {};
    for (const [key, v] of Object.entries(value)) if (!isEmpty(v)) out[key] = tidy(v, [...keys, key], kept);
    return out;
  }

  const count = (v) =>
    isEmpty(v) ? 0 : typeof v !== "object" ? 1 : Object.values(v).reduce((n, below) => n + count(below), 0);

  /** A value as one line of words. */
  function words(v) {
    if (isEmpty(v)) return "";
    if (Array.isArray(v)) return v.map(words).filter(Boolean).join("、");
    if (typeof v === "object") {
      if ("值" in v) return String(v["值"]) + (v["单位"] && !String(v["值"]).endsWith(v["单位"]) ? v["单位"] : "");
      return Object.values(v).map(words).filter(Boolean).join("，");
    }
    return String(v);
  }

  /** How many values of `b` differ from those of `a` that are stated. */
  function differing(a, b) {
    if (isEmpty(a) || isEmpty(b)) return 0;
    if (typeof a !== "object" || typeof b !== "object" || Array.isArray(b)) return JSON.stringify(a) === JSON.stringify(b) ? 0 : 1;
    return Object.keys(b).reduce((n, key) => n + differing(a[key], b[key]), 0);
  }

  /** `b` laid over `a`, or under it; a list goes as a whole. */
  function lay(a, b, way) {
    if (isEmpty(b)) return a;
    if (isEmpty(a)) return b;
    if (typeof a !== "object" || typeof b !== "object" || Array.isArray(a) || Array.isArray(b)) return way === "over" ? b : a;
    const out = { ...a };
    for (const key of Object.keys(b)) out[key] = lay(a[key], b[key], way);
    return out;
  }

  /** What in `a` is not the same in `b`. */
  function without(a, b) {
    if (JSON.stringify(a) === JSON.stringify(b)) return undefined;
    if (Array.isArray(a)) return Array.isArray(b) ? a.map((v, i) => without(v, b[i])).filter((v) => !isEmpty(v)) : a;
    if (a === null || typeof a !== "object" || b === null || typeof b !== "object") return a;
    return Object.fromEntries(Object.entries(a).map(([k, v]) => [k, without(v, b[k])]).filter(([, v]) => !isEmpty(v)));
  }

  /** What was read from files, for a person to look at: how much, what is in doubt, what it says. */
  function wasRead(names, got, total, clash) {
    const worded = (p) => (typeof p === "string" ? p : [p.place, p.message, p.help].filter(Boolean).join(say("：", ": ")));
    const list = (zh, en, kind, all) => (all && all.length
      ? el("div", { class: `notice ${kind}` }, el("b", {}, say(zh, en)), el("ul", {}, all.map((p) => el("li", {}, worded(p))))) : null);
    const rows = Object.entries(got.facts).filter(([, v]) => !isEmpty(v)).map(([key, v]) => {
      const many = Array.isArray(v) ? say(`${v.length}条`, `${v.length} records`) : say(`${count(v)}项`, `${count(v)} facts`);
      const first = (r) => (r && typeof r === "object" ? words(Object.values(r)[0]) : words(r));
      const all = Array.isArray(v) ? v.map(first).join("；")
        : typeof v === "object" ? Object.entries(v).map(([k, w]) => `${k}：${words(w)}`).join("；") : words(v);
      return el("tr", {}, el("th", { scope: "row" }, key), el("td", { class: "n" }, many),
        el("td", {}, all.length > 120 ? all.slice(0, 120) + "……" : all));
    });
    return [
      el("p", {}, names.join(say("、", ", ")), say("：", ": "), total),
      list("没有读懂的地方", "Not understood", "error", got.unread),
      list("请看一下", "Please look at", "warning", got.notes),
      rows.length ? el("div", { class: "table d-read", tabindex: 0, role: "region", "aria-label": say("读到的事实", "What was read") }, el("table", {}, el("tbody", {}, rows))) : null,
      clash ? el("p", { class: "notice warning" }, say(`其中${clash}项与表单里已有的不同。`, `${clash} of them differ from what stands in the form.`)) : null,
    ];
  }

  // ---- Values that are none ----

  const SIGN = "xXｘＸхХⅹ×✕✖╳⨯✗✘*＊∗﹡✱_＿﹍﹏○◯●□■△▲◇◆▢※☆";
  const UNIT = "[十百千万亿]*(?:元|人|人次|户|个|名|家|亩|公顷|次|起|件|项|条|吨|斤|公里|米|平方米|套|座|处|年|月|日|天|期|批|届|号|县|市|区|乡|镇|村|局|同志|%|％)?";
  const RUN = new RegExp(`^第?\\d*[${SIGN}][${SIGN}.月日年、 -]*${UNIT}$`, "u");
  const PENDING = /^(?:待(?:定|补充?|填写?|核[实对]?|确[认定]|完善|更新|查|落实|统计|提供)|未定|暂[缺无]|略|空|无数据|TBD|TODO|FIXME|n\/a)$|^某某/i;
  const ORDER = /^(?:待(?:定|补|填|核|确|完善|更新|查|落实|统计|提供)|此处|填写)/;
  const STROKES = /^[/\\\-—－?？….、]+$/;
  const INSIDE = new RegExp(`[${SIGN.replace("xX", "")}]{2,}|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|(?<![A-Za-z\\d.])[xXｘ×○](?=[十百千万亿]*(?:元|人|户|个|名|家|亩|次|吨|公里|年|月|日|县|乡|镇|村|%|％))`, "u");

  /** Whether a value stands where a fact is still to come: "all" of it, "part" of it, or not. */
  function standIn(value) {
    let bare = value.trim().replace(/^[。；，\s]+|[。；，\s]+$/g, "");
    if (!bare) return "";
    for (let depth = 0; depth < 8; depth++) {
      if (PENDING.test(bare) || (depth && ORDER.test(bare))) return "all";
      if (!bare || STROKES.test(bare) || RUN.test(bare)) return "all";
      const inner = /^[【（([{〔「<《“]([^]*?)[】）)\]}〕」>》”]*$/.exec(bare);
      if (!inner) break;
      bare = inner[1].trim();
    }
    return INSIDE.test(value) ? "part" : "";
  }

  // ---- The form ----

  const needed = (field) => field.needed || (field.fields || []).some(needed);
  const serial = (() => { let n = 0; return (name) => `${name}-${++n}`; })();

  /** How the program names a place in the facts to a person: `任务 2 › 牵头单位`. */
  const told = (keys) =>
    keys.reduce((out, key) => out + (typeof key === "number" ? ` ${key + 1}` : (out && " › ") + key), "");

  class Form {
    /** `host` an element; `changed` is called after each change of the facts. */
    constructor(host, changed) {
      this.host = host;
      this.changed = changed;
      this.fields = [];
      this.facts = {};
      this.example = {};
      this.invented = false;
      this.last = "{}";
      this.kept = new Map();
      this.controls = new Map();
      this.hidden = new Set(["work.topic"]);
    }

    /** Shows these fields over these facts. */
    show(fields, facts, example, invented) {
      Object.assign(this, { fields, facts, example, invented, last: JSON.stringify(facts) });
      this.render();
    }

    render() {
      this.open = new Set([...this.host.querySelectorAll("details[open][data-at]")].map((d) => d.dataset.at));
      this.controls.clear();
      const must = this.fields.filter(needed).map((f) => this.part(f, [f.key], true));
      const may = this.fields.map((f) => this.optional(f));
      fill(this.host,
        el("section", { class: "d-must", "aria-label": say("必需的事实", "Needed facts") },
          el("h3", {}, say("先填这些", "Fill these first")), ...must),
        el("section", { class: "d-may", "aria-label": say("可选的事实", "Optional facts") },
          el("h3", {}, say("有就填，没有就空着", "Fill what you have, leave the rest")), ...may),
        this.unasked());
      this.marks();
    }

    /** What the facts hold that this genre does not ask for: it is kept, and said to be. */
    unasked() {
      const names = [];
      for (const [key, value] of Object.entries(this.facts)) {
        const field = this.fields.find((f) => f.key === key);
        if (!field && !isEmpty(value)) names.push(`${key}（${count(value)}）`);
        if (!field || field.kind !== "record" || value === null || typeof value !== "object") continue;
        const asked = new Set([...field.fields.map((f) => f.key), "主题"]);
        for (const below of Object.keys(value)) if (!asked.has(below) && !isEmpty(value[below])) names.push(`${key} › ${below}`);
      }
      return names.length ? el("p", { class: "aside d-unasked" }, say(
        `这种文稿不问、但留着的事实：${names.join("、")}`, `Facts that this genre does not ask for; they are kept: ${names.join(", ")}`)) : null;
    }

    /** A field with all below it; of a record at the top, what is needed or what is not. */
    part(field, keys, must) {
      if (field.kind === "list") return this.list(field, keys);
      if (field.kind !== "record") return this.leaf(field, keys);
      const wanted = (f) => (must === undefined || needed(f) === must) && !this.hidden.has(plain(f.path));
      const below = field.fields.filter(wanted);
      if (!below.length) return null;
      return el("fieldset", { class: "d-group" },
        must === false ? null : el("legend", {}, field.key, " ", el("small", {}, field.label)),
        ...below.map((f) => this.part(f, [...keys, f.key])));
    }

    optional(field) {
      const record = field.kind === "record";
      if (!record && needed(field)) return null;
      const below = record ? field.fields.filter((f) => !needed(f) && !this.hidden.has(plain(f.path))) : [];
      if (record && !below.length) return null;
      const filled = record ? below.reduce((n, f) => n + count(at(this.facts, [field.key, f.key])), 0)
        : count(at(this.facts, [field.key]));
      const names = (record ? below : field.fields || []).map((f) => f.key).join("、");
      const key = "may/" + field.key;
      return el("details", { class: "d-more", "data-at": key, open: this.open.has(key) || filled > 0 },
        el("summary", {}, el("b", {}, field.key), " ", el("span", { class: "d-soft" }, names || field.label),
          filled ? el("span", { class: "d-filled" }, say(`已填${filled}`, `${filled} filled`)) : null),
        record ? this.part(field, [field.key], false) : this.part(field, [field.key]));
    }

    /** Puts what changed since the last step on the stack of undo, as one. */
    commit(pair) {
      const [before, after] = [this.last, JSON.stringify(this.facts)];
      if (before === after) return;
      this.last = after;
      const back = (facts) => () => {
        this.facts = JSON.parse(facts);
        this.last = facts;
        this.render();
        this.changed();
      };
      W.did({ say: pair, undo: back(before), redo: back(after) });
    }

    /** A change as one step; what was written before it is a step of its own. */
    step(pair, run) {
      this.commit(["填写", "Filled in"]);
      run();
      this.commit(pair);
      this.changed();
    }

    /** A list of records as cards. */
    list(field, keys) {
      const many = () => {
        const v = at(this.facts, keys);
        return Array.isArray(v) ? v : isEmpty(v) ? [] : [v];
      };
      const cards = el("div", { class: "d-cards" });
      const redraw = (i, selector) => {
        fill(cards, this.cards(field, keys, many, change));
        this.marks();
        const found = cards.children[i] && cards.children[i].querySelector(selector);
        (found || add).focus();
      };
      const change = (what, i) => {
        const items = many();
        const pairs = { add: ["加一条", "Added"], remove: ["删去", "Removed"], up: ["上移", "Moved up"], down: ["下移", "Moved down"] };
        const pair = [`${pairs[what][0]}：${field.key}${i + 1}`, `${pairs[what][1]}: ${field.key} ${i + 1}`];
        const to = what === "up" ? i - 1 : i + 1;
        this.step(pair, () => {
          if (what === "add") items.push(...(!items.length && needed(field) ? [{}, {}] : [{}]));
          else if (what === "remove") items.splice(i, 1);
          else [items[i], items[to]] = [items[to], items[i]];
          put(this.facts, keys, items);
          if (this.moved) this.moved(keys);
        });
        if (what === "add") redraw(items.length - 1, "input, textarea, select");
        else if (what === "remove") redraw(Math.min(i, items.length - 1), ".d-remove");
        else redraw(to, (what === "up" ? to > 0 : to === items.length - 1) ? ".d-up" : ".d-down");
        W.announce(...pair);
      };
      const add = button([`＋ 再加一条${field.key}`, `＋ Add one: ${field.key}`], () => change("add", many().length), { class: "d-add" });
      fill(cards, this.cards(field, keys, many, change));
      return el("fieldset", { class: "d-list" },
        el("legend", {}, field.key, " ", el("small", {}, field.label)), cards, add);
    }

    cards(field, keys, many, change) {
      const items = many();
      if (!items.length && needed(field)) items.push({});
      for (const known of [...this.controls.keys()])
        if (known.startsWith(keys.join("/") + "/")) this.controls.delete(known);
      return items.map((item, i) => {
        // A record may be given as one word: that is its first field's.
        if (typeof item === "string" && field.fields[0]) {
          const list = many();
          list[i] = { [field.fields[0].key]: item };
          put(this.facts, keys, list);
        }
        const here = [...keys, i];
        const must = field.fields.filter(needed);
        const may = field.fields.filter((f) => !needed(f));
        const few = !must.length || may.length < 2;
        const key = here.join("/");
        const tool = (what, name, sign, off) => el("button", { type: "button", class: "small d-" + what, disabled: off,
          "aria-label": `${name} ${field.key}${i + 1}`, title: name, on: { click: () => change(what, i) } }, sign);
        const filled = may.reduce((n, f) => n + count(at(this.facts, [...here, f.key])), 0);
        return el("fieldset", { class: "d-card" },
          el("legend", {}, `${field.key} ${i + 1}`),
          el("div", { class: "d-tools" },
            tool("up", say("上移", "Move up"), "↑", i === 0),
            tool("down", say("下移", "Move down"), "↓", i === items.length - 1),
            tool("remove", say("删去", "Remove"), "✕", false)),
          ...(few ? field.fields : must).map((f) => this.part(f, [...here, f.key])),
          few ? null : el("details", { class: "d-more", "data-at": key, open: this.open.has(key) || filled > 0 },
            el("summary", {}, el("b", {}, say("更多", "More")), " ",
              el("span", { class: "d-soft" }, may.map((f) => f.key).join("、"))),
            ...may.map((f) => this.part(f, [...here, f.key]))));
      });
    }

    /** One value. */
    leaf(field, keys) {
      const id = serial("d");
      const list = field.kind === "words-list";
      const raw = at(this.facts, keys);
      const value = list ? (Array.isArray(raw) ? raw : isEmpty(raw) ? [] : [raw]).map(words).join("\n")
        : field.kind === "open" && raw && typeof raw === "object" ? Object.entries(raw).map(([k, v]) => `${k}：${words(v)}`).join("\n")
        : words(raw);
      const example = String(field.example || "").split("\n");
      // With a topic, what is usual in it: to choose from, never a value by itself.
      const usual = this.topic && field.kind === "words" && example[0].split("；").length > 2 ? example[0].split("；") : [];
      if (usual.length) example[0] = usual[0];
      const hint = field.kind === "choice" || field.kind === "flag" ? "" : say("例：", "e.g. ") + example.join("\n");
      const common = { id, "aria-describedby": `${id}-a ${id}-n`, "aria-required": String(!!field.needed) };
      let input;
      if (field.kind === "choice" || field.kind === "flag") {
        const choices = field.choices && field.choices.length ? field.choices : ["是", "否"];
        const options = choices.includes(value) || !value ? choices : [value, ...choices];
        input = el("select", common, el("option", { value: "" }, say("（请选）", "(choose)")),
          ...options.map((c) => el("option", { value: c, selected: c === value }, c)));
      } else if (list || field.kind === "open" || (field.kind === "words" && (example[0].length > 14 || value.includes("\n") || value.length > 24))) {
        input = el("textarea", { ...common, rows: list ? 2 : 1, placeholder: hint });
        input.value = value;
      } else {
        input = el("input", { ...common, type: "text", placeholder: hint, autocomplete: "off", list: usual.length ? `${id}-u` : null });
        input.value = value;
      }
      const note = el("p", { class: "d-note", id: `${id}-n`, role: "status" });
      const badge = el("span", { class: "d-invented", hidden: true }, say("虚构示例", "invented"));
      const control = { field, keys, input, note, badge };
      input.addEventListener("input", () => this.take(control));
      input.addEventListener("change", () => {
        this.judge(control);
        this.commit([`填写 ${told(keys)}`, `Filled in ${told(keys)}`]);
      });
      const about = field.purpose && field.purpose !== field.label
        ? say(`${field.label}。用在：${field.purpose}`, `${field.label}. Used for: ${field.purpose}`) : field.label;
      const box = el("div", { class: "d-field" + (needed(field) ? " d-needed" : "") },
        el("label", { for: id }, field.key, field.needed ? el("span", { class: "d-star" }, say("必填", "needed")) : null, badge),
        el("p", { class: "d-about", id: `${id}-a` }, about,
          list ? el("b", {}, say(" 一行写一条。", " One on each line.")) : null),
        field.kind === "date" ? this.dated(control, input) : input,
        usual.length ? el("datalist", { id: `${id}-u` }, usual.map((u) => el("option", { value: u }))) : null, note);
      control.box = box;
      this.controls.set(keys.join("/"), control);
      if (input.tagName === "TEXTAREA") requestAnimationFrame(() => grow(input));
      if (value) this.judge(control);
      return box;
    }

    /** A date is words (2026年3月 is one too), with a calendar beside it. */
    dated(control, input) {
      const picker = el("input", { type: "date", class: "d-picker", tabindex: -1,
        "aria-label": say("从日历上选", "Choose from a calendar") });
      picker.addEventListener("change", () => {
        const [y, m, d] = picker.value.split("-").map(Number);
        if (!y) return;
        input.value = `${y}年${m}月${d}日`;
        this.take(control);
        input.dispatchEvent(new Event("change"));
        input.focus();
      });
      return el("div", { class: "d-date" }, input, picker);
    }

    /** Takes what stands in an input into the facts. */
    take(control) {
      const { field, keys, input } = control;
      let value = input.value;
      if (field.kind === "words-list") value = value.split("\n").map((l) => l.trim()).filter(Boolean);
      if (field.kind === "open") {
        value = Object.fromEntries(value.split("\n").map((l) => l.split(/[:：]/)).filter((p) => p.length > 1 && p[0].trim())
          .map(([k, ...v]) => [k.trim(), v.join("：").trim()]));
      }
      put(this.facts, keys, value);
      if (input.tagName === "TEXTAREA") grow(input);
      if (control.note.firstChild) this.judge(control);
      this.marks();
      this.changed(keys);
    }

    /** Says beside a field that what stands in it is no fact. */
    judge({ input, note, field }) {
      const lines = field.kind === "words-list" ? input.value.split("\n") : [input.value];
      let found = "";
      for (const line of lines) {
        const kind = standIn(line);
        if (!kind) continue;
        found = kind === "all"
          ? say(`“${line.trim()}”是占位，不算事实。知道了再填，不知道先空着：空着的会一次列出来。`,
            `“${line.trim()}” stands for a fact, it is none. Leave the field empty until you know: what is empty is listed.`)
          : say("这里面像有没换掉的占位（x、×、＊、＿）。请换成真的。", "This seems to hold a stand-in (x, ×, *, _). Please put in what is true.");
        break;
      }
      note.textContent = found;
      input.toggleAttribute("aria-invalid", false);
      if (found) input.setAttribute("aria-invalid", "true");
      return found;
    }

    /** Shows which values are still the example's. */
    marks() {
      let left = 0;
      for (const { keys, input, badge } of this.controls.values()) {
        const same = this.invented && input.value.trim() !== "" &&
          JSON.stringify(at(this.facts, keys)) === JSON.stringify(at(this.example, keys));
        badge.hidden = !same;
        if (same) left++;
      }
      this.left = left;
    }

    /** Shows beside its field what the program says of a value. */
    note(path, message) {
      const control = this.find(path);
      if (control && !control.note.textContent) {
        control.note.textContent = message;
        control.input.setAttribute("aria-invalid", "true");
      }
      return !!control;
    }

    /** The facts for a call, and which records of lists they hold. */
    given() {
      this.kept = new Map();
      return (this.sent = tidy(this.facts, [], this.kept));
    }

    /** The path of what a place in the facts that were sent, `表单.yaml:3:11`, is about. */
    pathAt(place) {
      const line = /^表单\.yaml:(\d+)/.exec(place || "");
      const keys = line && this.sent && keysAt(this.sent, +line[1]);
      return keys && keys.reduce((out, key) => (typeof key === "number" ? `${out}[${key + 1}]` : out ? `${out}.${key}` : key), "");
    }

    /** The keys of a path of an answer, in the form's own counting. */
    keysOf(path) {
      const found = trail(this.fields, path);
      if (!found) return null;
      const keys = [];
      for (const key of found.keys) {
        const left = typeof key === "number" && this.kept.get(keys.join("/"));
        keys.push(left && left[key] !== undefined ? left[key] : key);
      }
      return { keys, field: found.field };
    }

    find(path) {
      const place = this.keysOf(path);
      if (!place) return null;
      const { keys } = place;
      for (let n = keys.length; n > 0; n--) {
        const control = this.controls.get(keys.slice(0, n).join("/"));
        if (control) return { ...control, item: typeof keys[n] === "number" ? keys[n] : -1 };
      }
      const below = keys.join("/") + "/";
      const first = [...this.controls].find(([key]) => key.startsWith(below));
      return first ? { ...first[1], item: -1 } : null;
    }

    /** Goes to the field of a path; false if this form does not ask for it. */
    goto(path) {
      const control = this.find(path);
      if (!control) return false;
      for (let d = control.box.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
      const { input, item, box } = control;
      if (input.tagName === "TEXTAREA") grow(input);
      box.scrollIntoView({ block: "center" });
      input.focus({ preventScroll: true });
      if (item >= 0 && input.setSelectionRange) {
        const lines = input.value.split("\n");
        const start = lines.slice(0, item).reduce((n, l) => n + l.length + 1, 0);
        input.setSelectionRange(start, start + (lines[item] || "").length);
      }
      box.classList.remove("d-here");
      void box.offsetWidth;
      box.classList.add("d-here");
      return true;
    }
  }

  // ---- Length, sections, wording ----

  /** The controls over a draft's options, which they change; `changed` is called after. */
  function tuning(options, all, changed) {
    const slider = (id, pair, range, value, shown, set) => {
      const output = el("output", { for: id }, shown(value));
      const input = el("input", { type: "range", id, ...range, value: "0", on: { input: () => {
        output.textContent = shown(+input.value);
        set(+input.value);
        changed();
      } } });
      input.value = value;
      return Object.assign(el("div", { class: "slider" }, el("label", { for: id }, say(...pair)), input, output), { input, output });
    };
    const length = slider("d-length", ["字数（事实不够不凑）", "Length (never padded)"], { min: 0, max: 8000, step: 100 }, options.length,
      (n) => (n ? say(`约${n}字`, `about ${n} characters`) : say("不限", "no limit")), (n) => { options.length = n; });
    const seed = slider("d-seed", ["说法（同一个数，同一篇）", "Wording (one number, one text)"], { min: 0, max: 99, step: 1 }, options.seed % 100,
      String, (n) => { options.seed = n; });
    const rows = el("ol", { class: "d-sections" });
    const whole = all.map((s) => s.id);
    const on = new Set((options.sections || whole).filter((id) => whole.includes(id)));
    // What is left out keeps its place, to be taken in again there.
    const order = [...on, ...whole.filter((id) => !on.has(id))];
    const draw = (focus) => {
      const chosen = order.filter((id) => on.has(id));
      options.sections = chosen.join() === whole.join() ? null : chosen;
      fill(rows, parts(all, order, on, (again) => {
        draw(again);
        changed();
      }));
      const found = focus && rows.querySelector(focus);
      if (found) found.focus();
    };
    draw();
    const box = el("div", { class: "sliders" }, length, seed, all.length
      ? el("fieldset", { class: "d-parts" }, el("legend", {}, say("写哪几部分、什么次序", "Which sections, in which order")), rows) : null);
    box.seeded = () => {
      seed.input.value = options.seed;
      seed.output.textContent = String(options.seed);
    };
    return box;
  }

  /** A row for each section: whether it is written, and where. */
  function parts(all, order, on, redraw) {
    return order.map((id, i) => {
      const { title } = all.find((s) => s.id === id);
      const move = (by, zh, en, sign) => el("button", { type: "button", class: "small", data: { move: `${id}${by}` },
        disabled: !order[i + by], "aria-label": `${say(zh, en)} ${title}`, on: { click: () => {
          [order[i], order[i + by]] = [order[i + by], order[i]];
          redraw(`[data-move="${id}${by}"]:not(:disabled), [data-move="${id}${-by}"]:not(:disabled)`);
        } } }, sign);
      const box = el("input", { type: "checkbox", checked: on.has(id), data: { section: id }, on: { change: () => {
        if (box.checked) on.add(id);
        else if (on.size > 1) on.delete(id);
        else W.toast(["至少留一部分", "Keep one section at least"]);
        redraw(`[data-section="${id}"]`);
      } } });
      return el("li", {}, el("label", {}, box, title), move(-1, "上移", "Move up", "↑"), move(1, "下移", "Move down", "↓"));
    });
  }

  function grow(area) {
    area.style.height = "auto";
    area.style.height = area.scrollHeight + 4 + "px";
  }

  W.form = { Form, told, tidy, isEmpty, count, words, standIn, differing, lay, without, wasRead, tuning };
})();
