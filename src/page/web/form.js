// The form of the draft view (表单): fields from the genre's tree, cards for lists of records.
//
// The facts are one object with Chinese keys, the one that the program reads; an input writes into
// it and nothing is kept beside it. What this genre does not ask for stays in it, so changing the
// genre loses nothing. An example is only ever a placeholder, or is filled in by one button that
// says it is invented, and each value of it says so until somebody changes it.

"use strict";
(() => {
  const { el, say, button, fill } = W;
  const { plain, trail, at, put, keysAt, isEmpty, tidy, count, words, told, standIn } = W.values;

  const needed = (field) => field.needed || (field.fields || []).some(needed);
  const serial = (() => { let n = 0; return (name) => `${name}-${++n}`; })();

  class Form {
    /** `host` an element; `changed` is called after each change of the facts, `commit` with the words of
     *  what was done when it is one step of undo. */
    constructor(host, changed, commit) {
      Object.assign(this, { host, changed, commit });
      this.fields = [];
      this.facts = {};
      this.example = {};
      this.invented = false;
      this.kept = new Map();
      this.controls = new Map();
      this.adds = new Map(); // The button of each list that adds a record.
      this.hidden = new Set(["work.topic"]);
    }

    /** Shows these fields over these facts. */
    show(fields, facts, example, invented) {
      Object.assign(this, { fields, facts, example, invented });
      this.render();
    }

    render() {
      this.open = new Set([...this.host.querySelectorAll("details[open][data-at]")].map((d) => d.dataset.at));
      this.controls.clear();
      this.adds.clear();
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

    /** A change as one step; what was written before it is a step of its own. */
    step(pair, run) {
      this.commit(["填写", "Filled in"]);
      run();
      this.changed();
      this.commit(pair);
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
      this.adds.set(keys.join("/"), add);
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
      const picks = field.names ? el("div", { class: "d-picks", role: "group", "aria-label": say(`${field.names}的名称，点一个填上`, `Names of ${field.names}, click to put one in`) }) : null;
      const control = { field, keys, input, note, badge, picks };
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
        field.kind === "date" ? this.dated(control, input) : input, picks,
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

    /** The names that the records of a list bear, as they are typed elsewhere in the form. */
    namesIn(list) {
      const records = at(this.facts, [list]);
      const found = (Array.isArray(records) ? records : [records]).map((r) => words(r && typeof r === "object" ? r["名称"] : r).trim());
      return [...new Set(found.filter((name) => name && !standIn(name)))];
    }

    /** The names that a field may take: each a button that puts it in or takes it out. */
    names({ field, input, picks }, names) {
      if (picks.dataset.names !== names.join("\n")) {
        picks.dataset.names = names.join("\n");
        fill(picks, names.map((name) => button([name, name], () => {
          const had = lines();
          const then = had.includes(name) ? had.filter((one) => one !== name) : field.kind === "words-list" ? [...had, name] : [name];
          input.value = then.join("\n");
          for (const event of ["input", "change"]) input.dispatchEvent(new Event(event));
        }, { class: "small" })));
      }
      const lines = () => input.value.split("\n").map((l) => l.trim()).filter(Boolean);
      const now = lines();
      for (const one of picks.children) one.setAttribute("aria-pressed", String(now.includes(one.textContent)));
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

    /** Shows which values are still the example's, and which names may be taken. */
    marks() {
      let left = 0;
      const known = new Map(); // The names of each list, looked for once.
      for (const control of this.controls.values()) {
        const { field, keys, input, badge, picks } = control;
        if (picks) {
          if (!known.has(field.names)) known.set(field.names, this.namesIn(field.names));
          this.names(control, known.get(field.names));
        }
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

    /** Goes to the field of a path, or to where a record is added that is still to come; false if this form
     *  asks for neither. */
    goto(path) {
      const place = this.keysOf(path);
      const add = place && this.adds.get(place.keys.filter((key) => typeof key === "string").join("/"));
      const control = this.find(path) || (add && { input: add, item: -1, box: add });
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

  function grow(area) {
    area.style.height = "auto";
    area.style.height = area.scrollHeight + 4 + "px";
  }

  W.form = { Form };
})();
